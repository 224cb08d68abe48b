export interface Named {
  name: string;
  description?: string;
}
export interface ElementSaid {
  tag: string;
  name: string;
  description: string;
  properties: (Named & { type?: { text: string } })[];
  attributes: Set<string>;
  events: Named[];
  slots: Named[];
  parts: Named[];
  cssProperties: Named[];
}
export function manifestOf(): Promise<object>;
export function elementsOf(manifest: object): ElementSaid[];
