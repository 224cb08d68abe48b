// What editors and frameworks learn of the elements, read from their code: dist/custom-elements.json, VS Code's data,
// types for JSX (React 19) and Vue, and docs/elements.md, which is committed. --check compares docs/elements.md only.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { format, resolveConfig } from 'prettier';

const root = new URL('../', import.meta.url);
const at = (path) => new URL(path, root);

/** The manifest, with every element's tag: the folder's name under `mq-`. */
export async function manifestOf() {
  const manifest = await cli({
    argv: ['analyze', '--litelement', '--quiet', '--globs', 'components/*/*.ts', '--outdir', 'dist'],
    cwd: fileURLToPath(root),
    noWrite: true,
  });
  for (const { path, declarations = [] } of manifest.modules)
    for (const declaration of declarations) {
      const [, folder, file] = /^components\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? [];
      if (declaration.kind !== 'class' || folder === 'parts' || folder !== file) continue;
      Object.assign(declaration, { customElement: true, tagName: `mq-${folder}` });
      // The analyzer sees the dispatch in the base and forgets the type that its comment gives.
      for (const event of declaration.events ?? []) event.type = { text: 'CustomEvent<Done>' };
    }
  return manifest;
}

/** Those elements that have a tag, in the order of their tags. */
export function elementsOf(manifest) {
  return manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => a.tagName.localeCompare(b.tagName))
    .map((declaration) => ({
      tag: declaration.tagName,
      name: declaration.name,
      description: declaration.description ?? '',
      properties: (declaration.members ?? []).filter(
        (member) =>
          member.kind === 'field' &&
          member.description &&
          !member.static &&
          (member.privacy ?? 'public') === 'public',
      ),
      attributes: new Set((declaration.attributes ?? []).map(({ name }) => name)),
      events: declaration.events ?? [],
      slots: declaration.slots ?? [],
      parts: declaration.cssParts ?? [],
      cssProperties: declaration.cssProperties ?? [],
    }));
}

const typeOf = (property) => property.type?.text ?? 'unknown';
/** What an attribute may be where its type says a closed list. */
const valuesOf = (property) =>
  [...typeOf(property).matchAll(/'([^']+)'/g)]
    .map(([, name]) => ({ name }))
    .filter(({ name }) => name !== '');

function vscodeData(elements) {
  return {
    version: 1.1,
    tags: elements.map(({ tag, description, properties, attributes }) => ({
      name: tag,
      description,
      attributes: properties
        .filter(({ name }) => attributes.has(name))
        .map((property) => ({
          name: property.name,
          description: property.description,
          ...(valuesOf(property).length > 0 ? { values: valuesOf(property) } : {}),
        })),
    })),
  };
}

/** Property types as the elements' own classes have them, so that they cannot part from the code. */
function frameworkTypes(elements) {
  const fields = ({ properties }) => properties.map(({ name }) => `'${name}'`).join(' | ') || 'never';
  const events = ({ events: all }, key) =>
    all.map((event) => `${key(event.name)}?: (event: ${event.type?.text ?? 'Event'}) => void;`).join(' ');
  // A template's `@mq-done` is the property `onMqDone`.
  const vueListener = (name) => `on${name.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase())}`;
  const head = [
    "import type { Done } from './components/parts/element.js';",
    ...elements.map(({ tag, name }) => {
      const folder = tag.slice('mq-'.length);
      return `import type { ${name} } from './components/${folder}/${folder}.js';`;
    }),
  ].join('\n');
  const jsx = `${head}

type Props<Element, Fields extends keyof Element> = Partial<Pick<Element, Fields>> & {
  id?: string; class?: string; hidden?: boolean; className?: string; slot?: string; style?: unknown; children?: unknown; key?: string | number; ref?: unknown;
};
export interface MinqingElements {
${elements.map((one) => `  '${one.tag}': Props<${one.name}, ${fields(one)}> & { ${events(one, (name) => `'on${name}'`)} };`).join('\n')}
}
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends MinqingElements {}
  }
}
`;
  const vue = `import type { DefineComponent } from 'vue';
${head}

type Element<Props, Events> = DefineComponent<Partial<Props> & Events>;
declare module 'vue' {
  interface GlobalComponents {
${elements.map((one) => `    '${one.tag}': Element<Pick<${one.name}, ${fields(one)}>, { ${events(one, vueListener)} }>;`).join('\n')}
  }
}
`;
  return { jsx, vue };
}

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
function table(title, head, rows) {
  if (rows.length === 0) return '';
  return `**${title}**\n\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')}\n\n`;
}
function page(elements) {
  const own = ({ inheritedFrom }) => !inheritedFrom;
  const colours = elements.flatMap(({ cssProperties }) => cssProperties);
  const shared = [...new Map(colours.map((one) => [one.name, one])).values()];
  return `# The elements

Made from the code by \`npm run build\`. Every element but \`mq-county\` stands somewhere under an \`mq-county\`. Editors read
\`custom-elements.json\` and \`vscode.html-custom-data.json\` of the package; \`minqing/jsx\` and \`minqing/vue\` are types to import once.

${elements
  .map(
    (one) =>
      `## ${one.tag}\n\n${one.description}\n\n` +
      table(
        'Properties',
        ['Property', 'Attribute', 'Type', 'What it is'],
        one.properties.map((property) => [
          `\`${property.name}\``,
          one.attributes.has(property.name) ? 'yes' : 'no',
          `\`${typeOf(property)}\``,
          property.description,
        ]),
      ) +
      table(
        'Events',
        ['Event', 'When'],
        one.events.map(({ name, description }) => [`\`${name}\``, description]),
      ) +
      table(
        'Slots',
        ['Slot', 'What goes there'],
        one.slots.map(({ name, description }) => [name || 'default', description]),
      ) +
      table(
        'Parts',
        ['Part', 'What it is'],
        one.parts.filter(own).map(({ name, description }) => [`\`${name}\``, description]),
      ),
  )
  .join('')}## Custom properties

They reach every element; set them on \`mq-county\` or higher up.

${table(
  'All',
  ['Property', 'What it colours or sizes'],
  shared.map(({ name, description }) => [`\`${name}\``, description]),
)}`;
}

async function main() {
  const manifest = await manifestOf();
  const elements = elementsOf(manifest);
  const docs = await format(page(elements), {
    ...(await resolveConfig(at('package.json').pathname)),
    parser: 'markdown',
  });
  const file = at('docs/elements.md');
  if ((await readFile(file, 'utf8').catch(() => null)) !== docs) {
    if (process.argv.includes('--check')) {
      console.error('docs/elements.md is older than the elements. Run: npm run build');
      process.exitCode = 1;
    } else await writeFile(file, docs);
  }
  if (process.argv.includes('--check')) return;
  const { jsx, vue } = frameworkTypes(elements);
  await mkdir(at('dist/types/'), { recursive: true });
  await writeFile(at('dist/custom-elements.json'), JSON.stringify(manifest, null, 1));
  await writeFile(at('dist/vscode.html-custom-data.json'), JSON.stringify(vscodeData(elements), null, 1));
  await writeFile(at('dist/types/jsx.d.ts'), jsx);
  await writeFile(at('dist/types/vue.d.ts'), vue);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
