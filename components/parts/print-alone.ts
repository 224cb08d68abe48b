/**
 * Prints one part of the page and nothing around it, through whatever shadow it stands in. All is as before once the
 * print is done.
 */
export function printAlone(part: Element, page = '@page { margin: 20mm }'): void {
  const hidden: { element: HTMLElement | SVGElement; was: string }[] = [];
  for (let at: Element | null = part; at && at !== document.documentElement;) {
    const parent: Node | null = at.parentNode;
    if (parent instanceof Element || parent instanceof DocumentFragment)
      for (const other of parent.children)
        if (other !== at && (other instanceof HTMLElement || other instanceof SVGElement)) {
          hidden.push({ element: other, was: other.style.display });
          other.style.setProperty('display', 'none', 'important');
        }
    const slot: Element | null = at.assignedSlot;
    at = slot ?? (parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null);
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(page);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const after = () => {
    for (const { element, was } of hidden) element.style.display = was;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
  window.addEventListener('afterprint', after, { once: true });
  window.print();
}
