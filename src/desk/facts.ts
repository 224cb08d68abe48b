import type { County } from '../county/county.ts';
import { civilDate, daysBetween, type CivilDate } from '../model/date.ts';
import type { Facts } from '../model/fact.ts';
import type { LinkRole, Thing } from '../model/thing.ts';

/** What a rule reads that is not in the thing itself. */
export interface Beside {
  kindOf: (person: string) => string | null;
  today: CivilDate;
  /** How many reports say much the same; null where nothing was compared. */
  similar: number | null;
}

/** Everything a rule about this thing can read: complete, what is absent is null. */
export function factsOf(county: County, thing: Thing, { kindOf, today, similar }: Beside): Facts {
  const facts: Facts = {};
  for (const [name, meaning] of Object.entries(county.vocabulary(thing.kind))) {
    if (name.endsWith('.count') && meaning.type === 'number') {
      const list = thing.fields[name.slice(0, -'.count'.length)];
      facts[name] = Array.isArray(list) ? list.length : 0;
    } else facts[name] = thing.fields[name] ?? null;
  }
  const destinations = Object.values(thing.destinations);
  const count = (is: string) => thing.moments.filter((moment) => moment.is === is).length;
  return {
    ...facts,
    round: thing.round,
    opinions: count('opinion'),
    'opinions-left': count('asked') === 0 ? null : askedAndSilent(thing).length,
    'destinations-left':
      destinations.length === 0 ? null : destinations.filter((sent) => sent === null).length,
    'objections-open': count('objected') - count('answered'),
    returned: thing.back !== null,
    declined: count('declined'),
    'extension-open': typeof thing.fields['until'] === 'string',
    instructions: count('instructed'),
    'instruction-levels': thing.moments.flatMap(({ is, level }) =>
      is === 'instructed' && typeof level === 'string' ? [level] : [],
    ),
    'take-ups': count('taken-up'),
    'author-kinds': thing.authors.flatMap((author) => kindOf(author.person) ?? []),
    answers: named(thing, 'answered-by').length,
    listed: named(thing, 'lists').length,
    undecided: named(thing, 'lists').filter((id) => !named(thing, 'decides').includes(id)).length,
    authors: thing.authors.length,
    words: wordsIn(county, thing),
    'days-in-stage': daysBetween(civilDate(thing.since, county.timeZone), today),
    similar,
    channel: thing.channel,
  };
}

/** How much its author wrote: the characters of the long texts of its form, without spaces. */
function wordsIn({ flows, forms }: County, { kind, fields }: Thing): number {
  const form = forms.get(flows.get(kind)?.form ?? '') ?? [];
  const texts = form.flatMap(({ id, type }) => (type === 'long-text' ? [fields[id]] : []));
  return [...texts.join('').replace(/\s/g, '')].length;
}

/** The ids that a thing is tied to in one way, each once. */
export function named({ links }: Pick<Thing, 'links'>, role: LinkRole): string[] {
  return [...new Set(links.flatMap((link) => (link.role === role ? [link.id] : [])))];
}

/** The organisations that were asked last and have not answered since. */
export function askedAndSilent(thing: Pick<Thing, 'moments'>): string[] {
  const at = thing.moments.findLastIndex(({ is }) => is === 'asked');
  const asked = thing.moments[at]?.['of'];
  if (!Array.isArray(asked)) return [];
  const answered = thing.moments.slice(at + 1).flatMap(({ is, by }) => (is === 'opinion' ? [by] : []));
  return asked.filter((one) => !answered.includes(one));
}
