import { DOMParser } from '@xmldom/xmldom';

/** An element of the XML that a Word file is made of. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** What is written in it, of itself. */
  text: string;
}

/** What is not well-formed is read as far as it goes: the page shows what Word would open. */
const quiet = { warning: () => undefined, error: () => undefined, fatalError: () => undefined };

/** The tree of a part; what is no element and no text (comments, declarations) is left out. */
export function readXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const whole =
    xml === '' ? undefined : new DOMParser({ errorHandler: quiet }).parseFromString(xml, 'text/xml');
  if (whole?.documentElement) root.children.push(elementOf(whole.documentElement));
  return root;
}

function elementOf(of: Element): XmlElement {
  const element: XmlElement = { name: of.nodeName, attributes: attributesOf(of), children: [], text: '' };
  for (const node of Array.from(of.childNodes))
    if (isElement(node)) element.children.push(elementOf(node));
    else if (node.nodeType === TEXT || node.nodeType === CDATA) element.text += node.nodeValue ?? '';
  return element;
}

const [ELEMENT, TEXT, CDATA] = [1, 3, 4];
const isElement = (node: Node): node is Element => node.nodeType === ELEMENT;
const attributesOf = ({ attributes }: Element) =>
  Object.fromEntries(Array.from(attributes).map(({ name, value }) => [name, value]));

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}
