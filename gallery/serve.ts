import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
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
  return { address: `http://127.0.0.1:${server.port}/gallery`, close: server.close };
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
