import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import { compileScript, parse } from 'vue/compiler-sfc';
import { expect, test } from 'vitest';
import { form, report } from './acts.ts';
import { hostPage } from './host-page.ts';
import { usePortal } from './portal.ts';

const root = new URL('../../', import.meta.url).pathname;
const example = (name: string) => readFile(`${root}examples/${name}`, 'utf8');

const portal = usePortal();

/** What Vite's plugin does with a single-file component, as far as the example needs it. */
const vueFiles: Plugin = {
  name: 'vue-files',
  setup(making) {
    making.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor, errors } = parse(await readFile(path, 'utf8'), { filename: path });
      if (errors.length > 0) throw errors[0];
      const { content } = compileScript(descriptor, {
        id: 'page',
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('mq-') } },
      });
      return { contents: content, loader: 'ts' };
    });
  },
};
/** The example with the built package and its framework in one file. */
async function bundled(entry: string): Promise<string> {
  const made = await build({
    entryPoints: [`${root}examples/${entry}`],
    bundle: true,
    write: false,
    logLevel: 'error',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    plugins: [vueFiles],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    // The package by its own name, as it is built; the sources' paths are for its own code.
    tsconfigRaw: {},
  });
  return made.outputFiles[0]?.text ?? '';
}

async function sendsAndHears(page: Page): Promise<void> {
  await form(page).getByRole('textbox', { name: /^标题/ }).waitFor();
  const first = await report(page, '第一篇');
  await page.getByText(`本页已提交 1 篇:${first}`).waitFor();
  // The host changes a property: the elements follow, and the next one is heard as well.
  await page.getByText('中文 / English').click();
  await form(page).getByRole('button', { name: 'Send another' }).click();
  await form(page)
    .getByRole('textbox', { name: /^Title/ })
    .fill('The second');
  await form(page)
    .getByRole('textbox', { name: /^Situation/ })
    .fill('A');
  await form(page)
    .getByRole('textbox', { name: /^Analysis/ })
    .fill('B');
  await form(page)
    .getByRole('textbox', { name: /^Suggestion/ })
    .fill('C');
  await form(page).getByRole('button', { name: 'Submit', exact: true }).click();
  await form(page).getByRole('button', { name: 'Confirm: Submit' }).click();
  const second = await form(page).locator('[data-thing]').getAttribute('data-thing');
  await page.getByText(`本页已提交 2 篇:${first}、${second}`).waitFor();
  await page.close();
}

test.each([
  ['Vue 3', '05-embed-in-vue', '05-embed-in-vue.js'],
  ['React 19', '06-embed-in-react', '06-embed-in-react.tsx'],
])('a page of %s sends reports and hears of each', async (_, name, entry) => {
  const page = await hostPage(portal, {
    [`${name}.html`]: await example(`${name}.html`),
    [`${name}.js`]: await bundled(entry),
  });
  await page.goto(`${portal.base}host/${name}.html`);
  await sendsAndHears(page);
});

test('an old portal’s page with jQuery sends reports and hears of each', async () => {
  const name = '07-embed-with-jquery';
  const files = {
    [`${name}.html`]: await example(`${name}.html`),
    [`${name}.js`]: await example(`${name}.js`),
    'jquery.js': await readFile(createRequire(import.meta.url).resolve('jquery/dist/jquery.min.js'), 'utf8'),
  };
  // jQuery 3 itself writes markup from text as it starts.
  const page = await hostPage(portal, files, "require-trusted-types-for 'script'");
  await page.goto(`${portal.base}host/${name}.html`);
  await sendsAndHears(page);
});

test('a page of plain HTML sends a report and hears of it', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  await page.evaluate(() =>
    addEventListener('mq-done', (event) => {
      if (event instanceof CustomEvent) document.title = `heard ${event.detail.id}`;
    }),
  );
  const id = await report(page, '一页普通的网页');
  expect(await page.title()).toBe(`heard ${id}`);
  await page.close();
});

test('the examples of Vue and React hold the types that the package gives for their templates', async () => {
  // It fails with the mistakes it finds, and names what it looked at.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`${root}node_modules/vue-tsc/bin/vue-tsc.js`, '--noEmit', '--listFiles', '--project', `${root}examples`],
    { maxBuffer: 10_000_000 },
  );
  for (const name of [
    '05-embed-in-vue.vue',
    '06-embed-in-react.tsx',
    'dist/types/jsx.d.ts',
    'dist/types/vue.d.ts',
  ])
    expect(stdout).toContain(name);
});
