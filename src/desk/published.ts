import type { County, Field } from '../county/county.ts';
import type { CivilDate, Instant } from '../model/date.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential, type Thing, type ThingKind } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { DeskContext } from './context.ts';
import { notFound } from './error.ts';
import { unseal } from './seal.ts';
import { stageOf, titleOf } from './view.ts';

/** What is public of a report or of its handling: no name of a person, no text of the report, no instruction. */
export interface PublicStatus {
  county: string;
  title: string;
  stage: string;
  since: Instant;
  /** What is done about it, where the county publishes that too. */
  handling: PublicHandling[];
}
export interface PublicHandling {
  title: string;
  stage: string;
  since: Instant;
  /** The lead first. */
  by: string[];
  due: CivilDate | null;
  /** The progress that was reported, and the reply once it was let out. */
  told: { on: CivilDate; what: string; words: { label: string; value: string }[] }[];
  satisfaction: string | null;
}

/** Only what the county has said yes to; whatever else reads like what is not there. */
export async function published(
  { county, countyOf, store }: DeskContext,
  kind: ThingKind,
  id: string,
  language: Language,
): Promise<PublicStatus> {
  const isPublic = (thing: Thing | undefined): thing is Thing => {
    const by = thing && county.publishedBy.get(thing.kind);
    return by !== undefined && thing?.fields[by] === true && !isConfidential(thing);
  };
  const thing = county.publishedBy.has(kind)
    ? (await store.read({ county: county.id, kind, id }))?.thing
    : undefined;
  if (!isPublic(thing)) throw notFound();
  const items = thing.links.filter((link) => link.kind === 'handling' && link.role === 'handling');
  const linked = await store.readMany(
    items.map((link) => ({ county: county.id, kind: link.kind, id: link.id })),
  );
  const all = kind === 'handling' ? [thing] : linked.map((row) => row.thing).filter(isPublic);
  return {
    county: say(county.name, language),
    title: titleOf(thing),
    stage: say(stageOf(countyOf(thing), thing).label, language),
    since: thing.since,
    handling: await Promise.all(all.map((item) => handled(item))),
  };

  async function handled(item: Thing): Promise<PublicHandling> {
    const its = countyOf(item);
    const stage = stageOf(its, item);
    const log = await store.log(item);
    // A reply is let out by whoever checks it.
    const out = stage.kind === 'follow-up' || stage.kind === 'end';
    const last = log.findLast(({ entry }) => entry.action === 'reply')?.entry.sequence;
    const rated = item.moments.findLast(({ is }) => is === 'rated')?.['satisfaction'];
    return {
      title: titleOf(item),
      stage: say(stage.label, language),
      since: item.since,
      by: item.handlers.map((unit) => {
        const known = its.organisations.get(unit);
        return known ? say(known.name, language) : unit;
      }),
      due: dueOf(its, item),
      told: log.flatMap(({ entry, texts }) => {
        const { action, on, sequence } = entry;
        if (action !== 'progress' && !(action === 'reply' && out && sequence === last)) return [];
        const { said, fields } = unseal(entry.change, texts);
        const words = formOf(its, item, action).flatMap(({ id, label, seenBy, ...field }) => {
          const value = shown(field, said?.[id] ?? fields?.[id] ?? null, language);
          return seenBy === 'everyone' && value !== null ? [{ label: say(label, language), value }] : [];
        });
        return [{ on, what: say(actionOf(its, item, action)?.label ?? action, language), words }];
      }),
      satisfaction:
        formOf(its, item, 'rate').flatMap(
          (field) => shown(field, field.id === 'satisfaction' ? rated : null, language) ?? [],
        )[0] ?? null,
    };
  }
}

/** The date that was given it, or the one that runs while it is handled; who rates it or checks it has others. */
function dueOf(county: County, item: Thing): CivilDate | null {
  const stages = [...(county.flows.get(item.kind)?.stages.values() ?? [])];
  const given = stages
    .map(({ due }) => item.fields[due?.field ?? ''])
    .find((date) => typeof date === 'string');
  if (typeof given === 'string' && given !== '') return given;
  return stageOf(county, item).kind === 'handling' ? (item.due?.on ?? null) : null;
}

const actionOf = (county: County, { kind }: Thing, verb: Verb) =>
  [...(county.flows.get(kind)?.stages.values() ?? [])].flatMap(({ actions }) => actions.get(verb) ?? [])[0];

const formOf = (county: County, thing: Thing, verb: Verb): Field[] =>
  county.forms.get(actionOf(county, thing, verb)?.form ?? '') ?? [];

/** Words and choices; a file or a list is not for everybody's eyes. */
function shown({ options }: Pick<Field, 'options'>, value: unknown, language: Language): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const chosen = options.find(({ id }) => id === value);
  return chosen ? say(chosen.label, language) : value;
}
