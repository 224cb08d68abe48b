import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messagesCommand } from '../../src/cli/messages.ts';
import { receiversIn } from '../../src/cli/receivers-in.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { run } from './run.ts';

test('what was told in vain is listed one a line, and sent again by number or all', async () => {
  const db = join(mkdtempSync(join(tmpdir(), 'minqing-messages-')), 'messages.db');
  const store = await sqliteStore({ file: db });
  const [now, until] = ['2026-03-02T01:00:00.000Z', '2026-03-02T01:01:00.000Z'];
  const sends = [1, 2, 3].map((number) => ({
    id: `one.report.r-${number}.1`,
    receiver: 'portal',
    about: { county: 'one', kind: 'report' as const, id: `r-${number}` },
    body: '{}',
  }));
  await store.commit({ steps: [], scores: [], timers: [], messages: [], key: null, sends });
  for (const { key } of await store.claimSends('portal', 9, { now, until }))
    await store.settleSend(key, until, { attempts: 20, failure: 'HTTP 500', due: null });
  await store.close();

  const messages = (...args: string[]) => run(messagesCommand, [...args, '--db', db, '--county', 'one']);
  const { out } = await messages('list');
  const rows = out
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(rows.map(([, ...rest]) => rest)).toEqual(
    [1, 2, 3].map((number) => ['portal', `one.report.r-${number}.1`, '20', 'HTTP 500']),
  );
  expect((await messages('replay', String(rows[1]?.[0]))).out).toBe('1\n');
  expect((await messages('replay', '--all')).out).toBe('2\n');
  expect((await messages('list')).out).toBe('');
  for (const wrong of [['replay'], ['replay', '--all', '1'], ['replay', 'x'], ['send']])
    expect((await messages(...wrong)).refused?.en).toContain('minqing messages list');
  await expect(receiversIn(join(db, 'none.json'))).rejects.toThrow('cannot be read');
});
