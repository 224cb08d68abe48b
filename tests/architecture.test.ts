import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const files = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
const sources = [...files('src'), ...files('components')];

const importsOf = ({ file, text }: { file: string; text: string }) =>
  [...text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map((found) =>
    relative(root, resolve(root, dirname(file), found[1] ?? found[2] ?? '')),
  );

const below: Record<string, string[]> = {
  model: [],
  rules: ['model'],
  county: ['model', 'rules'],
  workflow: ['model', 'rules', 'county'],
  assessment: ['model', 'rules', 'county'],
  check: ['model', 'rules', 'county', 'workflow', 'assessment'],
  similar: ['model'],
  store: ['model'],
  client: ['model'],
  documents: ['model'],
  desk: [
    'model',
    'rules',
    'county',
    'workflow',
    'assessment',
    'check',
    'documents',
    'similar',
    'src/store/port.ts',
    'src/store/error.ts',
  ],
  server: ['model', 'rules', 'county', 'workflow', 'assessment', 'check', 'documents', 'desk', 'store'],
  cli: [
    'model',
    'rules',
    'county',
    'workflow',
    'assessment',
    'check',
    'documents',
    'desk',
    'store',
    'server',
  ],
};

test('an import goes only down', () => {
  const wrong = sources.flatMap((source) => {
    const [top = '', room = ''] = source.file.split('/');
    const allowed =
      top === 'components'
        ? ['components/', 'src/model/', 'src/client/']
        : source.file === 'src/index.ts'
          ? ['src/']
          : [
              `src/${room}/`,
              ...(below[room] ?? []).map((name) => (name.endsWith('.ts') ? name : `src/${name}/`)),
            ];
    return importsOf(source)
      .filter((target) => !allowed.some((prefix) => target.startsWith(prefix)))
      .map((target) => `${source.file} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('no two files import each other in a circle', () => {
  const graph = new Map(
    sources.map((source) => {
      const values = { ...source, text: source.text.replaceAll(/import type [^;]+;/g, '') };
      return [source.file, importsOf(values)];
    }),
  );
  const done = new Set<string>();
  const circle = (file: string, way: string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = circle(next, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return null;
  };
  expect([...graph.keys()].map((file) => circle(file, [])).filter((found) => found !== null)).toEqual([]);
});

test('no county is named in the code', () => {
  const names = /huantai|ningshan|yulin|shuangyashan|zhenyuan|桓台|宁陕|榆林|双鸭山|镇远/i;
  expect(sources.filter(({ text }) => names.test(text)).map(({ file }) => file)).toEqual([]);
});

test('time, chance and settings come in as arguments', () => {
  const impure = /Date\.now\(|new Date\(\)|Math\.random\(|process\.env|randomUUID/;
  const allowed = ['src/server/main.ts', 'src/cli/', 'components/'];
  const found = sources.filter(
    ({ file, text }) => impure.test(text) && !allowed.some((place) => file.startsWith(place)),
  );
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('types tell the truth and nothing is evaluated', () => {
  const lies = /\bas any\b|: any\b|@ts-ignore|@ts-nocheck|\beval\(|new Function|unsafeHTML|styleMap/;
  expect(sources.filter(({ text }) => lies.test(text)).map(({ file }) => file)).toEqual([]);
});

test('no element holds a string of the page or a tag name of ours', () => {
  const elements = sources.filter(
    ({ file }) =>
      file.startsWith('components/') &&
      !file.startsWith('components/texts/') &&
      file !== 'components/register.ts',
  );
  const code = (text: string) =>
    text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/'[^']*YaHei'[^;]*/g, '');
  const found = elements.filter(({ text }) => /[\u4e00-\u9fff]|<\/?mq-/.test(code(text)));
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('both catalogues are complete and no sentence is unused', async () => {
  const { chinese: zh } = await import('../components/texts/chinese.ts');
  const { en } = await import('../components/texts/en.ts');
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  const all = sources
    .filter(({ file }) => !file.startsWith('components/texts/'))
    .map(({ text }) => text)
    .join('\n');
  const kinds = ['report', 'lead', 'piece', 'handling', 'period', 'todo', 'mine', 'all', 'people', 'units'];
  // Made of a prefix and a word of the model: `standing_draft`, `match_wrong`.
  const made = /^(rank|values|standing|step|underWay|import|importHint|match|audit)_/;
  expect(
    Object.keys(zh).filter((key) => !kinds.includes(key) && !made.test(key) && !all.includes(`'${key}'`)),
  ).toEqual([]);
});
