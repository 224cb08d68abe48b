import type { County } from '../county/county.ts';
import type { Facts } from '../model/fact.ts';
import type { Thing } from '../model/thing.ts';

/** Everything a rule about this thing can read: complete, what is absent is null. */
export function factsOf(county: County, thing: Thing, kindOf: (person: string) => string | null): Facts {
  const facts: Facts = {};
  for (const [name, meaning] of Object.entries(county.vocabulary(thing.kind))) {
    if (name.endsWith('.count') && meaning.type === 'number') {
      const list = thing.fields[name.slice(0, -'.count'.length)];
      facts[name] = Array.isArray(list) ? list.length : 0;
    } else facts[name] = thing.fields[name] ?? null;
  }
  const left = Object.values(thing.destinations).filter((sent) => sent === null);
  return {
    ...facts,
    round: thing.round,
    opinions: thing.moments.filter((moment) => moment.is === 'opinion').length,
    'destinations-left': left.length,
    'author-kinds': thing.authors.flatMap((author) => kindOf(author.person) ?? []),
    authors: thing.authors.length,
    channel: thing.channel,
  };
}
