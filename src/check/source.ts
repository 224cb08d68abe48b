import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Json } from '../county/extend.ts';
import type { Saying } from '../model/error.ts';
import type { Mistake, MistakeCode } from './mistake.ts';

/** A config's text with the place of each thing in it. */
export interface Source {
  file: string;
  text: string;
  root: Node | null;
  value: Json;
  /** Of syntax: nothing else can be said until they are mended. */
  mistakes: Mistake[];
}

/** So many mistakes of one kind are told; whoever mends them is told of the next. */
export const ENOUGH = 100;

export type Path = (string | number)[];

export function pointerOf(path: Path): string {
  return `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** A mistake at a path of the source; at its nearest known parent where the path is not in this file. */
export function mistakeAt(
  source: Source,
  path: Path,
  code: MistakeCode,
  saying: Saying,
  onKey = false,
): Mistake {
  let at = [...path];
  let node: Node | undefined;
  for (;;) {
    node = source.root ? findNodeAtLocation(source.root, at) : undefined;
    if (node || at.length === 0) break;
    at = at.slice(0, -1);
  }
  const key = onKey && node?.parent?.type === 'property' ? node.parent : node;
  return {
    code,
    file: source.file,
    ...place(source.text, key?.offset ?? 0),
    pointer: pointerOf(path),
    saying,
  };
}

/** Deeper than this no office writes, and a parser that goes down by itself runs out of ground. */
const deepest = 64;

/** Where a text opens more brackets in each other than that; null where it does not. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"' || sign === '\n') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > deepest) return at;
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return null;
}

/** Reads JSON as it must be: no comments, no trailing commas, no key twice, not too deep. */
export function readSource(file: string, whole: string): Source {
  // Files from Windows begin with a mark that is no part of the JSON.
  const text = whole.replace(/^\ufeff/, '');
  const deep = tooDeepAt(text);
  if (deep !== null) return { file, text, root: null, value: {}, mistakes: [tooDeep(file, text, deep)] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false }) ?? null;
  const mistakes: Mistake[] = errors.slice(0, 1).map(({ error, offset }) => ({
    code: 'json-syntax',
    file,
    ...place(text, offset),
    pointer: '#',
    saying: syntaxSaying(printParseErrorCode(error)),
  }));
  const source: Source = { file, text, root, value: {}, mistakes };
  if (root && errors.length === 0) source.value = valueOf(root, [], source);
  if (!root && errors.length === 0)
    mistakes.push({
      code: 'json-syntax',
      file,
      line: 1,
      column: 1,
      pointer: '#',
      saying: { zh: '文件是空的。请写入一个 JSON 对象。', en: 'The file is empty. Write a JSON object.' },
    });
  return source;
}

function valueOf(node: Node, path: Path, source: Source): Json {
  if (node.type === 'array')
    return (node.children ?? []).map((child, index) => valueOf(child, [...path, index], source));
  if (node.type !== 'object') return node.value;
  const object: { [key: string]: Json } = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    if (Object.hasOwn(object, name) && source.mistakes.length < ENOUGH) {
      const { line, column } = place(source.text, key.offset);
      source.mistakes.push({
        code: 'duplicate-key',
        file: source.file,
        line,
        column,
        pointer: pointerOf([...path, name]),
        saying: {
          zh: `“${name}”写了两次,只能保留一处。`,
          en: `"${name}" is written twice; keep one of them.`,
        },
      });
    }
    // Defined, not assigned: a key such as __proto__ stays a plain key.
    Object.defineProperty(object, name, {
      value: valueOf(value, [...path, name], source),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}

function tooDeep(file: string, text: string, offset: number): Mistake {
  return {
    code: 'too-deep',
    file,
    ...place(text, offset),
    pointer: '#',
    saying: {
      zh: `括号套了超过 ${deepest} 层。请检查是否漏了右括号。`,
      en: `Brackets are more than ${deepest} deep. Look whether a closing one is missing.`,
    },
  };
}

const syntaxWords: Record<string, [string, string]> = {
  CommaExpected: ['这里缺少逗号', 'A comma is missing here'],
  ColonExpected: ['这里缺少冒号', 'A colon is missing here'],
  PropertyNameExpected: [
    '这里应为用双引号括起的名称(检查是否多了逗号)',
    'A name in double quotes is expected here (is there a comma too many?)',
  ],
  ValueExpected: [
    '这里应有一个值(检查是否多了逗号)',
    'A value is expected here (is there a comma too many?)',
  ],
  CloseBraceExpected: ['缺少右花括号 }', 'A closing brace } is missing'],
  CloseBracketExpected: ['缺少右方括号 ]', 'A closing bracket ] is missing'],
  EndOfFileExpected: ['文件应在此结束,后面多了内容', 'The file should end here; there is more after it'],
  InvalidCommentToken: ['JSON 中不能写注释', 'JSON has no comments'],
  InvalidSymbol: ['看不懂这个词(文字要用双引号)', 'This word is not understood (text goes in double quotes)'],
  InvalidNumberFormat: ['数的写法不对', 'This is no number'],
  UnexpectedEndOfString: ['文字缺少右双引号', 'The closing double quote of a text is missing'],
  InvalidCharacter: ['文字中有不可见的控制字符', 'There is an invisible control character in a text'],
  InvalidEscapeCharacter: ['反斜杠后面的字符不对', 'The character after a backslash is wrong'],
};

function syntaxSaying(code: string): Saying {
  const [zh, en] = syntaxWords[code] ?? ['JSON 写法有误', 'This is no JSON'];
  return { zh: `${zh}。请改正后再检查。`, en: `${en}. Mend it and check again.` };
}
