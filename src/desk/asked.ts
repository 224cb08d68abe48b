import type { County, Field, StageAction } from '../county/county.ts';
import { civilDate, civilMinute, type CivilDate } from '../model/date.ts';
import { refName, type Fields, type OnBehalf, type Thing } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { conflict } from '../store/error.ts';
import type { Step, Store } from '../store/port.ts';
import { attachedBy } from './attached.ts';
import { behalfOf } from './behalf.ts';
import type { Change } from './change.ts';
import { forbidden, type DeskContext } from './context.ts';
import { DeskError, toPutRight } from './error.ts';
import { readInput } from './input.ts';
import { canDelegateTo, dynamicOptions, offered, offeredActions, spent } from './offering.ts';
import { opening, type Opening } from './opening.ts';
import { mayTake } from './permission.ts';
import type { ActRequest } from './request.ts';
import { answersOf, tiedBy, type Tied } from './ties.ts';
import { isOpeningField, stageOf, type Reader } from './view.ts';

/** An act that may be done, as it was asked for; what is refused was refused before this, and has changed nothing. */
export interface Asked {
  today: CivilDate;
  eyes: Reader;
  /** The config that the thing follows. */
  its: County;
  opened: Opening | null;
  /** The thing as it stands; without an id where the act opens it. */
  found: Thing;
  action: StageAction;
  how: 'direct' | 'behalf';
  onBehalf: OnBehalf | null;
  form: readonly Field[];
  /** The ids of the thing's own form. */
  mainForm: ReadonlySet<string>;
  fields: Fields;
  /** Why the rules' proposal was not taken. */
  whyNot: string | null;
  files: NonNullable<Change['files']>;
  tied: Tied;
}

/** Loads what the act is about and holds the request against it: who may, in which version, with what filled in. */
export async function askedOf(
  context: DeskContext,
  request: ActRequest,
  prepared: ReadonlyMap<string, Step>,
): Promise<Asked> {
  const { county, countyOf, reader, load, readable, store } = context;
  const { actor, now, language } = request;
  const opens = request.thing.id === null;
  const eyes = reader(actor, language);
  const today = civilDate(now, county.timeZone);
  const opened = opens ? opening(context, request, today) : null;
  const ref = { ...request.thing, id: request.thing.id ?? '' };
  const found = opened?.thing ?? prepared.get(refName(ref))?.thing ?? (await load(ref));
  if (!opens) readable(actor, found);
  // The version first: what another's act took off the table is a conflict, not a refusal.
  if (!opens && request.expected === null) throw versionNeeded();
  if (!opens && request.expected !== found.version && !(await onlyHeardSince(store, found, request.expected)))
    throw conflict(found);
  const its = countyOf(found);
  const { action, how } = allowed(its, { ...eyes, county: its }, request, found);
  const onBehalf = opened
    ? opened.onBehalf
    : behalfOf(request.onBehalf, how, eyes, { county: its, actor, action, thing: found, today });
  const form = action.form ? (its.forms.get(action.form) ?? []) : [];
  const { fields, whyNot } = filled(context, { ...eyes, county: its }, request, action, form, found);
  const files = await attachedBy(context, actor.id, action, found, fields, onBehalf);
  const own = its.forms.get(its.flows.get(found.kind)?.form ?? '') ?? [];
  const mainForm = new Set(own.map((field) => field.id));
  const tied =
    action.verb === 'withdraw' || action.verb === 'purge'
      ? await answersOf(context, found)
      : action.verb === 'save'
        ? { made: [], gone: [] }
        : await tiedBy(context, actor, form, fields, found, mainForm, today);
  return {
    today,
    eyes,
    its,
    opened,
    found,
    action,
    how,
    onBehalf,
    form,
    mainForm,
    fields,
    whyNot,
    files,
    tied,
  };
}

/** The action if this actor may take it here, and how; the same test that offers it. */
function allowed(
  its: County,
  eyes: Reader,
  { actor, action: verb, now }: ActRequest,
  thing: Thing,
): { action: StageAction; how: Asked['how'] } {
  const action = stageOf(its, thing).actions.get(verb);
  if (!action) throw notOffered(verb, thing);
  const opens = thing.version === 0;
  const how = mayTake(its, actor, action, opens ? null : thing);
  // What can be done to any thing is not how one begins.
  const begins = opens && !action.everywhere && offered(thing, action) && !spent(actor, thing, action);
  if (begins && how !== 'no') return { action, how };
  const clock = civilMinute(now, its.timeZone);
  const found = opens ? undefined : offeredActions(eyes, thing, clock).find((one) => one.action === action);
  if (found) return found;
  throw how === 'no' ? forbidden() : notOffered(verb, thing);
}

/** The form as it was filled in; every problem of it at once, or none. */
function filled(
  { people }: DeskContext,
  eyes: Reader,
  request: ActRequest,
  action: StageAction,
  form: Field[],
  thing: Thing,
): Pick<Asked, 'fields' | 'whyNot'> {
  const given = Object.fromEntries(
    Object.entries(request.input).filter(
      ([name]) => name !== 'whyNot' && !(isOpeningField(name) && request.thing.id === null),
    ),
  );
  const { fields, problems } = readInput(form, given, request.action !== 'save');
  // Whoever has no post may be asked or sent a copy all the same.
  const isChoice = (field: Field, value: string): boolean =>
    // What it ties to is judged by itself, whether or not it was among the newest that were offered.
    field.type === 'thing' ||
    field.type === 'comment' ||
    (field.type === 'person' && !field.fromLinks && action.verb !== 'transfer'
      ? people.has(value) &&
        (action.verb !== 'delegate' || canDelegateTo(eyes.county, value, request.actor, thing))
      : (dynamicOptions(eyes, thing, action, field)?.some((choice) => choice.value === value) ?? true));
  for (const field of form) {
    const value = fields[field.id];
    const named = field.type === 'people' && Array.isArray(value) ? value : [value];
    if (named.some((one) => typeof one === 'string' && !isChoice(field, one)))
      problems.push({
        field: field.id,
        saying: {
          zh: '没有这一项,请从选项中选择。',
          en: 'There is no such choice; take one of those offered.',
        },
      });
  }
  if (problems.length > 0) throw toPutRight(problems);
  const whyNot = request.input['whyNot'];
  return { fields, whyNot: typeof whyNot === 'string' && whyNot.trim() !== '' ? whyNot : null };
}

/** Whether all that came since is word from another committee, by itself: what was seen is still as it was. */
async function onlyHeardSince(store: Store, thing: Thing, version: number | null): Promise<boolean> {
  if (version === null || version > thing.version) return false;
  return (await store.log(thing)).slice(version).every(({ entry }) => entry.action === 'heard');
}

export function notOffered(verb: Verb, thing: Thing): DeskError {
  return new DeskError('not-offered', {
    zh: `${thing.id || '此事项'} 现处环节没有“${verb}”这个动作。请刷新后按所列动作办理。`,
    en: `${thing.id || 'This thing'} offers no "${verb}" at its stage. Reload it and choose among what is offered.`,
  });
}
function versionNeeded(): DeskError {
  return new DeskError('version-needed', {
    zh: '请带上所见的版本(If-Match),以免覆盖他人的办理。',
    en: 'Send the version you saw (If-Match), so that nobody else’s act is overwritten.',
  });
}
