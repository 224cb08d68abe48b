import { createDefaultPlugins, TemplateHandler, TEXT_CONTENT_TYPE } from 'easy-template-x';
import type { PaperData, PaperField } from '../model/paper.ts';
import { Paragraphs } from './paragraphs.ts';
import { templateMistake } from './tags.ts';

/** A Word template with its fields filled in; throws `TemplateError` where it names a field that there is not. */
export async function fillTemplate(
  template: Uint8Array,
  fields: readonly PaperField[],
  data: PaperData,
): Promise<Uint8Array> {
  const mistake = templateMistake(template, fields);
  if (mistake) throw mistake;
  const others = createDefaultPlugins().filter(({ contentType }) => contentType !== TEXT_CONTENT_TYPE);
  const handler = new TemplateHandler({ plugins: [...others, new Paragraphs()] });
  const filled = await handler.process(Buffer.from(template), printable(data));
  return new Uint8Array(filled);
}

/**
 * Word does not open a file with signs that XML does not have. How far a line is indented, and what keeps paragraphs
 * apart, is the template's to say and not the spaces and empty lines that somebody typed.
 */
function printable(data: PaperData): PaperData {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
            .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '')
            .replaceAll(/\s*\n\s*/g, '\n')
            .trim()
        : value.map(printable),
    ]),
  );
}
