/**
 * Forms of JSONPath that ran code where a library evaluates it: what was published of GHSA-pppg-cpfq-h7wr
 * (CVE-2024-21534), GHSA-hw8r-x6gr-5gjp (CVE-2025-1302), GHSA-87r5-mp6g-5w5j (CVE-2026-1615) and of changed prototypes
 * (GHSA-6c59-mwgh-r2x6), each with the code given.
 */
export function codeStrings(code: string): string[] {
  const quoted = JSON.stringify(code);
  const made = `constructor.constructor(${quoted})()`;
  return [
    `$[(this.${made})]`,
    `$[(this.constructor.constructor("return this.process")().mainModule.require("child_process").exec(${quoted}))]`,
    `$[?(this.${made})]`,
    `$[?(@.${made})]`,
    `$..[?(@.${made})]`,
    `$..[?(@['constructor']['constructor'](${quoted})())]`,
    `$..[?(p=${quoted};a=''[['constructor']][['constructor']](p);a())]`,
    `$[?(var _$_root=[].constructor.constructor(${quoted});@root())]`,
    `$[?([]['at']['constructor'](${quoted})())]`,
    `$[?(({__proto__:[].constructor}).constructor(${quoted})())]`,
    `$[?((function(){return this.${made}})())]`,
    `$[?((()=>{${code}})())]`,
    `$[?((({${code}})=>1)())]`,
    `$..[?(''.sub.call.call(''.sub.constructor,'',${quoted})())]`,
    `$[(@.length-1,this.${made})]`,
    `$[?(eval(${quoted}))]`,
    `$[?(Function(${quoted})())]`,
    `$[?(new Function(${quoted})())]`,
    `$[?(Reflect.construct(Function,[${quoted}])())]`,
    `$[?(setTimeout(${quoted}))]`,
    `$[?(import("data:text/javascript,${encodeURIComponent(code)}"))]`,
    `$[?(process.mainModule.require("vm").runInThisContext(${quoted}))]`,
    ...['path', 'parent', 'parentProperty', 'property', 'root'].map((word) => `$[?(@${word}.${made})]`),
    ...['v', 'root', 'path', 'property'].map((word) => `$[?(_$_${word}.${made})]`),
    `$[?(@.toString=this.constructor.constructor(${quoted}))]`,
    `$[?(__defineGetter__('a',constructor.constructor(${quoted})))]`,
    `$\`\${this.${made}}\``,
    `\${${code}}`,
    `{{${made}}}`,
    `$.__proto__.constructor.${made}`,
    `__proto__.${made}`,
    'constructor.prototype.hurt',
    '__proto__.hurt',
    '$.__proto__["hurt"]',
    '$["constructor"]["prototype"]["hurt"]',
    'toString',
    'hasOwnProperty',
  ];
}

/** A county's config with the string in one place where a name, a path or a value is read. */
export function placesFor(text: string): object[] {
  const county = { extends: 'base', id: 'x', name: 'x' };
  const rule = (when: object) => ({ ...county, rules: [{ id: 'r', on: 'report', name: 'r', when }] });
  const people = (more: object) => ({ ...county, method: { people: more } });
  return [
    rule({ fact: 'level', operator: 'equal', value: 'county', path: text }),
    rule({ all: [{ fact: 'level', operator: 'equal', value: 'county', path: text }] }),
    rule({ fact: text, operator: 'equal', value: 'county' }),
    rule({ fact: 'level', operator: text, value: 'county' }),
    rule({ fact: 'title', operator: 'equal', value: text }),
    rule({ fact: 'departments.count', operator: 'atLeast', value: { fact: 'level', path: text } }),
    rule({ [text]: 'county' }),
    rule({ title: { [text]: 'county' } }),
    rule({ condition: text }),
    people({ lines: [{ id: 'l', name: 'l', on: 'submitted', points: 1, when: { [text]: 1 } }] }),
    people({ lines: [{ id: 'l', name: 'l', on: text, points: 1 }] }),
    people({ lines: [{ id: 'l', name: 'l', on: 'submitted', points: text }] }),
    { ...county, registers: [{ id: 'r', name: 'r', of: 'report', columns: [{ field: text, name: text }] }] },
    { ...county, name: text, messages: { digest: { title: text, text } } },
    { ...county, extends: text },
  ];
}
