import { join } from 'node:path';
import { none, type Figure } from './figures.ts';
import {
  checked,
  COUNTY,
  freshFolder,
  officeFolder,
  openPortal,
  startService,
  text,
  type Portal,
} from './service.ts';

/** Submissions under one key each, five at once; then another body under the same key. */
export async function once(keys: number): Promise<Figure[]> {
  const [configs, portal] = [officeFolder(), await openPortal()];
  const service = await startService(join(freshFolder(), 'once.db'), configs, portal.settings);
  const send = async (at: number, title: string) => {
    const answer = await fetch(`${service.base}/counties/${COUNTY}/reports`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await portal.token('author-1')}`,
        'Idempotency-Key': `key-${at}`,
      },
      body: JSON.stringify({ action: 'submit', input: { title, ...text } }),
    });
    return { status: answer.status, id: String((await answer.json()).id) };
  };
  let [failed, several, taken] = [0, 0, 0];
  for (let at = 0; at < keys; at += 1) {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(at, `第${at}条`)));
    failed += answers.filter(({ status }) => status !== 201).length;
    if (new Set(answers.map(({ id }) => id)).size !== 1) several += 1;
    if ((await send(at, '另一条')).status !== 422) taken += 1;
  }
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'keys, five at once', value: keys, holds: true },
    none('requests of the five without the one answer', failed),
    none('keys with more than one effect', several),
    none('other bodies under a key that were not refused with 422', taken),
  ];
}

/** Fifty who act at once on one report that all of them have seen, on one process. */
export async function raced(rounds: number): Promise<Figure[]> {
  const [configs, portal] = [officeFolder(), await openPortal()];
  const service = await startService(join(freshFolder(), 'raced.db'), configs, portal.settings);
  const figures = await raceOn(() => service.base, portal, rounds);
  await service.end('SIGTERM');
  portal.close();
  return figures;
}

/** The same wherever each request goes. */
export async function raceOn(base: () => string, portal: Portal, rounds: number): Promise<Figure[]> {
  const post = async (who: string, path: string, body: object, more: Record<string, string> = {}) =>
    fetch(`${base()}/counties/${COUNTY}/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await portal.token(who)}`, ...more },
      body: JSON.stringify(body),
    });
  let wrong = 0;
  for (let round = 0; round < rounds; round += 1) {
    const opened = await post('author-1', 'reports', {
      action: 'submit',
      input: { title: `第${round}轮`, ...text },
    });
    const { id } = await opened.json();
    const all = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const seen = { 'If-Match': '"1"' };
        const answer = await post(
          `checker-${at + 1}`,
          `reports/${id}/actions/pass`,
          { input: checked },
          seen,
        );
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    const [won, lost] = [200, 409].map((status) => all.filter((one) => one === status).length);
    if (won !== 1 || lost !== 49) wrong += 1;
  }
  return [
    { what: 'rounds of fifty on one report', value: rounds, holds: true },
    none('rounds with another than one winner and 49 conflicts', wrong),
  ];
}
