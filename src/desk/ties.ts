import type { County, Field } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import { say } from '../model/text.ts';
import {
  refName,
  RECORD,
  ties,
  type Actor,
  type Fields,
  type Link,
  type Thing,
  type ThingKind,
  type ThingRef,
} from '../model/thing.ts';
import type { Option } from '../model/view.ts';
import type { Store } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import type { Along } from './effect.ts';
import { notFound, toPutRight, type FieldProblem } from './error.ts';
import { holds, may } from './permission.ts';
import { stageOf, titleOf, type Reader } from './view.ts';

/** What a form ties its thing to, found and judged, before the thing itself has its id. */
export interface Tied {
  /** With the other thing; null for an entered record, which has no log. */
  made: { role: keyof typeof ties; kind: ThingKind; id: string; other: Thing | null }[];
  /** Ties of before that the form now says otherwise. */
  gone: { link: Link; other: Thing | null }[];
}

/**
 * What the fields of a form that name other things come to. A tie that is there already stays, even past the due date:
 * a report that was returned still answers its call.
 */
export async function tiedBy(
  context: DeskContext,
  actor: Actor,
  form: readonly Field[],
  fields: Fields,
  thing: Thing,
  /** Fields of the thing's own form, which says one at a time; what an action's form ties is added. */
  own: ReadonlySet<string>,
  today: CivilDate,
): Promise<Tied> {
  const { county, store } = context;
  const tied: Tied = { made: [], gone: [] };
  const problems: FieldProblem[] = [];
  for (const field of form) {
    const value = fields[field.id];
    if (!field.ties || value === undefined) continue;
    const { link: role, kinds } = field.ties;
    const before = own.has(field.id)
      ? thing.links.find((link) => link.role === role && link.id === thing.fields[field.id])
      : undefined;
    if (before && before.id !== value)
      tied.gone.push({ link: before, other: await otherEnd(store, county.id, before) });
    if (typeof value !== 'string') continue;
    if (thing.links.some((link) => link.role === role && link.id === value)) continue;
    const other = await foundAmong(context, kinds, value);
    const problem =
      other === null || (other.thing && !may(county, actor, 'read', other.thing.kind, other.thing))
        ? noSuch
        : other.thing && problemOf(context, field.ties, other.thing, today);
    if (problem || other === null) problems.push({ field: field.id, saying: problem ?? noSuch });
    else if (value !== thing.id)
      tied.made.push({ role, kind: other.thing?.kind ?? RECORD, id: value, other: other.thing });
  }
  if (problems.length > 0) throw toPutRight(problems);
  return tied;
}

/** An answer that is taken back, or whose words are purged, is none any more. */
export async function answersOf({ county, store }: DeskContext, thing: Thing): Promise<Tied> {
  const links = thing.links.filter(({ role }) => role === 'answers');
  const gone = await Promise.all(
    links.map(async (link) => ({ link, other: await otherEnd(store, county.id, link) })),
  );
  return { made: [], gone };
}

const noSuch: Saying = {
  zh: '没有这一项,请从选项中选择。',
  en: 'There is no such choice; take one of those offered.',
};

function problemOf(
  { countyOf }: DeskContext,
  { stages, untilDue }: NonNullable<Field['ties']>,
  other: Thing,
  today: CivilDate,
): Saying | null {
  const stage = (language: 'zh' | 'en') => say(stageOf(countyOf(other), other).label, language);
  if (stages && !stages.includes(other.stage))
    return {
      zh: `“${titleOf(other)}”现为“${stage('zh')}”,不能再选。请另选一项,或留空。`,
      en: `"${titleOf(other)}" is now at "${stage('en')}" and cannot be chosen any more. Choose another, or none.`,
    };
  if (untilDue && other.due && other.due.on < today)
    return {
      zh: `“${titleOf(other)}”已于 ${other.due.on} 截止。请另选一项,或留空。`,
      en: `"${titleOf(other)}" closed on ${other.due.on}. Choose another, or none.`,
    };
  return null;
}

async function foundAmong(
  { county, store }: DeskContext,
  kinds: readonly string[],
  id: string,
): Promise<{ thing: Thing | null } | null> {
  for (const kind of kinds) {
    if (!county.flows.has(kind)) continue;
    const found = await store.read({ county: county.id, kind, id });
    if (found) return found;
  }
  if (kinds.every((kind) => county.flows.has(kind))) return null;
  const records = await store.records(county.id, { id });
  return records.some(({ record }) => kinds.includes(record.kind)) ? { thing: null } : null;
}

async function otherEnd(store: Store, county: string, { kind, id }: Link): Promise<Thing | null> {
  return kind === RECORD ? null : ((await store.read({ county, kind, id }))?.thing ?? null);
}

/** The thing's own end of what was found. */
export function ownEnd({ made, gone }: Tied): { links: Link[]; untied: Link[] } {
  return {
    links: made.map(({ role, kind, id }) => ({ role, kind, id })),
    untied: gone.map(({ link }) => link),
  };
}

/** The other ends, each thing once; what a meeting decided is told there too. */
export function otherEnds({ made, gone }: Tied, { kind, id }: ThingRef, said: Fields): Along[] {
  const along = new Map<string, Along>();
  const of = (thing: Thing): Along => {
    const name = refName(thing);
    const known = along.get(name) ?? { thing, action: 'tie', change: {} };
    along.set(name, known);
    return known;
  };
  for (const { role, other } of made) {
    if (!other) continue;
    const { change } = of(other);
    change.links = [...(change.links ?? []), { role: ties[role], kind, id }];
    if (role === 'decides') change.said = said;
  }
  for (const { link, other } of gone) {
    if (!other || !(link.role in ties)) continue;
    const { change } = of(other);
    const role = Object.entries(ties).find(([own]) => own === link.role)?.[1];
    if (role) change.untied = [...(change.untied ?? []), { role, kind, id }];
  }
  return [...along.values()];
}

/** The coded answers of a decision on another thing, for its rules to read; what its own form says stays. */
export function decidedOn(
  { flows, forms }: County,
  { kind }: Thing,
  form: readonly Field[],
  fields: Fields,
): Fields {
  const own = forms.get(flows.get(kind)?.form ?? '') ?? [];
  const coded = form.filter(({ id, type }) => type === 'choice' && !own.some((field) => field.id === id));
  return Object.fromEntries(coded.map(({ id }) => [id, fields[id] ?? null]));
}

/** More than these to choose from are not offered at once; the newest come first, others are found by their title. */
const offeredAtMost = 100;

/** What a field can name besides: by words of the title, for whoever may fill in a form that has the field. */
export async function choicesFound(
  reader: Reader,
  store: Store,
  { kind, field: name, search }: { kind: ThingKind; field: string; search: string },
  today: CivilDate,
): Promise<Option[]> {
  const { county, actor } = reader;
  const actions = [...(county.flows.get(kind)?.stages.values() ?? [])].flatMap((stage) => [
    ...stage.actions.values(),
  ]);
  const field = actions
    .filter(({ by }) => by.some((post) => holds(county, actor, post, null)))
    .flatMap(({ form }) => county.forms.get(form ?? '') ?? [])
    .find(({ id, ties }) => id === name && ties);
  if (!field) throw notFound();
  return (await choicesIn(reader, store, [field], today, search)).get(field) ?? [];
}

/** What each field that names other things can name, for this reader. */
export async function choicesIn(
  reader: Reader,
  store: Store,
  fields: readonly Field[],
  today: CivilDate,
  search = '',
): Promise<Map<Field, Option[]>> {
  const { county, actor, countyOf } = reader;
  const choices = new Map<Field, Option[]>();
  for (const field of fields) {
    if (!field.ties || choices.has(field)) continue;
    const { kinds, stages, untilDue } = field.ties;
    const options: Option[] = [];
    for (const kind of kinds) {
      if (!county.flows.has(kind)) continue;
      const page = await store.queue({
        county: county.id,
        kind,
        ...(stages ? { stages } : {}),
        ...(search === '' ? {} : { search }),
        order: 'newest',
        after: null,
        limit: offeredAtMost,
      });
      for (const { thing } of page.rows) {
        const late = untilDue && thing.due !== null && thing.due.on < today;
        const readable = may(countyOf(thing), actor, 'read', kind, thing);
        if (!late && readable) options.push({ value: thing.id, label: titleOf(thing) });
      }
    }
    for (const kind of kinds)
      if (!county.flows.has(kind)) options.push(...(await recordsToName(reader, store, kind, search)));
    choices.set(field, options);
  }
  return choices;
}

/** Entered records of a kind that have these words, the newest first, and before all others those of one's own units. */
async function recordsToName(
  { county, actor, unitsOf }: Reader,
  store: Store,
  kind: string,
  search: string,
): Promise<Option[]> {
  const mine = unitsOf(actor.id);
  const found = (await store.records(county.id, { kind })).reverse().flatMap(({ record }) => {
    const { id, facts, unit, units = [], organisers = [] } = record;
    const title = facts?.['title'];
    const label = typeof title === 'string' ? title : id;
    const own = [unit, ...[...units, ...organisers].map((one) => one.id)].some(
      (one) => one !== undefined && mine.includes(one),
    );
    return label.includes(search) ? [{ value: id, label, own }] : [];
  });
  return [...found.filter(({ own }) => own), ...found.filter(({ own }) => !own)]
    .slice(0, offeredAtMost)
    .map(({ value, label }) => ({ value, label }));
}
