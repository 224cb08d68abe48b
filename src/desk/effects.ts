import type { Flow } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import {
  CONFIDENTIAL,
  HIDE_NAME,
  isDeclined,
  isSupervisedByHand,
  JOINT,
  type Author,
  type Fields,
  type Link,
  type Moment,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { nextStage } from '../workflow/machine.ts';
import type { Change } from './change.ts';
import { notOver } from './closing.ts';
import { DeskError, wrong } from './error.ts';
import { invite, uninvited } from './invitation.ts';
import { keep } from './keep.ts';
import { TOGETHER } from './number.ts';

/** What an act does beside moving its own thing: another thing opened, or one that exists changed along. */
export interface Opened {
  kind: ThingKind;
  /** How it begins: the action its log starts with. */
  action: Verb;
  change: Change;
}
export interface Along {
  thing: Thing;
  action: Verb;
  change: Change;
}
export interface Effect {
  change: Change;
  opened?: Opened;
  along?: Along[];
  /** The words that its earlier entries hold go, and its files. */
  erases?: boolean;
}

export interface Act {
  thing: Thing;
  fields: Fields;
  on: CivilDate;
  today: CivilDate;
  /** Whether it comes after the due date; null where nothing is due. */
  late: boolean | null;
  /** The last day to which more time can be given; null for any. */
  lastDue: CivilDate | null;
  /** Who acts. */
  actor: string;
  /** Whose act it is: theirs for whom it is entered, else who acts. */
  whose: string;
  /** The acting person's own organisation, where one of their posts names it. */
  organisation: string | null;
  /** Those who sign at this stage, where several act together. */
  signers: readonly string[];
  /** Things taken along, read and checked. */
  taken: Thing[];
  /** It came by a link that works once. */
  byLink: boolean;
  newToken: () => string;
  /** The ids of all pieces of its issue, in their order. */
  together: readonly string[];
  /** As they are in force, for what is opened. */
  flows: ReadonlyMap<ThingKind, Flow>;
  /** The flow that a thing began with. */
  flowOf: (thing: Pick<Thing, 'kind' | 'configVersion'>) => Flow | undefined;
  mainForm: ReadonlySet<string>;
  /** The field with the day that the thing happened, where its kind has one. */
  dayField: string | null;
  longTexts: ReadonlySet<string>;
  fileFields: ReadonlySet<string>;
  nextNumber: (series: string) => Promise<number>;
  /** A number given by hand: the series goes on after it. */
  reachNumber: (series: string, number: number) => Promise<void>;
  /** Whoever made an entered record (a proposal, say). */
  authorsOfRecord: (record: string) => Promise<Author[]>;
  /** Counts a period; the ids of the table and of the records that it leaves. */
  count: (period: string) => Promise<{ table: string; records: string }>;
  /** Prints the period's bulletin; the ids of the files. */
  print: (issued: { number: number; on: CivilDate }) => Promise<string[]>;
  /** The comments on its fields that nobody has seen to. */
  remarksOpen: () => Promise<string[]>;
  /** Whether a period is over by the day of the act. */
  over: (period: string) => boolean;
}

/** What each verb does by itself; a verb not named here keeps its form and moves on. */
export const effects: Partial<Record<Verb, (act: Act) => Effect | Promise<Effect>>> = {
  submit: (act) => {
    // A county's own matters are no reports: what pays for a report sent pays for none of them.
    const is = act.thing.kind === 'report' || act.thing.kind === 'lead' ? 'submitted' : 'entered';
    const known = act.thing.moments.some((moment) => moment.is === is);
    return { change: { ...keep(act), ...jointReaders(act), moments: known ? [] : [{ is, on: dayOf(act) }] } };
  },
  // The one who fills the initial check's form lets it past that check.
  pass: (act) => {
    const checks = act.flowOf(act.thing)?.stages.get(act.thing.stage)?.actions.has('check') ?? false;
    const first = !act.thing.moments.some((moment) => moment.is === 'checked');
    return {
      change: { ...keep(act), ...(checks && first ? { moments: [{ is: 'checked', on: act.on }] } : {}) },
    };
  },
  'co-sign': (act) => ({
    change: {
      ...keep(act),
      authors: partsOf([...act.thing.authors.map(({ person }) => person), act.whose]),
    },
  }),
  'stay-out': (act) => {
    const others = (ids: readonly string[]) => ids.filter((id) => id !== act.whose);
    const { fields = {}, said = {} } = keep(act);
    return {
      change: {
        fields: { ...fields, [JOINT]: others(listed(act.thing.fields[JOINT])) },
        said,
        readers: others(act.thing.readers),
      },
    };
  },
  comment: async (act) => {
    const { comment, settles } = act.fields;
    if (!comment && !settles) throw nothingSaid('comment');
    if (typeof settles === 'string' && !(await act.remarksOpen()).includes(settles))
      throw nothingSaid('settles');
    const { said = {} } = keep(act);
    return { change: { said } };
  },
  claim: () => ({ change: {} }),
  return: (act) => ({ change: { ...keep(act), back: act.thing.stage, round: act.thing.round + 1 } }),
  'send-back': (act) => ({ change: { ...keep(act), round: act.thing.round + 1 } }),
  ask: (act) => {
    const of = listed(act.fields['asked']);
    return { change: { ...keep(act), handlers: of, moments: [{ is: 'asked', on: act.on, of }] } };
  },
  opine: (act) => ({
    change: { ...keep(act), moments: [{ is: 'opinion', on: act.on, by: act.organisation }] },
  }),
  supervise: (act) => ({
    change: { ...keep(act), supervised: true, moments: [{ is: 'supervised', on: act.on }] },
  }),
  progress: (act) => {
    const { supervised } = act.thing;
    return { change: { ...keep(act), moments: [{ is: 'progress', on: act.on, supervised }] } };
  },
  'pass-on': (act) => openHandling(act, { is: 'passed-on', on: act.on }),
  assign: (act) => openHandling(act, { is: 'assigned', on: act.on }),
  count: async (act) => {
    const change = keep(act);
    const counted = await act.count(String(act.fields['period']));
    return { change: { ...change, fields: { ...change.fields, ...counted } } };
  },
  approve: (act) => {
    if (act.thing.kind !== 'period') return { change: keep(act) };
    const period = String(act.thing.fields['period']);
    if (!act.over(period)) throw notOver(period);
    return { change: keep(act) };
  },
  'take-back': ({ thing }) => {
    const { moments = 0, due = null, back = null } = thing.lastMove ?? {};
    return { change: { momentsKept: moments, due, back } };
  },
  transfer: (act) => ({ change: { ...keep(act), claimedBy: personIn(act) } }),
  delegate: (act) => {
    const to = personIn(act);
    return {
      change: {
        ...keep(act),
        readers: withReader(act),
        claimedBy: to,
        delegated: { by: act.actor, to },
      },
    };
  },
  'hand-back': (act) => ({
    change: { ...keep(act), claimedBy: act.thing.delegated?.by ?? null, delegated: null },
  }),
  inquire: (act) => ({ change: { ...keep(act), readers: withReader(act) } }),
  copy: (act) => ({ change: { ...keep(act), readers: withReader(act) } }),
  recuse: (act) => ({ change: { ...keep(act), excluded: [...act.thing.excluded, act.whose] } }),
  'add-signer': (act) => ({
    change: { ...keep(act), signers: [...new Set([...act.signers, String(act.fields['signer'])])] },
  }),
  'remove-signer': (act) => {
    const signers = act.signers.filter((one) => one !== act.fields['signer']);
    if (signers.length === 0)
      throw wrong({
        field: 'signer',
        saying: {
          zh: '减去后无人会签。请另选一人,或先加签。',
          en: 'Nobody would be left to sign. Choose somebody else, or add a signer first.',
        },
      });
    return { change: { ...keep(act), signers } };
  },
  purge: ({ thing }) => ({ change: emptied(thing), erases: true }),
  object: (act) => ({ change: { ...keep(act), moments: [{ is: 'objected', on: act.on, by: act.actor }] } }),
  answer: (act) => ({ change: { ...keep(act), moments: [{ is: 'answered', on: act.on }] } }),
  mark,
  merge,
  compile,
  'write-up': writeUp,
  join,
  arrange: (act) => ({ change: keep({ ...act, fields: { ...act.fields, [TOGETHER]: [...act.together] } }) }),
  issue,
  dispatch,
  record: (act) => {
    happened(act, 'on');
    const { is, on, ...rest } = act.fields;
    const facts = Object.entries(rest).filter(
      ([name]) => !act.longTexts.has(name) && !act.fileFields.has(name),
    );
    const moment: Moment = { is: String(is), on: String(on), ...Object.fromEntries(facts) };
    const said = Object.fromEntries(Object.entries(act.fields).filter(([, value]) => value !== null));
    // A scan stays with the thing, all of them; the rest of a result is its moment.
    const fields = Object.fromEntries(
      Object.entries(act.fields).flatMap(([name, value]) =>
        act.fileFields.has(name) && value !== null
          ? [[name, [...listed(act.thing.fields[name]), ...listed(value)]]]
          : [],
      ),
    );
    return { change: { said, fields, moments: [moment] } };
  },
  'ask-extension': (act) => {
    const { until } = act.fields;
    const due = act.thing.due?.on ?? act.today;
    if (typeof until === 'string' && until <= due)
      throw tooEarly({
        zh: `延期应晚于现在的期限 ${due},请改晚。`,
        en: `More time ends after the present due date, ${due}; choose a later date.`,
      });
    if (typeof until === 'string' && act.lastDue !== null && until > act.lastDue)
      throw wrong({
        field: 'until',
        saying: {
          zh: `最迟可延至 ${act.lastDue},请改早。`,
          en: `More time ends on ${act.lastDue} at the latest; choose an earlier date.`,
        },
      });
    return {
      change: { ...keep(act), moments: [{ is: 'extension-asked', on: act.on, until: until ?? null }] },
    };
  },
  // The date that was asked for is the due date from then on.
  grant: (act) => {
    const until = act.thing.fields['until'];
    if (typeof until !== 'string' || !act.thing.due) return { change: keep(act) };
    if (until < act.today)
      throw new DeskError('invalid-input', {
        zh: `申请延至的 ${until} 已经过去,同意也无用。请选“不同意”,由承办单位另行申请或尽快办复。`,
        en: `The date asked for, ${until}, is over already, so granting it gives no time. Refuse it; what is late is replied to, or asked for anew in time.`,
      });
    if (act.lastDue !== null && until > act.lastDue)
      throw new DeskError('invalid-input', {
        zh: `申请延至 ${until},而最迟只能延至 ${act.lastDue}。请选“不同意”,请承办单位改早后再申请。`,
        en: `${until} was asked for, and more time ends on ${act.lastDue} at the latest. Refuse it, and have an earlier date asked for.`,
      });
    return {
      change: {
        ...keep({ ...act, fields: { ...act.fields, due: until, until: null } }),
        due: { from: act.thing.due.from, on: until, by: 'field', count: 0, provisional: false },
        escalated: 0,
        supervised: act.thing.supervised && isSupervisedByHand(act.thing),
        moments: [{ is: 'extended', on: act.on, until }],
      },
    };
  },
  refuse: (act) => ({ change: keep({ ...act, fields: { ...act.fields, until: null } }) }),
  decline: (act) => {
    if (act.fields['proposed'] === (act.organisation ?? act.whose))
      throw wrong({
        field: 'proposed',
        saying: {
          zh: '不能建议由申请退办的单位自己承办。请另选一个单位。',
          en: 'Whoever declines cannot be the one who should have it. Choose another.',
        },
      });
    return { change: { ...keep(act), moments: [{ is: 'declined', on: act.on, by: act.organisation }] } };
  },
  reassign: (act) => {
    if (act.fields['lead'] === act.thing.handlers[0] && isDeclined(act.thing))
      throw wrong({
        field: 'lead',
        saying: {
          zh: '它正是申请退办的单位。请另选一个单位;仍由它办的,请退回原单位。',
          en: 'That is the one who declined it. Choose another; if it stays theirs, send it back to them.',
        },
      });
    const handlers = [...listed(act.fields['lead']), ...listed(act.fields['co-handlers'])];
    const moments = [{ is: 'assigned', on: act.on }];
    return { change: { ...keep(act), handlers: [...new Set(handlers)], moments } };
  },
  reply: (act) => {
    const { due } = act.thing;
    // A method may score whether it came in time.
    const inTime = due && act.late !== null ? { due: due.on, late: act.late } : {};
    const moment: Moment = { is: 'replied', on: act.on, result: act.fields['result'] ?? null, ...inTime };
    return { change: { ...keep(act), moments: [moment] } };
  },
  invite: (act) => ({ change: invite(act) }),
  rate: (act) => ({
    change: {
      ...keep({ ...act, fields: { ...act.fields, ...uninvited(act.thing) } }),
      moments: [
        {
          is: 'rated',
          on: act.on,
          satisfaction: act.fields['satisfaction'] ?? null,
          ...(act.byLink ? { by: 'link' } : {}),
        },
      ],
    },
  }),
};

/** Said at the top too: what is read there says why. */
function tooEarly(saying: Saying): DeskError {
  return new DeskError('invalid-input', saying, [{ field: 'until', saying }]);
}

/** Those who are asked to be authors too read it from now on; those who are asked no more do not. */
function jointReaders({ thing, fields }: Act): Pick<Change, 'readers'> {
  const before = listed(thing.fields[JOINT]);
  const now = fields[JOINT] === undefined ? before : listed(fields[JOINT]);
  if (before.length + now.length === 0) return {};
  const stays = (id: string) => now.includes(id) || !before.includes(id);
  return { readers: [...new Set([...thing.readers.filter(stays), ...now])] };
}

/** A comment says something, or sees to one that waits. */
function nothingSaid(field: 'comment' | 'settles'): DeskError {
  const saying =
    field === 'comment'
      ? { zh: '请写批注,或选择处理了哪条批注。', en: 'Write the comment, or choose which one this sees to.' }
      : {
          zh: '这条批注不存在或已处理,请刷新后再看。',
          en: 'There is no such comment that waits; look again.',
        };
  return new DeskError('invalid-input', saying, [{ field, saying }]);
}

/** A thing without a word in it: who sent it when, and where it stood, stays. */
export function emptied(thing: Thing): Change {
  return {
    fields: Object.fromEntries(Object.keys(thing.fields).map((name) => [name, null])),
    decisions: Object.fromEntries(
      Object.entries(thing.decisions).map(([rule, { fired }]) => [rule, { rule, fired, reasons: [] }]),
    ),
    claimedBy: null,
    due: null,
  };
}

function personIn({ fields }: Act): string {
  return String(fields['person'] ?? '');
}
/** The one who was told last stands last. */
function withReader(act: Act): string[] {
  const person = personIn(act);
  return [...act.thing.readers.filter((one) => one !== person), person];
}

function listed(value: Fields[string] | undefined): string[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}

async function openHandling(act: Act, moment: Moment): Promise<Effect> {
  const { thing, fields } = act;
  const handlers = [...listed(fields['lead']), ...listed(fields['co-handlers'])];
  // Opened by itself, for a record that the desk does not hold: whoever made that follows it and rates the answer.
  if (thing.kind === 'handling') {
    const { record } = fields;
    const authors = typeof record === 'string' ? await act.authorsOfRecord(record) : [];
    return { change: { ...keep(act), authors, handlers, moments: [moment] } };
  }
  return {
    // Whoever handles it reads it.
    change: { said: fields, moments: [moment], handlers: [...new Set([...thing.handlers, ...handlers])] },
    opened: {
      kind: 'handling',
      action: 'assign',
      change: {
        ...begun(act, 'handling', 'assign'),
        fields: { title: thing.fields['title'] ?? null, ...fields, ...carried([thing]) },
        authors: thing.authors,
        handlers: [...new Set(handlers)],
        links: [link('handled', thing)],
        moments: [{ is: 'assigned', on: act.on }],
      },
    },
  };
}

/** Where a fresh thing stands after the action that it begins with. */
function begun({ flows, thing }: Act, kind: ThingKind, action: Verb): Pick<Change, 'stage'> {
  const flow = flows.get(kind);
  const stage = flow ? nextStage(flow, flow.start, action, thing) : null;
  return stage === null ? {} : { stage };
}

function link(role: Link['role'], thing: Thing): Link {
  return { role, kind: thing.kind, id: thing.id };
}

/** The one compiled and those taken along become a piece; each keeps its own log and points to it. */
function compile(act: Act): Effect {
  const along = act.taken.map((report): Along => {
    const flow = act.flowOf(report);
    const stage = flow ? nextStage(flow, report.stage, 'compile', report) : null;
    if (report.kind !== 'report' || stage === null) throw notTaken(report, 'compile');
    return { thing: report, action: 'compile', change: { stage, moments: [{ is: 'compiled', on: act.on }] } };
  });
  const sources = [act.thing, ...act.taken];
  return {
    change: { moments: [{ is: 'compiled', on: act.on }] },
    opened: {
      kind: 'piece',
      action: 'compile',
      change: {
        fields: { ...act.fields, ...carried(sources) },
        authors: everyAuthor(sources),
        links: sources.map((report) => link('source', report)),
      },
    },
    along,
  };
}

/** What is confidential stays so in what is made of it, and so does a name that its author hides. */
function carried(sources: Thing[]): Fields {
  const either = [CONFIDENTIAL, HIDE_NAME].filter((name) =>
    sources.some(({ fields }) => fields[name] === true),
  );
  return Object.fromEntries(either.map((name) => [name, true]));
}

/** Authors of several things as of one, each once; with more than one, the first is first. */
function everyAuthor(things: Thing[]): Author[] {
  const people = [...new Set(things.flatMap((thing) => thing.authors.map((author) => author.person)))];
  return partsOf(people);
}

/** Persons in their order as authors. */
export function partsOf(people: string[]): Author[] {
  return people.map((person, index) => ({
    person,
    part: people.length === 1 ? 'sole' : index === 0 ? 'first' : 'other',
  }));
}

function writeUp(act: Act): Effect {
  return {
    change: {},
    opened: {
      kind: 'report',
      action: 'submit',
      change: {
        ...begun(act, 'report', 'submit'),
        fields: { ...act.fields, ...carried([act.thing]) },
        authors: act.thing.authors,
        unit: act.thing.unit,
        channel: act.thing.channel,
        links: [link('lead', act.thing)],
        moments: [{ is: 'submitted', on: act.on }],
      },
    },
  };
}

function join(act: Act): Effect {
  const report = target(act);
  return {
    change: { links: [link('report', report)] },
    along: [{ thing: report, action: 'join', change: { links: [link('lead', act.thing)] } }],
  };
}

/** The report that this thing goes into: another one, which is still under way. */
function target(act: Act): Thing {
  const [report] = act.taken;
  if (!report || report.kind !== 'report' || report.id === act.thing.id)
    throw new DeskError('invalid-input', {
      zh: '请选择要并入的另一条信息。',
      en: 'Choose the other report that this one goes into.',
    });
  if (act.flowOf(report)?.stages.get(report.stage)?.kind === 'end')
    throw new DeskError('invalid-input', {
      zh: `${report.id} 已经结束,不能再并入。请选择仍在办理的信息。`,
      en: `${report.id} has ended and takes nothing in any more. Choose a report that is under way.`,
    });
  return report;
}

/** The day that a matter happened, where its form says so; for the rest the day of the act. */
function dayOf(act: Act): CivilDate {
  const field = act.dayField;
  if (field === null) return act.on;
  happened(act, field);
  const on = act.fields[field] ?? act.thing.fields[field];
  return typeof on === 'string' ? on : act.on;
}

/** What is said to have happened cannot be still to come. */
function happened({ fields, today }: Act, field: string): void {
  const on = fields[field];
  if (typeof on !== 'string' || on <= today) return;
  throw new DeskError('invalid-input', { zh: '日期有误。', en: 'The date is wrong.' }, [
    {
      field,
      saying: { zh: '日期不能晚于今天。', en: 'It cannot have happened after today.' },
    },
  ]);
}

/** Each rater marks once; several raters' marks are put together by the method. */
function mark(act: Act): Effect {
  const marks = Object.entries(act.fields).filter(([name]) => !act.longTexts.has(name));
  const moment: Moment = { is: 'scored', on: act.on, rater: act.actor, ...Object.fromEntries(marks) };
  return { change: { said: act.fields, moments: [moment] } };
}

/** Two of one matter: this one ends here and points to the other, whose authors, text and log stay its own. */
function merge(act: Act): Effect {
  const report = target(act);
  return {
    change: { ...keep(act), links: [link('report', report)] },
    along: [{ thing: report, action: 'merge', change: { links: [link('merged', act.thing)] } }],
  };
}

async function issue(act: Act): Promise<Effect> {
  const { fields, on } = act;
  const year = on.slice(0, 4);
  if (act.thing.kind === 'period') {
    // The bulletin's number; never of the journal's series.
    const number = await act.nextNumber(`bulletin/${year}`);
    const documents = await act.print({ number, on });
    return { change: { fields: { number, year, documents }, said: { number } } };
  }
  const series = `issue/${String(fields['journal'])}/${year}`;
  const given = fields['number'];
  if (typeof given === 'number') await act.reachNumber(series, given);
  const number = typeof given === 'number' ? given : await act.nextNumber(series);
  const destinations = Object.fromEntries(listed(fields['destinations']).map((place) => [place, null]));
  return {
    change: {
      ...keep({ ...act, fields: { ...fields, number, year, [TOGETHER]: [...act.together] } }),
      destinations,
      moments: [{ is: 'issued', on, journal: fields['journal'] ?? null, number, year }],
    },
  };
}

function dispatch(act: Act): Effect {
  const place = String(act.fields['destination']);
  if (act.thing.destinations[place] !== null)
    throw new DeskError('invalid-input', { zh: '报送单位有误。', en: 'The destination is wrong.' }, [
      {
        field: 'destination',
        saying: {
          zh: '签发时未选此去向,或已报送过。请选择尚未报送的去向。',
          en: 'It was not chosen when the piece was issued, or was sent already. Choose one that still waits.',
        },
      },
    ]);
  happened(act, 'sent-on');
  const on = typeof act.fields['sent-on'] === 'string' ? act.fields['sent-on'] : act.on;
  return {
    change: {
      said: act.fields,
      destinations: { [place]: on },
      moments: [{ is: 'sent', on, to: place }],
    },
  };
}

function notTaken(thing: Thing, verb: Verb): DeskError {
  return new DeskError('not-offered', {
    zh: `${thing.id} 现处环节不能一并办理(${verb}),请从所选中去掉。`,
    en: `${thing.id} cannot be taken along at its stage (${verb}); leave it out.`,
  });
}
