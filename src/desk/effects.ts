import type { CivilDate } from '../model/date.ts';
import { isDeclined, isSupervisedByHand, JOINT, type Moment, type Thing } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { Change } from './change.ts';
import { notOver } from './closing.ts';
import { happened, listed, type Act, type Effect } from './effect.ts';
import { DeskError, wrong } from './error.ts';
import { invite, uninvited } from './invitation.ts';
import { dispatch, issue } from './issuing.ts';
import { keep } from './keep.ts';
import { compile, join, merge, openHandling, partsOf, writeUp } from './making.ts';
import { TOGETHER } from './number.ts';

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
      throw wrong({
        field: 'until',
        saying: {
          zh: `延期应晚于现在的期限 ${due},请改晚。`,
          en: `More time ends after the present due date, ${due}; choose a later date.`,
        },
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
  return wrong({ field, saying });
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

/** The day that a matter happened, where its form says so; for the rest the day of the act. */
function dayOf(act: Act): CivilDate {
  const field = act.dayField;
  if (field === null) return act.on;
  happened(act, field);
  const on = act.fields[field] ?? act.thing.fields[field];
  return typeof on === 'string' ? on : act.on;
}

/** Each rater marks once; several raters' marks are put together by the method. */
function mark(act: Act): Effect {
  const marks = Object.entries(act.fields).filter(([name]) => !act.longTexts.has(name));
  const moment: Moment = { is: 'scored', on: act.on, rater: act.actor, ...Object.fromEntries(marks) };
  return { change: { said: act.fields, moments: [moment] } };
}
