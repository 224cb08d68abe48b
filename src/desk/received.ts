import { civilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import {
  COMMITTEE,
  committeeActor,
  resultFacts,
  type Attachment,
  type Letter,
  type Submission,
} from '../model/letter.ts';
import { CONFIDENTIAL, type Fields, type Moment, type Thing } from '../model/thing.ts';
import type { IdempotencyKey, Step } from '../store/port.ts';
import { nextStage } from '../workflow/machine.ts';
import { apply, blankThing, type Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { changedDecisions, decisionsOf, type Around } from './decisions.ts';
import { DeskError, notFound } from './error.ts';
import { AWAITED, fileArrived, type Arrived } from './from-below.ts';
import { textField } from './letters.ts';
import { GENESIS } from './seal.ts';
import { makeStep } from './steps.ts';
import { fieldsOfKind } from './view.ts';

/** A letter may come again after any time, and is known. */
const KEPT = '9999-12-31T23:59:59.999Z';

interface Acting {
  save: (steps: Step[], now: Instant, key: IdempotencyKey | null) => Promise<void>;
  similarTo: Around['similarTo'];
}

/**
 * Takes a letter of another committee, once, however often it comes. One from below opens a report of its sending unit;
 * one from above speaks of a piece that was sent there, wherever that piece stands by now: it has happened.
 */
export async function receiveLetter(
  context: DeskContext,
  { save, similarTo }: Acting,
  letter: Letter,
  now: Instant,
  arrived: Arrived,
): Promise<void> {
  const { county, store } = context;
  const actor = committeeActor(letter.from);
  if (letter.to !== county.id) throw notLinked(letter);
  for (let tries = 5; ; tries -= 1) {
    if (await store.key(county.id, actor, letter.id)) return;
    const step =
      letter.is === 'submission'
        ? await opened(context, similarTo, letter, now)
        : letter.is === 'attachment'
          ? await fileArrived(context, letter, arrived, now)
          : await told(context, similarTo, letter, now);
    if (!step) return;
    const { kind, id } = step.thing;
    const result = { county: county.id, kind, id };
    try {
      return await save([step], now, {
        county: county.id,
        actor,
        key: letter.id,
        request: letter.is,
        result,
        at: KEPT,
      });
    } catch (error) {
      // The same letter at the same time, or somebody's act: looked at again.
      const again =
        error instanceof MinqingError && (error.code === 'conflict' || error.code === 'key-taken');
      if (!again || tries <= 1) throw error;
    }
  }
}

/** The submission of a sending unit, at the first gate; its authors are the lower committee's to know. */
async function opened(
  context: DeskContext,
  similarTo: Around['similarTo'],
  letter: Submission,
  now: Instant,
): Promise<Step> {
  const { county, store, free, newSalt } = context;
  const below = county.below.get(letter.from);
  const flow = county.flows.get('report');
  if (!below || !flow) throw notLinked(letter);
  const id = `report-${await store.next(county.id, 'report')}`;
  const fresh = blankThing({ county: county.id, kind: 'report', id }, flow.start, county.version, now);
  const stage = nextStage(flow, flow.start, 'submit', fresh);
  const text = textField(county, 'report');
  const fields: Fields = { title: letter.title };
  if (text !== null) fields[text] = letter.text;
  if (letter.confidential) fields[CONFIDENTIAL] = true;
  if (letter.files && letter.files.length > 0) fields[AWAITED] = letter.files;
  const change: Change = {
    ...(stage === null ? {} : { stage }),
    fields,
    unit: below.unit,
    enteredBy: committeeActor(letter.from),
    links: [{ role: 'from-below', kind: COMMITTEE, id: `${letter.from}/${letter.piece}` }],
    moments: [{ is: 'submitted', on: letter.on }],
  };
  const decisions = await decisionsOf(county, apply(fresh, change, now), aroundOf(context, similarTo, now));
  change.decisions = Object.fromEntries(Object.entries(decisions).filter(([, { fired }]) => fired));
  const signed = { action: 'submit', actor: committeeActor(letter.from), onBehalf: null, at: now } as const;
  return makeStep(county, fresh, change, signed, GENESIS, free, newSalt);
}

function aroundOf({ people, county }: DeskContext, similarTo: Around['similarTo'], now: Instant): Around {
  const kindOf = (id: string) => people.get(id)?.kind ?? null;
  return { kindOf, today: civilDate(now, county.timeZone), similarTo };
}

/** What the committee above says of a piece. */
async function told(
  context: DeskContext,
  similarTo: Around['similarTo'],
  letter: Exclude<Letter, Submission | Attachment>,
  now: Instant,
): Promise<Step> {
  const { county, store, countyOf, free, newSalt } = context;
  const above = county.above.get(letter.from);
  if (!above) throw notLinked(letter);
  const thing = (await store.read({ county: county.id, kind: 'piece', id: letter.piece }))?.thing;
  // Of what was not sent there it has nothing to say.
  if (!thing || typeof thing.destinations[above.destination] !== 'string') throw notFound();
  const its = countyOf(thing);
  const change: Change = letter.is === 'word' ? wordOf(letter, thing) : resultOf(context, letter, thing, now);
  const decisions = await decisionsOf(its, apply(thing, change, now), aroundOf(context, similarTo, now));
  change.decisions = changedDecisions(thing, decisions);
  const known = change.moments === undefined;
  return makeStep(
    its,
    thing,
    change,
    { action: known ? 'heard' : 'record', actor: committeeActor(letter.from), onBehalf: null, at: now },
    (await store.lastHash(thing)) ?? GENESIS,
    free,
    newSalt,
  );
}

function wordOf({ from, report, what, said }: Extract<Letter, { is: 'word' }>, thing: Thing): Change {
  const link = { role: 'above', kind: COMMITTEE, id: `${from}/${report}` } as const;
  const linked = thing.links.some(({ role, id }) => role === link.role && id === link.id);
  return {
    ...(linked ? {} : { links: [link] }),
    heard: { what, ...(said ? { 'words-zh': said.zh, 'words-en': said.en } : {}) },
  };
}

/** A result as this county's own form would have it; one that was entered by hand before is not counted twice. */
function resultOf(
  { countyOf, county }: DeskContext,
  { moment }: Extract<Letter, { is: 'result' }>,
  thing: Thing,
  now: Instant,
): Change {
  const fields = fieldsOfKind(countyOf(thing), 'piece');
  const coded = resultFacts.flatMap((name): [string, string][] => {
    const value = moment[name];
    const field = fields.get(name);
    if (value === undefined || !field) return [];
    const known = field.type !== 'choice' || field.options.some(({ id }) => id === value);
    return known ? [[name, value]] : [];
  });
  const facts = Object.fromEntries(coded);
  const today = civilDate(now, county.timeZone);
  // Clocks of two services may differ; what has happened did so by now.
  const on = moment.on > today ? today : moment.on;
  const result: Moment = { is: moment.is, on, ...facts };
  const same = (one: Moment) =>
    one.is === result.is &&
    one.on === result.on &&
    ['level', 'body', 'leader'].every((name) => (one[name] ?? null) === (result[name] ?? null));
  if (thing.moments.some(same))
    return { heard: { what: { zh: '成果已登记过', en: 'A result that was entered before' } } };
  return { moments: [result], said: { is: result.is, on, ...facts } };
}

function notLinked({ from, to }: Letter): DeskError {
  return new DeskError('not-linked', {
    zh: `${to} 的配置没有把 ${from} 写作上级(above)或下级(below),来件未收。请在配置中写明。`,
    en: `The config of ${to} names ${from} neither under "above" nor under "below"; the letter was not taken. Name it there.`,
  });
}
