import type { County, Field } from '../county/county.ts';
import {
  COMMITTEE,
  committeeActor,
  resultFacts,
  type Letter,
  type Result,
  type Word,
} from '../model/letter.ts';
import { say, type Language, type Text } from '../model/text.ts';
import {
  refName,
  isConfidential,
  type Fields,
  type Moment,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { Sending, Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { actionOf, fieldsOfAct } from './history.ts';
import { filesToSend } from './from-below.ts';
import { unseal } from './seal.ts';
import { fieldsOfKind, stageOf, titleOf } from './view.ts';

/** A committee below and its piece, of which a report here was made. */
interface Origin {
  committee: string;
  piece: string;
  report: string;
}
type Content = Letter extends infer One
  ? One extends Letter
    ? Omit<One, 'id' | 'from' | 'to'>
    : never
  : never;

/** The long text of a kind's own form: what is sent up, and where it goes above. */
export function textField({ flows, forms }: County, kind: ThingKind): string | null {
  const form = forms.get(flows.get(kind)?.form ?? '') ?? [];
  return form.find(({ type }) => type === 'long-text')?.id ?? null;
}

/**
 * What steps tell other committees: a piece that was dispatched goes up, and what becomes of it above comes down.
 * Kept beside the steps in one commit, sent by whoever sends.
 */
export async function lettersOf(context: DeskContext, steps: readonly Step[]): Promise<Sending[]> {
  const { county } = context;
  if (county.above.size === 0 && county.below.size === 0) return [];
  const sendings: Sending[] = [];
  for (const step of steps) {
    const { kind, id } = step.thing;
    const send = (to: string, content: Content): string => {
      const number = sendings.filter(({ about }) => refName(about) === refName({ kind, id })).length;
      const name = `${county.id}.${kind}.${id}.${step.entry.sequence}.${number}`;
      const letter: Letter = { ...content, id: name, from: county.id, to };
      sendings.push({
        id: name,
        receiver: committeeActor(to),
        about: { county: county.id, kind, id },
        body: JSON.stringify(letter),
      });
      return name;
    };
    if (county.above.size > 0) await sendUp(context, step, send);
    if (county.below.size > 0)
      for (const origin of await originsOf(context, step.thing))
        for (const content of toldBelow(context, step, origin)) send(origin.committee, content);
  }
  return sendings;
}

async function sendUp(
  context: DeskContext,
  { thing, entry, texts }: Step,
  send: (to: string, content: Content) => string,
): Promise<void> {
  const { countyOf, county, store } = context;
  if (thing.kind !== 'piece' || entry.action !== 'dispatch') return;
  const sent = thing.moments.at(-1);
  const above = [...county.above.values()].find(({ destination }) => destination === sent?.['to']);
  if (!sent || !above) return;
  const its = countyOf(thing);
  const wording = unseal(entry.change, texts).said?.['wording'];
  const ids = filesToSend(countyOf, thing, await madeOf(context, thing));
  const files = await store.fileInfos(county.id, ids);
  const of = send(above.id, {
    is: 'submission',
    piece: thing.id,
    on: sent.on,
    title: typeof wording === 'string' && wording !== '' ? wording : titleOf(thing),
    text: String(thing.fields[textField(its, 'piece') ?? ''] ?? ''),
    confidential: isConfidential(thing),
    files: files.map(({ name }) => name),
  });
  // Each by itself: the report is there without them, and one that is refused holds up no other.
  for (const { id, name } of files) send(above.id, { is: 'attachment', piece: thing.id, of, file: id, name });
}

async function linkedTo({ county, store }: DeskContext, of: Thing, role: string): Promise<Thing[]> {
  const refs = of.links.flatMap(({ role: is, kind, id }) =>
    is === role ? [{ county: county.id, kind, id }] : [],
  );
  return (await store.readMany(refs)).map((row) => row.thing);
}

/** The reports that a piece was made of, and what was merged into them. */
async function madeOf(context: DeskContext, piece: Thing): Promise<Thing[]> {
  const sources = await linkedTo(context, piece, 'source');
  const merged = await Promise.all(sources.map((one) => linkedTo(context, one, 'merged')));
  return [...sources, ...merged.flat()];
}

/** Whose dispatches a report, or the reports that a piece was made of, came from. */
async function originsOf(context: DeskContext, thing: Thing): Promise<Origin[]> {
  const reports = [thing, ...(thing.kind === 'piece' ? await madeOf(context, thing) : [])];
  return reports.flatMap((report) =>
    report.links.flatMap(({ role, kind, id }) => {
      const [committee, piece] = id.split('/');
      return role === 'from-below' && kind === COMMITTEE && committee !== undefined && piece !== undefined
        ? [{ committee, piece, report: report.id }]
        : [];
    }),
  );
}

/** What one step tells whoever sent it up. */
function toldBelow(context: DeskContext, step: Step, origin: Origin): Content[] {
  const { county, countyOf } = context;
  const { thing, entry, texts } = step;
  const its = countyOf(thing);
  const change = unseal(entry.change, texts);
  const { piece, report } = origin;
  const told = (what: Text, said: Word['said']): Content => ({ is: 'word', piece, report, what, said });
  // Of the form that it was said in: another's field of the same name may be for other eyes.
  const form = () => fieldsOfAct(its, thing.kind, actionOf(its, entry, thing.path.at(-1) ?? thing.stage));
  const word = (what: Text, said: Fields = {}) => told(what, toldFields(form(), said));
  if (thing.kind === 'report') {
    const { heard } = change;
    // A file that was not taken, and why: whoever sent it can send another.
    if (entry.action === 'heard' && heard && change.fields === undefined)
      return [told(heard.what, { zh: heard['words-zh'] ?? '', en: heard['words-en'] ?? '' })];
    if (entry.sequence === 1) return [word({ zh: `收到,编号 ${report}`, en: `Received as ${report}` })];
    const stage = stageOf(its, thing);
    const ends = change.stage !== undefined && ['end', 'follow-up', 'draft'].includes(stage.kind);
    return ends ? [word(stage.label, change.said)] : [];
  }
  if (thing.kind !== 'piece') return [];
  const last = thing.moments.at(-1);
  if (!last) return [];
  if (entry.action === 'dispatch') {
    const place = fieldsOfKind(its, 'piece').get('destination');
    const label = place?.options.find(({ id }) => id === last['to'])?.label ?? String(last['to']);
    const to = (language: Language) => say(label, language);
    return [word({ zh: `已报送${to('zh')}`, en: `Sent to ${to('en')}` })];
  }
  if (entry.action === 'issue' && county.level !== null)
    return [{ is: 'result', piece, moment: printed(its, thing, last, county.level) }];
  // Its own journal has said so when it was issued.
  if (entry.action === 'record' && !(last.is === 'adopted' && last['level'] === county.level))
    return [{ is: 'result', piece, moment: factsOf(last) }];
  return [];
}

/** That a journal printed it is its adoption, for whoever sent it. */
function printed(its: County, thing: Thing, issued: Moment, level: string): Result['moment'] {
  const journal = fieldsOfKind(its, 'piece').get('journal');
  const name = journal?.options.find(({ id }) => id === issued['journal'])?.label ?? '';
  const sources = thing.links.filter(({ role }) => role === 'source').length;
  return {
    is: 'adopted',
    on: issued.on,
    level,
    outlet: `${say(name, 'zh')}${String(issued['year'])}年第${String(issued['number'])}期`,
    form: sources > 1 ? 'merged' : 'stand-alone',
  };
}

function factsOf(moment: Moment): Result['moment'] {
  const facts = resultFacts.flatMap((name): [string, string][] => {
    const value = moment[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { is: moment.is, on: moment.on, ...Object.fromEntries(facts) };
}

/** What was said for everybody's eyes, as words; null where nothing was. */
function toldFields(fields: ReadonlyMap<string, Field>, said: Fields): { zh: string; en: string } | null {
  const shown = Object.entries(said).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (typeof value !== 'string' || value === '' || field?.seenBy !== 'everyone') return [];
    if (!['choice', 'text', 'long-text', 'date'].includes(field.type)) return [];
    const option = field.options.find(({ id }) => id === value)?.label ?? value;
    return [(language: Language) => [say(field.label, language), say(option, language)] as const];
  });
  if (shown.length === 0) return null;
  return {
    zh: shown.map((one) => one('zh').join(':')).join(';'),
    en: shown.map((one) => one('en').join(': ')).join('; '),
  };
}
