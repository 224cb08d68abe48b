import { officeMarkup, TagPlacement, TextPlugin, xml, type ScopeData, type Tag } from 'easy-template-x';

/**
 * Fills in a text whose every line is a paragraph of its own, like the one that its field stands in: indented as that one
 * is, and no further line of the first. Where a field stands inside something else than a paragraph, a link or a content
 * control, lines are broken as Word breaks them.
 */
export class Paragraphs extends TextPlugin {
  override simpleTagReplacements(tag: Tag, data: ScopeData): void {
    const value: unknown = data.getScopeData();
    const lines = typeof value === 'string' ? value.split('\n') : [];
    const last = lines.pop();
    if (lines.length > 0 && last !== undefined && tag.placement === TagPlacement.TextNode) {
      const { xmlTextNode: text } = tag;
      const run = officeMarkup.query.containingRunNode(text);
      const paragraph = officeMarkup.query.containingParagraphNode(text);
      if (run.parentNode === paragraph) {
        for (const line of lines) {
          // What stands before the field goes with the first line, what stands after it with the last.
          const [before] = officeMarkup.modify.splitParagraphByTextNode(paragraph, text, false);
          const its = xml.create.cloneNode(run, true);
          const own = run.childNodes?.indexOf(officeMarkup.query.containingTextNode(text)) ?? -1;
          its.childNodes?.splice(own + 1);
          const words = its.childNodes?.[own]?.childNodes?.[0];
          if (words && 'textContent' in words) words.textContent = line;
          xml.modify.appendChild(before, its);
        }
        text.textContent = last;
        return;
      }
    }
    super.simpleTagReplacements(tag, data);
  }
}
