import { FILE, type By } from '../desk/versions.ts';
import type { AuditRow, SensitiveAct } from '../model/audit.ts';
import type { Store } from '../store/port.ts';
import type { Asked } from './asking.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';

/** Who answers for what nobody should do alone: a deployment's choice, since an office may be five people. */
export interface Duties {
  /** One alone, which is marked; two of the county; or one of the county and one of the committee above it. */
  separate: 'off' | 'two' | 'higher';
  /** The committee above each county, by their ids; a county without one needs two of its own. */
  higher: ReadonlyMap<string, string>;
}
export const singleHanded: Duties = { separate: 'off', higher: new Map() };

/** Refuses a second person who is the first, or who is not of the committee that must agree. */
export function mustBeSecond({ separate, higher }: Duties, { host, actor }: Asked, first: string): void {
  if (separate === 'off') return;
  const above = separate === 'higher' ? higher.get(host.county.id) : undefined;
  if (above !== undefined && actor.county !== above)
    throw new ServerError('second-refused', {
      zh: '按本平台的分权设置,此事须由上级政协批准。',
      en: 'Where duties are separated as they are here, the committee above must agree to this.',
    });
  if (signatureOf({ host, actor }) === first)
    throw new ServerError('second-refused', {
      zh: '按本平台的分权设置,经办人不能自行批准,须由另一人批准。',
      en: 'Where duties are separated, nobody agrees to what they did themselves; another person must.',
    });
}

/** The id by which somebody signs; one of another committee with its name. */
export function signatureOf({ host, actor }: Pick<Asked, 'host' | 'actor'>): string {
  return actor.county === host.county.id ? actor.id : `${actor.county}/${actor.id}`;
}

/**
 * Does what one alone may do here, and marks it; where two are asked for, it is kept until the second agrees, and the
 * first is told so.
 */
export async function sensitive<Done>(
  { separate }: Duties,
  { host, actor, now }: Asked,
  act: Pick<SensitiveAct, 'is' | 'about' | 'request'>,
  perform: () => Promise<Done>,
): Promise<Done> {
  const { store } = host;
  const county = host.county.id;
  const done = separate === 'off' ? { value: await perform() } : null;
  const number = await store.next(county, 'sensitive-acts');
  const by: By = { by: actor.id, at: now };
  await store.saveSensitiveAct({
    ...act,
    ...by,
    county,
    number,
    request: done ? null : act.request,
    second: done ? { ...by, is: 'alone' } : null,
  });
  if (done) return done.value;
  throw new ServerError('second-needed', {
    zh: `已登记为第 ${number} 件待批事项,须由另一人批准后才会办理。`,
    en: `It is kept as number ${number} and done once a second person agrees.`,
  });
}

/** Every sensitive act and every approved config of a county, the newest first. */
export async function auditRows(
  { county, store }: Pick<CountyHost, 'county'> & { store: Store },
  nameOf: (id: string) => string,
): Promise<AuditRow[]> {
  const named = (id: string) => ({ id, name: nameOf(id) });
  const acts = (await store.sensitiveActs(county.id)).map(
    ({ number, is, about, by, at, second }): AuditRow => ({
      number,
      is,
      about,
      by: named(by),
      at,
      second: second && second.is !== 'alone' ? { ...named(second.by), at: second.at } : null,
      standing: second?.is ?? 'waiting',
    }),
  );
  const configs = (await store.configs(county.id)).flatMap(({ number, drafted, approved }): AuditRow[] =>
    // What the file said at the first start nobody approved.
    approved === null || approved.by === FILE
      ? []
      : [
          {
            number: null,
            is: 'config',
            about: String(number),
            by: named(drafted.by),
            at: approved.at,
            second: approved.by === drafted.by ? null : { ...named(approved.by), at: approved.at },
            standing: approved.by === drafted.by ? 'alone' : 'agreed',
          },
        ],
  );
  return [...acts, ...configs].sort((a, b) => b.at.localeCompare(a.at));
}
