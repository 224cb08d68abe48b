import { strFromU8, unzipSync } from 'fflate';
import { MinqingError } from '../model/error.ts';
import type { PaperField } from '../model/paper.ts';

/** What is wrong with a template, at its place. */
export class TemplateError extends MinqingError {}

interface Written {
  /** The whole paragraph, so that it can be found in Word. */
  paragraph: string;
  /** Header, footer, or the body. */
  part: string;
  number: number;
  name: string;
}

/** Every `{field}` of a .docx in its order; Word may have split it into any number of runs. */
function tagsIn(bytes: Uint8Array): Written[] {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name }) => /^word\/(document|header\d*|footer\d*)\.xml$/.test(name),
    });
  } catch {
    throw notWord();
  }
  if (!files['word/document.xml']) throw notWord();
  return Object.entries(files).flatMap(([name, xml]) => {
    const part = /header/.test(name) ? 'header' : /footer/.test(name) ? 'footer' : 'body';
    const paragraphs = strFromU8(xml).match(/<w:p[ >][\s\S]*?<\/w:p>/g) ?? [];
    return paragraphs.flatMap((one, at) => {
      const text = [...one.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
        .map(([, words = '']) => plain(words))
        .join('');
      return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => ({
        paragraph: text.trim().slice(0, 60),
        part,
        number: at + 1,
        name: name.trim(),
      }));
    });
  });
}

const marks: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};
const plain = (xml: string) => xml.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (mark) => marks[mark] ?? mark);

const parts: Readonly<Record<string, { zh: string; en: string }>> = {
  header: { zh: '页眉', en: 'header' },
  footer: { zh: '页脚', en: 'footer' },
  body: { zh: '正文', en: 'body' },
};

/** The first thing in a template that cannot be printed, said with its place; null where all is right. */
export function templateMistake(bytes: Uint8Array, fields: readonly PaperField[]): TemplateError | null {
  const open: { name: string; fields: readonly PaperField[]; tag: Written }[] = [];
  let tags: Written[];
  try {
    tags = tagsIn(bytes);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  for (const tag of tags) {
    const mark = /^[#/]/.exec(tag.name)?.[0];
    const name = mark ? tag.name.slice(1).trim() : tag.name;
    // In a list one sees what its item has, then what stands around it.
    const known = [...open.map((one) => one.fields).reverse(), fields].flat();
    const field = known.find((one) => one.name === name && (mark === undefined) === (one.list === undefined));
    if (mark === '/') {
      if (open.pop()?.name !== name)
        return wrong(tag, '没有与它对应的开头', 'it closes no list that is open here');
    } else if (!field) {
      const all = known.map((one) => (one.list ? `#${one.name}` : one.name));
      const near = all.slice(0, 40).join('、');
      return wrong(tag, `没有这个字段,可以是:${near}`, `there is no such field; it may be: ${near}`);
    } else if (field.list) open.push({ name, fields: field.list, tag });
  }
  const left = open.pop();
  return left ? wrong(left.tag, `缺少结尾 {/${left.name}}`, `its end, {/${left.name}}, is missing`) : null;
}

function wrong({ name, part, number, paragraph }: Written, zh: string, en: string): TemplateError {
  const where = parts[part] ?? { zh: part, en: part };
  return new TemplateError('template-field', {
    zh: `模板${where.zh}第 ${number} 段“${paragraph}”里的 {${name}}:${zh}。运行 minqing fields 可列出全部字段。`,
    en: `{${name}} in paragraph ${number} of the template's ${where.en}, "${paragraph}": ${en}. minqing fields lists them all.`,
  });
}

function notWord(): TemplateError {
  return new TemplateError('template-field', {
    zh: '模板不是 .docx 文件。请用 Word 或 WPS 另存为 .docx。',
    en: 'The template is no .docx. Save it as .docx in Word or WPS.',
  });
}
