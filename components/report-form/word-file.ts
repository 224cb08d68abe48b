import { strFromU8, unzipSync } from 'fflate';
import type { ActionView, FieldView } from '../../src/model/view.ts';
import type { ActionForm } from '../parts/action-form.ts';
import type { Say } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zhLater } from '../texts/zh-later.ts';

says(zhLater);

/** A text larger than this unpacked is no report. */
const LARGEST = 20_000_000;

/** The paragraphs of a .docx file, of Word or WPS; null where it is none. */
export function paragraphsOf(bytes: Uint8Array): string[] | null {
  try {
    const name = 'word/document.xml';
    const files = unzipSync(bytes, {
      filter: (file) => file.name === name && file.originalSize <= LARGEST,
    });
    const xml = files[name];
    return xml ? textsOf(strFromU8(xml)) : null;
  } catch {
    return null;
  }
}

/** What is in the text of each paragraph; what was deleted in a revision is not, and text boxes are read once. */
function textsOf(xml: string): string[] {
  const paragraphs = [''];
  const plain = xml.replaceAll(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g, '');
  for (const [, tag = '', text = ''] of plain.matchAll(
    /<(w:t|w:br|w:cr|w:tab|\/w:p)(?: [^>]*?)?(?:\/>|>(?:([^<]*)<\/w:t>)?)/g,
  )) {
    if (tag === '/w:p') paragraphs.push('');
    else paragraphs[paragraphs.length - 1] += tag === 'w:t' ? plainText(text) : tag === 'w:tab' ? ' ' : '\n';
  }
  return paragraphs
    .flatMap((paragraph) => paragraph.split('\n'))
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
function plainText(xml: string): string {
  return xml.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : -1;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (entities[name] ?? all);
  });
}

/** A number before a heading, whatever its signs: up to three of them before a comma or a dot, or in brackets. */
const NUMBER = /^\s*(?:[((]\S{1,3}[))]|\S{1,3}[、..))])?\s*/;

/**
 * What of a file goes into which field: what stands under a heading into the field of that heading, the first short line
 * into the title where none is named, and all else into the first long text, for whoever sends it to check.
 */
export function partsOf(
  paragraphs: readonly string[],
  fields: readonly FieldView[],
): ReadonlyMap<string, string> {
  const long = fields.filter(({ type }) => type === 'long-text');
  const title = fields.find(({ type }) => type === 'text');
  const known = [...(title ? [title] : []), ...long]
    .flatMap(({ name, label, headings }) => [label, ...headings].map((words) => ({ words, name })))
    .sort((a, b) => b.words.length - a.words.length);
  /** The field that a line heads, and what follows on the same line. */
  const headed = (line: string) => {
    const bare = line.replace(NUMBER, '');
    for (const { words, name } of known) {
      if (!bare.startsWith(words)) continue;
      const rest = bare.slice(words.length);
      // Two words more are still a heading.
      if (/^\S{0,2}[::。]?$/.test(rest)) return { name, rest: '' };
      if (/^[::]/.test(rest)) return { name, rest: rest.slice(1).trim() };
    }
    return null;
  };
  // Where the title is named, the first line is none.
  const named = paragraphs.some((line) => headed(line)?.name === title?.name);
  const parts = new Map<string, string[]>();
  const put = (name: string | undefined, words: string) => {
    if (name !== undefined && words !== '') parts.set(name, [...(parts.get(name) ?? []), words]);
  };
  let into = long[0]?.name;
  for (const [at, line] of paragraphs.entries()) {
    const heading = headed(line);
    const short = [...line].length <= (title?.limit ?? 60) && !/[。;;!?]$/.test(line);
    if (heading?.name === title?.name && heading) put(heading.name, heading.rest);
    else if (heading) {
      into = heading.name;
      put(into, heading.rest);
    } else if (at === 0 && title && !named && short) put(title.name, line);
    else put(into, line);
  }
  return new Map([...parts].map(([name, lines]) => [name, lines.join('\n')]));
}

/**
 * A text that was written elsewhere goes into the fields, to be checked; what is written already stays before it. Gives
 * what to say of it.
 */
export async function readInto(form: ActionForm, action: ActionView, file: File, t: Say): Promise<string> {
  const paragraphs = paragraphsOf(new Uint8Array(await file.arrayBuffer()));
  const parts = partsOf(paragraphs ?? [], action.fields);
  const labels: string[] = [];
  for (const field of action.fields) {
    const words = parts.get(field.name);
    const before = form.valueOf(action, field);
    if (words === undefined || (field.type === 'text' && before)) continue;
    form.set(action, field.name, [before, words].filter(Boolean).join('\n'));
    labels.push(field.label);
  }
  const { name } = file;
  return labels.length > 0
    ? t('fromWordFilled', { name, labels: labels.join(t('comma')) })
    : t('fromWordNot', { name });
}
