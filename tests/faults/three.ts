import { startPostgres } from '../postgres-server.ts';
import { counter } from '../bench/measure.ts';
import { atLeast, none, type Figure } from './figures.ts';
import { disorderIn, type Operation } from './linearizable.ts';
import { raceOn } from './once.ts';
import {
  COUNTY,
  officeFolder,
  openPortal,
  startService,
  text,
  type Portal,
  type Service,
} from './service.ts';

/** Three processes on one PostgreSQL, each asked in its turn. */
async function onThree(
  bin: string,
  work: (base: () => string, portal: Portal) => Promise<Figure[]>,
): Promise<Figure[]> {
  const postgres = await startPostgres(bin, true);
  try {
    const [configs, portal, db] = [officeFolder(), await openPortal(), await postgres.database()];
    const services: Service[] = [];
    for (let at = 0; at < 3; at += 1) services.push(await startService(db, configs, portal.settings));
    let turn = 0;
    const figures = await work(() => services[(turn += 1) % 3]?.base ?? '', portal);
    await Promise.all(services.map((service) => service.end('SIGTERM')));
    portal.close();
    return figures;
  } finally {
    await postgres.end();
  }
}

export const racedOnThree = (bin: string, rounds: number): Promise<Figure[]> =>
  onThree(bin, (base, portal) => raceOn(base, portal, rounds));

/** One author's draft, written and read by several at once, each on whichever process has its turn. */
async function history(base: () => string, portal: Portal, at: number, steps: number): Promise<Operation[]> {
  const pick = counter(at + 1);
  const Authorization = `Bearer ${await portal.token('author-1')}`;
  const ask = async (path: string, body?: object, more: Record<string, string> = {}) => {
    const from = performance.now();
    const answer = await fetch(`${base()}/counties/${COUNTY}/${path}`, {
      headers: { Authorization, ...more },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    const said = await answer.json();
    return { status: answer.status, said, from, to: performance.now() };
  };
  const written = (title: string) => ({ input: { title, ...text } });
  const opened = await ask('reports', { action: 'save', ...written(`${at}-0`) });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.said));
  const { id } = opened.said;
  const done: Operation[] = [{ ...opened, kind: 'write', version: 1, title: `${at}-0` }];
  const client = async (number: number) => {
    let seen = 1;
    for (let step = 0; step < steps; step += 1) {
      if (pick(3) === 0) {
        const read = await ask(`reports/${id}`);
        seen = read.said.version;
        done.push({ ...read, kind: 'read', version: seen, title: read.said.title });
        continue;
      }
      const title = `${at}-${number}-${step}`;
      const asked = await ask(`reports/${id}/actions/save`, written(title), { 'If-Match': `"${seen}"` });
      if (asked.status === 200) {
        seen = asked.said.version;
        done.push({ ...asked, kind: 'write', version: seen, title });
      } else if (asked.status === 409) {
        seen = asked.said.current.version;
        done.push({ ...asked, kind: 'conflict', version: seen, title });
      } else throw new Error(`${asked.status} ${JSON.stringify(asked.said)}`);
    }
  };
  await Promise.all([1, 2, 3, 4].map(client));
  return done;
}

export function histories(bin: string, reports: number, steps: number): Promise<Figure[]> {
  return onThree(bin, async (base, portal) => {
    const wrong: string[] = [];
    const kinds = { read: 0, write: 0, conflict: 0 };
    for (let at = 0; at < reports; at += 1) {
      const done = await history(base, portal, at, steps);
      for (const { kind } of done) kinds[kind] += 1;
      const disorder = disorderIn(done);
      if (disorder !== null) wrong.push(disorder);
    }
    return [
      { what: 'histories of four clients on three processes', value: reports, holds: true },
      atLeast('reads', kinds.read, reports),
      atLeast('writes', kinds.write, reports * 2),
      atLeast('conflicts', kinds.conflict, reports),
      none('histories of which no order makes a register with versions', wrong.length),
      ...wrong.slice(0, 5).map((what) => ({ what, value: 'wrong', holds: false })),
    ];
  });
}
