/** An element of the XML that a Word file is made of. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** What is written in it, of itself. */
  text: string;
}

const marks: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (xml: string): string =>
  xml.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : -1;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (marks[name] ?? all);
  });

/** The tree of a well-formed part; what is no element and no text (comments, declarations) is left out. */
export function readXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [, close, name, inside = '', empty, text] of xml.matchAll(
    /<(?:!--[\s\S]*?--|[?!][^>]*|(\/)?([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/)?)>|([^<]+)/g,
  )) {
    const at = open.at(-1) ?? root;
    if (text !== undefined) at.text += plain(text);
    else if (close && open.length > 1) open.pop();
    else if (name && !close) {
      const attributes = Object.fromEntries(
        [...inside.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', one, other]) => [
          key,
          plain(one ?? other ?? ''),
        ]),
      );
      const element: XmlElement = { name, attributes, children: [], text: '' };
      at.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return root;
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}
