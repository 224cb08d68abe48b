import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { createClient } from '../src/client/index.ts';
import type { Static } from '../src/server/static-routes.ts';
import { packageRoot, serve } from '../src/server/main.ts';

/** The demo's server with its year, and beside it the gallery's page. */
export async function openGallery(port = 0) {
  const server = await serve({
    port,
    db: ':memory:',
    configs: `${packageRoot}configs`,
    demo: true,
    year: true,
    told: () => {},
    settings: null,
    pages: await galleryPages(),
  });
  const base = `http://127.0.0.1:${server.port}`;
  await publish(base);
  return { address: `${base}/gallery`, close: server.close };
}

/** What anybody may read: a task that Zhenyuan has on its platform, with its progress. */
async function publish(base: string): Promise<void> {
  const county = 'zhenyuan';
  const clientOf = (who: string) =>
    createClient({
      endpoint: base,
      county,
      language: () => 'zh',
      async token() {
        const body = JSON.stringify({ county, id: `${county}-${who}` });
        const answer = await fetch(`${base}/demo/token`, { method: 'POST', body });
        return (await answer.json()).token;
      },
    });
  const input = {
    title: '舞阳河边步道的路灯',
    lead: 'wuyang-town',
    task: '请修复。',
    due: '2026-12-31',
    'on-platform': true,
  };
  const begun = await clientOf('office-director').open('handling', { action: 'assign', input }, 'assign');
  const town = clientOf('wuyang-town');
  const signed = await town.act(begun, { action: 'sign-for', input: {} }, 'sign-for');
  const progress = '已更换灯具十二盏,其余等材料到货后更换,预计本月底前全部亮灯。';
  await town.act(signed, { action: 'progress', input: { progress } }, 'progress');
}

async function galleryPages(): Promise<Map<string, Static>> {
  const folder = `${packageRoot}gallery/`;
  const bundled = await build({
    entryPoints: [`${folder}page.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return new Map([
    ['/gallery', { type: 'text/html; charset=utf-8', body: await readFile(`${folder}page.html`, 'utf8') }],
    ['/gallery.css', { type: 'text/css; charset=utf-8', body: await readFile(`${folder}page.css`, 'utf8') }],
    ['/gallery.js', { type: 'text/javascript; charset=utf-8', body: bundled.outputFiles[0]?.text ?? '' }],
  ]);
}
