/** What somebody could write to have their script run in another's page; each sets `hurt` if it does. */
const vectors = [
  '<script>hurt=1</script>',
  '<script src="data:text/javascript,hurt=1"></script>',
  '<img src=x onerror=hurt=1>',
  '<svg onload=hurt=1></svg>',
  '<svg><script>hurt=1</script></svg>',
  '<svg><animate onbegin=hurt=1 attributeName=x dur=1s></svg>',
  '<iframe srcdoc="<script>parent.hurt=1</script>"></iframe>',
  '<iframe src="javascript:parent.hurt=1"></iframe>',
  '<a href="javascript:hurt=1" autofocus onfocus=hurt=1>x</a>',
  '<details open ontoggle=hurt=1>x</details>',
  '<input autofocus onfocus=hurt=1>',
  '<video><source onerror=hurt=1></video>',
  '<audio src=x onerror=hurt=1></audio>',
  '<object data="javascript:hurt=1"></object>',
  '<body onload=hurt=1>',
  '<style onload=hurt=1></style>',
  '<link rel=stylesheet href="data:text/css," onload=hurt=1>',
  '<form><button formaction="javascript:hurt=1">x</button></form>',
  'javascript:hurt=1',
  "{{constructor.constructor('hurt=1')()}}${hurt=1}<!--?lit$1$-->",
];
/** How one breaks out of where the words stand. */
const wrappers: ((vector: string) => string)[] = [
  (vector) => vector,
  (vector) => `"'>${vector}`,
  (vector) => `--></title></style></textarea></script>${vector}`,
  (vector) => `" onpointerenter=hurt=1 onfocus=hurt=1 style=animation:x onanimationstart=hurt=1 x="${vector}`,
  (vector) => vector.replaceAll('<', '&lt;').replaceAll('hurt', 'h&#117;rt'),
];
export const injections = wrappers.flatMap((wrap) => vectors.map(wrap));
