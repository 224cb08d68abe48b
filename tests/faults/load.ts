import { setTimeout as later } from 'node:timers/promises';
import type { ThingView } from '../../src/model/view.ts';
import { checked, COUNTY, text, type Portal } from './service.ts';

/** One act that was answered with success: this thing has this version by this action. */
export interface Acknowledged {
  id: string;
  version: number;
  action: string;
  title: string;
}

/** Asks until there is an answer that is no failure of the service, always under the same key. */
export async function insist(
  base: () => string,
  path: string,
  headers: Record<string, string>,
  body: object,
): Promise<ThingView> {
  for (;;) {
    const answer = await fetch(`${base()}/counties/${COUNTY}/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    }).then(
      async (given) => ({ status: given.status, said: await given.text() }),
      () => null,
    );
    if (answer && answer.status < 300) return JSON.parse(answer.said);
    if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${answer.said}`);
    await later(20);
  }
}

/**
 * Some who submit and check, one act after the other, until they are told to stop. `heard` is told of each act that was
 * acknowledged.
 */
export function underLoad(base: () => string, portal: Portal, heard: (done: Acknowledged) => void) {
  let over = false;
  const worker = async (at: number) => {
    for (let turn = 0; !over; turn += 1) {
      const title = `关于校门口的建议 ${at}-${turn}`;
      const headers = async (who: string, key: string) => ({
        Authorization: `Bearer ${await portal.token(`${who}-${at}`)}`,
        'Idempotency-Key': `${key}-${at}-${turn}`,
      });
      const body = { action: 'submit', input: { title, ...text } };
      const report = await insist(base, 'reports', await headers('author', 'submit'), body);
      heard({ id: report.id, version: 1, action: 'submit', title });
      if (over) return;
      const seen = { 'If-Match': '"1"', ...(await headers('checker', 'pass')) };
      await insist(base, `reports/${report.id}/actions/pass`, seen, { input: checked });
      heard({ id: report.id, version: 2, action: 'pass', title });
    }
  };
  const workers = Array.from({ length: 8 }, (_, at) => worker(at + 1));
  return async () => {
    over = true;
    await Promise.all(workers);
  };
}
