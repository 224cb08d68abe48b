import type { County, Field } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { PublicHandling, PublicStatus, PublicTold } from '../model/published.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential, type Thing, type ThingKind } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { notFound } from './error.ts';
import { actionOf } from './history.ts';
import { unseal } from './seal.ts';
import { stageOf, titleOf } from './view.ts';

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
    told: kind === 'handling' ? [] : await toldOf(thing),
    handling: await Promise.all(all.map((item) => handled(item))),
  };

  /** The acts that the county tells, each with its day; and of handling what was reported and replied. */
  async function toldOf(item: Thing): Promise<PublicTold[]> {
    const its = countyOf(item);
    const log = await store.log(item);
    const { kind: at } = stageOf(its, item);
    // A reply is let out by whoever checks it.
    const out = at === 'follow-up' || at === 'end';
    const last = log.findLast(({ entry }) => entry.action === 'reply')?.entry.sequence;
    let told: (PublicTold & { sequence: number })[] = [];
    let moved = 0;
    let stands = its.flows.get(item.kind)?.start ?? item.stage;
    for (const { entry, texts } of log) {
      const { action, on, sequence } = entry;
      const { said, fields, lastMove, stage } = unseal(entry.change, texts);
      const act = actionOf(its, entry, stands);
      stands = stage ?? stands;
      // What was taken back did not happen.
      if (action === 'take-back') told = told.filter((one) => one.sequence < moved);
      else if (lastMove) moved = sequence;
      const open = action === 'progress' || (action === 'reply' && out && sequence === last);
      if (!open && !its.publicActs.has(action)) continue;
      const words = open
        ? (its.forms.get(act?.form ?? '') ?? []).flatMap(({ id, label, seenBy, ...field }) => {
            const value = shown(field, said?.[id] ?? fields?.[id] ?? null, language);
            return seenBy === 'everyone' && value !== null ? [{ label: say(label, language), value }] : [];
          })
        : [];
      told.push({ sequence, on, what: say(act?.label ?? action, language), words });
    }
    return told.map(({ sequence: _, ...one }) => one);
  }

  async function handled(item: Thing): Promise<PublicHandling> {
    const its = countyOf(item);
    const stage = stageOf(its, item);
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
      told: await toldOf(item),
      satisfaction:
        ratingOf(its, item).flatMap(
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

/** How it was rated is asked in the form of the first stage that asks it. */
const ratingOf = (county: County, { kind }: Thing): Field[] => {
  const stages = [...(county.flows.get(kind)?.stages.values() ?? [])];
  const form = stages.map(({ actions }) => actions.get('rate')?.form).find((one) => one !== undefined);
  return county.forms.get(form ?? '') ?? [];
};

/** Words and choices; a file or a list is not for everybody's eyes. */
function shown({ options }: Pick<Field, 'options'>, value: unknown, language: Language): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const chosen = options.find(({ id }) => id === value);
  return chosen ? say(chosen.label, language) : value;
}
