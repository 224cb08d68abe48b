import type { CivilDate } from '../model/date.ts';
import type { Fields, OnBehalf, Thing } from '../model/thing.ts';
import { blankThing, type Change } from './change.ts';
import { openedFor } from './behalf.ts';
import { forbidden, type DeskContext } from './context.ts';
import { partsOf } from './making.ts';
import { wrong } from './error.ts';
import { entersFor, isStaff, may } from './permission.ts';
import type { ActRequest } from './request.ts';

export interface Opening {
  thing: Thing;
  change: Change;
  onBehalf: OnBehalf | null;
}

/** A thing that does not exist yet, with whose it is: its authors, its sending unit, how it came, who enters it. */
export function opening(context: DeskContext, request: ActRequest, today: CivilDate): Opening {
  const { county } = context;
  const { actor, input, now } = request;
  const { kind } = request.thing;
  const flow = county.flows.get(kind);
  if (!flow || !may(county, actor, 'create', kind)) throw forbidden();
  const fresh = blankThing({ county: county.id, kind, id: '' }, flow.start, county.version, now);
  // A period and a task given out are nobody's own.
  if (kind === 'period' || kind === 'handling')
    return { thing: fresh, change: { enteredBy: actor.id }, onBehalf: null };

  const named = authorsIn(context, input);
  const authors = partsOf(named.length > 0 ? [...new Set(named)] : [actor.id]);
  const first = authors[0]?.person;
  const own = first === actor.id;
  const creating = county.access.flatMap((row) => (row.may === 'create' && row.on === kind ? row.posts : []));
  if (!own && entersFor(county, actor, creating, null).length === 0) throw forbidden();
  return {
    thing: { ...fresh, authors },
    change: {
      authors,
      unit: unitIn(context, request, first),
      channel: channelIn(context, input),
      enteredBy: actor.id,
    },
    onBehalf: openedFor(request.onBehalf, first, own, today),
  };
}

function authorsIn({ people }: DeskContext, { authors }: Fields): string[] {
  if (authors === undefined || authors === null) return [];
  if (!Array.isArray(authors))
    throw wrong({
      field: 'authors',
      saying: {
        zh: '反映人应为列表,第一个是第一反映人。',
        en: 'Authors are a list, the first author first.',
      },
    });
  for (const id of authors)
    if (!people.has(id))
      throw wrong({
        field: 'authors',
        saying: {
          zh: `名册中没有“${id}”,请重新选择。`,
          en: `"${id}" is not in the directory; choose again.`,
        },
      });
  return authors;
}

/** The unit that sends it in: the office names one of all, others their own. */
function unitIn(
  context: DeskContext,
  { input, actor }: ActRequest,
  first: string | undefined,
): string | null {
  const { county, directory, people } = context;
  const home = people.get(first ?? '')?.organisation ?? null;
  const given = input['unit'];
  if (given === undefined || given === null) return home;
  if (typeof given !== 'string' || !directory.organisations.some(({ id }) => id === given))
    throw wrong({
      field: 'unit',
      saying: {
        zh: `名册中没有单位“${String(given)}”,请重新选择。`,
        en: `The unit "${String(given)}" is not in the directory; choose again.`,
      },
    });
  const own = [home, ...actor.posts.map(({ organisation }) => organisation)];
  if (!isStaff(county, actor) && !own.includes(given))
    throw wrong({
      field: 'unit',
      saying: {
        zh: '报送单位只能是您所在的单位,请重新选择。',
        en: 'The sending unit can only be your own; choose again.',
      },
    });
  return given;
}

function channelIn({ county }: DeskContext, { channel }: Fields): string {
  if (channel === undefined || channel === null) return 'platform';
  if (typeof channel === 'string' && county.channels.has(channel)) return channel;
  throw wrong({
    field: 'channel',
    saying: {
      zh: `没有“${String(channel)}”这个来源渠道,请从选项中选择。`,
      en: `There is no channel "${String(channel)}"; choose one of those listed.`,
    },
  });
}
