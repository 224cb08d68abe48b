import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createServer } from '../../src/server/app.ts';
import { demoIdentity } from '../../src/server/identity.ts';

test('a file of the page goes out packed to whoever takes it, and as it is to others; what is small is not packed', async () => {
  const script = 'export const words = 1;\n'.repeat(200);
  const { fetch } = createServer({
    counties: new Map(),
    identity: await demoIdentity(),
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => 'id',
    statics: new Map([
      ['/minqing/a.js', { type: 'text/javascript; charset=utf-8', body: script }],
      ['/b.js', { type: 'text/javascript; charset=utf-8', body: 'export {};' }],
      ['/c.png', { type: 'image/png', body: new Uint8Array(4000) }],
    ]),
  });
  const get = (path: string, accepts: string) =>
    fetch(new Request(`http://minqing.test${path}`, { headers: { 'Accept-Encoding': accepts } }));
  const packed = await get('/minqing/a.js', 'br, gzip');
  const bytes = new Uint8Array(await packed.arrayBuffer());
  expect(packed.headers.get('Content-Encoding')).toBe('gzip');
  expect(bytes.length).toBeLessThan(script.length / 10);
  expect(gunzipSync(bytes).toString()).toBe(script);
  const plain = await get('/minqing/a.js', 'identity');
  expect([plain.headers.get('Content-Encoding'), await plain.text()]).toEqual([null, script]);
  for (const answer of [packed, plain]) {
    expect(answer.headers.get('Vary')).toContain('Accept-Encoding');
    expect(answer.headers.get('Cache-Control')).toContain('immutable');
  }
  for (const path of ['/b.js', '/c.png'])
    expect((await get(path, 'gzip')).headers.get('Content-Encoding')).toBeNull();
});
