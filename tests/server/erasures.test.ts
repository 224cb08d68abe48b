import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { packageRoot, serve } from '../../src/server/main.ts';

test('"erasures" that is added to the settings while serving holds for the next erasure', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const folder = mkdtempSync(join(tmpdir(), 'minqing-erasures-'));
  const settings = join(folder, 'settings.json');
  const portals = [{ issuer: 'i', audience: 'a', jwks: 'https://portal.example/jwks' }];
  writeFileSync(settings, JSON.stringify({ portals }));
  const db = join(folder, 'huantai.db');
  const server = await serve({
    ...{ port: 0, db, configs: `${packageRoot}configs`, demo: true, year: false, settings },
    told: () => undefined,
  });
  const base = `http://127.0.0.1:${server.port}`;
  const asked = { method: 'POST', body: JSON.stringify({ id: 'huantai-secretary-general' }) };
  const { token } = await (await fetch(`${base}/demo/token`, asked)).json();
  const erasures = join(folder, 'erasures.txt');
  writeFileSync(settings, JSON.stringify({ portals, erasures }));
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${base}/counties/huantai/people/huantai-author-1/erase`, {
        ...{ method: 'POST', body: '{}' },
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      expect(readFileSync(erasures, 'utf8')).toContain('["huantai","huantai-author-1",');
    },
    { timeout: 8_000, interval: 300 },
  );
  await server.close();
  vi.restoreAllMocks();
}, 20_000);
