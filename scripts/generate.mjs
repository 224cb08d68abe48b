// Makes what follows from configs/county.schema.json: TypeScript types (committed, so that a review shows them) and a
// standalone validator (not committed; the server never compiles a schema at run time); and the list of the page's labels.
// --check compares instead of writing the committed file.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = new URL('../', import.meta.url);
const at = (path) => new URL(path, root);
const check = process.argv.includes('--check');

const schema = JSON.parse(await readFile(at('configs/county.schema.json'), 'utf8'));

/** "A string or an object of this shape" is one union in TypeScript; the schema says it in one breath for editors. */
function asUnions(node) {
  if (Array.isArray(node)) return node.map(asUnions);
  if (typeof node !== 'object' || node === null) return node;
  const { type, description, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'enum' ? value : asUnions(value)]),
  );
  if (!Array.isArray(type)) return { ...(type && { type }), ...(description && { description }), ...rest };
  const { items, ...object } = rest;
  return {
    description,
    anyOf: type.map((one) =>
      one === 'object' ? { type: one, ...object } : one === 'array' ? { type: one, items } : { type: one },
    ),
  };
}

const types = await format(
  await compile(asUnions(schema), 'CountyConfig', {
    ignoreMinAndMaxItems: true,
    bannerComment:
      '// Generated from configs/county.schema.json by `npm run generate`; edit the schema instead.',
    additionalProperties: false,
    style: { singleQuote: true },
  }),
  { ...(await resolveConfig(at('package.json').pathname)), parser: 'typescript' },
);
const typesFile = at('src/county/config.generated.ts');
const before = await readFile(typesFile, 'utf8').catch(() => null);
if (before !== types) {
  if (check) {
    console.error(
      'src/county/config.generated.ts is older than configs/county.schema.json. Run: npm run generate',
    );
    process.exitCode = 1;
  } else await writeFile(typesFile, types);
}

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  formats: { date: true },
  code: { source: true, esm: true },
});
let code = standaloneCode(ajv, ajv.compile(schema));
// The standalone code asks for its few run-time parts by require(); an ES module imports them.
const parts = [...new Set(code.match(/require\("[^"]+"\)\.default/g) ?? [])];
code =
  parts
    .map((part, index) => `import * as part${index} from ${part.match(/"[^"]+"/)[0].replace(/"$/, '.js"')};`)
    .join('\n') +
  parts.reduce(
    (text, part, index) => text.replaceAll(part, `(part${index}.default?.default ?? part${index}.default)`),
    code,
  );
await mkdir(at('src/check/generated/'), { recursive: true });
await writeFile(at('src/check/generated/validate-county.js'), code);

// The labels of the page by their keys, in both languages.
const labels = { zh: {}, en: {} };
for (const name of await readdir(at('components/texts/'))) {
  const [, language] = /^(zh|en)(?:-\w+)?\.ts$/.exec(name) ?? [];
  if (!language) continue;
  const { outputText } = ts.transpileModule(await readFile(at(`components/texts/${name}`), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  for (const texts of Object.values(await import(`data:text/javascript,${encodeURIComponent(outputText)}`)))
    Object.assign(labels[language], texts);
}
const inBoth = Object.entries(labels.zh).map(([key, zh]) => [key, { zh, en: labels.en[key] }]);
await writeFile(
  at('src/check/generated/page-labels.js'),
  `export const pageLabels = ${JSON.stringify(Object.fromEntries(inBoth), null, 2)};\n`,
);
await writeFile(
  at('src/check/generated/page-labels.d.ts'),
  'export declare const pageLabels: Readonly<Record<string, { zh: string; en: string }>>;\n',
);
await writeFile(
  at('src/check/generated/validate-county.d.ts'),
  `import type { ErrorObject } from 'ajv';
declare const validate: { (value: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
`,
);
