import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { packageRoot, serve } from '../../src/server/main.ts';
import { text } from '../desk/office.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-configs-'));
const own = join(folder, 'huantai.json');
for (const name of ['base.json', 'huantai.json'])
  copyFileSync(join(packageRoot, 'configs', name), join(folder, name));
const people = [
  { id: 'wang', name: '王建国', kind: 'standing-member' },
  { id: 'li', name: '李敏', kind: 'cadre', posts: [{ post: 'checker' }] },
];
writeFileSync(join(folder, 'huantai.directory.json'), JSON.stringify({ organisations: [], people }));

let server: Awaited<ReturnType<typeof serve>> | null = null;
afterEach(async () => server?.close());

test('a running server takes over a changed config, keeps the last good one, and knows its own directory', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  server = await serve({
    port: 0,
    db: ':memory:',
    configs: folder,
    demo: true,
    year: false,
    told: () => undefined,
    portal: null,
  });
  const base = `http://127.0.0.1:${server.port}`;
  const token = async (id: string) =>
    (await (await fetch(`${base}/demo/token`, { method: 'POST', body: JSON.stringify({ id }) })).json())
      .token;
  const get = async (path: string, who = 'li') =>
    (await fetch(`${base}${path}`, { headers: { Authorization: `Bearer ${await token(who)}` } })).json();
  expect(await get('/counties')).toEqual([{ id: 'huantai', name: '桓台县政协' }]);
  const config = () => get('/counties/huantai/config');
  expect((await config()).overrides).toContain('quotas/four-a-year/need');
  await fetch(`${base}/counties/huantai/reports`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await token('wang')}` },
    body: JSON.stringify({ action: 'submit', input: text }),
  });
  const quota = async () => (await get('/counties/huantai/quotas', 'wang'))[0];
  expect(await quota()).toMatchObject({ need: '4', done: '1' });

  const before = readFileSync(own, 'utf8');
  writeFileSync(own, before.replace('"need": 4', '"need": 6').replace('"2026-1"', '"2026-2"'));
  await vi.waitFor(async () => expect((await config()).version).toBe('2026-2'), { timeout: 10_000 });
  expect(await quota()).toMatchObject({ need: '6', done: '1' });

  writeFileSync(own, before.replace('"quotas"', '"quota"'));
  await vi.waitFor(async () => expect((await config()).refused).toHaveLength(1), { timeout: 10_000 });
  expect((await config()).refused[0]).toContain('“quotas”');
  expect(await quota()).toMatchObject({ need: '6', done: '1' });

  // A stage where something stands cannot be taken away.
  const renamed = readFileSync(join(folder, 'base.json'), 'utf8').replaceAll(
    '"initial-check"',
    '"first-look"',
  );
  writeFileSync(own, before);
  writeFileSync(
    join(folder, 'base.json'),
    renamed
      .replace('"first-look": [', '"initial-check": [')
      .replaceAll('"form": "first-look"', '"form": "initial-check"'),
  );
  await vi.waitFor(async () => expect((await config()).refused.join()).toContain('initial-check'), {
    timeout: 10_000,
  });
  said.mockRestore();
});
