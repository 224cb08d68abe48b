import { describe, expect, test } from 'vitest';
import { always } from '../../src/county/vocabulary.ts';
import type { County } from '../../src/county/county.ts';
import type { Fact } from '../../src/model/fact.ts';
import type { Fields, FieldValue } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import { countyOf } from '../county.ts';
import { checked, officeOf, text } from './office.ts';

type Office = ReturnType<typeof officeOf>;
interface Row {
  kind: string;
  /** What a rule asks of the fact. */
  when: Fact | Record<string, Fact>;
  holds: (office: Office) => Promise<ThingView>;
  fails: (office: Office) => Promise<ThingView>;
}

const sent = ({ begin }: Office, more: Fields = {}) =>
  begin('wang', 'report', 'submit', { ...text, ...more });
const passed = async (office: Office, more: Fields = {}) =>
  office.as('checker', 'pass', await sent(office), { ...checked, whyNot: '县里统筹', ...more });
const returned = async (office: Office) =>
  office.as('checker', 'return', await sent(office), { comment: '补充' });
const again = async (office: Office) => office.as('wang', 'submit', await returned(office), text);
const asked = async (office: Office) =>
  office.as('director', 'ask', await passed(office), {
    asked: ['chengguan-town', 'market-bureau'].slice(0, 1),
  });
const opined = async (office: Office) =>
  office.as('at-chengguan-town', 'opine', await asked(office), { opinion: '可行' });
async function piece(office: Office) {
  const { as, look } = office;
  let report = await as('director', 'pass', await passed(office));
  report = await as('secretary', 'pass', report);
  report = await as('compiler', 'compile', report, { title: '护学', text: '正文', 'can-be-done': true });
  const id = report.links.find(({ kind }) => kind === 'piece')?.id ?? '';
  let made = await look('compiler', { county: report.county, kind: 'piece', id });
  made = await as('compiler', 'pass', made);
  return as('checker', 'proofread', made);
}
const first = ({ county }: Office, field: string) =>
  county.forms.get('issue')?.find(({ id }) => id === field)?.options[0]?.id ?? '';
const issued = async (office: Office) =>
  office.as('secretary', 'issue', await piece(office), {
    journal: first(office, 'journal'),
    destinations: [first(office, 'destinations')],
  });
const dispatched = async (office: Office) =>
  office.as('compiler', 'dispatch', await issued(office), { destination: first(office, 'destinations') });
const recorded = async (office: Office, is: string, level: string) =>
  office.as('compiler', 'record', await dispatched(office), { is, on: '2026-03-02', level });
async function handling(office: Office) {
  await office.as('checker', 'pass-on', await sent(office), { lead: 'chengguan-town', task: '请整治' });
  return office.look('director', { county: 'ningshan', kind: 'handling', id: 'handling-1' });
}
const signedFor = async (office: Office) =>
  office.as('at-chengguan-town', 'sign-for', await handling(office));
const counted = async ({ begin, as }: Office) =>
  as('director', 'pass', await begin('director', 'period', 'count', { period: '2026-02' }));
const called = ({ begin }: Office) =>
  begin('checker', 'call', 'submit', { title: '校园', 'asked-for': '隐患', deadline: '2026-03-20' });
const meeting = ({ begin }: Office) =>
  begin('director', 'meeting', 'save', { title: '协调会', 'held-on': '2026-03-02' });
const listed = async (office: Office) => {
  const { id } = await sent(office);
  return office.as('director', 'tie', await meeting(office), { listed: id });
};
const decided = async (office: Office) => {
  const held = await office.as('director', 'submit', await listed(office), {
    title: '协调会',
    'held-on': '2026-03-02',
  });
  const decision = { decided: 'report-1', 'meeting-outcome': 'noted', minutes: '知悉' };
  return office.as('director', 'decide', held, decision);
};

/** What every thing can be asked: how the desk comes to where it holds, and to where it does not. */
const rows: Record<string, Row> = {
  round: { kind: 'report', when: { atLeast: 1 }, holds: again, fails: sent },
  returned: { kind: 'report', when: true, holds: again, fails: sent },
  opinions: { kind: 'report', when: { atLeast: 1 }, holds: opined, fails: asked },
  'opinions-left': { kind: 'report', when: { atLeast: 1 }, holds: asked, fails: opined },
  'destinations-left': { kind: 'piece', when: { atLeast: 1 }, holds: issued, fails: dispatched },
  instructions: {
    kind: 'piece',
    when: { atLeast: 1 },
    holds: (office) => recorded(office, 'instructed', 'city'),
    fails: (office) => recorded(office, 'adopted', 'city'),
  },
  'instruction-levels': {
    kind: 'piece',
    when: { contains: 'province' },
    holds: (office) => recorded(office, 'instructed', 'province'),
    fails: (office) => recorded(office, 'instructed', 'city'),
  },
  'take-ups': {
    kind: 'piece',
    when: { atLeast: 1 },
    holds: (office) => recorded(office, 'taken-up', 'county'),
    fails: dispatched,
  },
  'objections-open': {
    kind: 'period',
    when: { atLeast: 1 },
    holds: async (office) => office.as('wang', 'object', await counted(office), { objection: '少一条' }),
    fails: async (office) => {
      const objected = await office.as('wang', 'object', await counted(office), { objection: '少一条' });
      return office.as('director', 'answer', objected, { answer: '补记' });
    },
  },
  declined: {
    kind: 'handling',
    when: { atLeast: 1 },
    holds: async (office) => {
      const item = await handling(office);
      const why = { proposed: 'chengguan-town', comment: '不归本镇' };
      return office.as('at-chengguan-town', 'decline', item, why);
    },
    fails: signedFor,
  },
  'extension-open': {
    kind: 'handling',
    when: true,
    holds: async (office) => {
      const request = { until: '2026-05-29', comment: '雨季' };
      return office.as('at-chengguan-town', 'ask-extension', await signedFor(office), request);
    },
    fails: signedFor,
  },
  'author-kinds': {
    kind: 'report',
    when: { contains: 'standing-member' },
    holds: ({ begin }) => begin('standing', 'report', 'submit', text),
    fails: sent,
  },
  authors: {
    kind: 'report',
    when: { atLeast: 2 },
    holds: (office) => sent(office, { authors: ['wang', 'li'] }),
    fails: sent,
  },
  answers: {
    kind: 'call',
    when: { atLeast: 1 },
    holds: async (office) => {
      const call = await called(office);
      await sent(office, { answers: call.id });
      return call;
    },
    fails: called,
  },
  listed: { kind: 'meeting', when: { atLeast: 1 }, holds: listed, fails: meeting },
  undecided: { kind: 'meeting', when: { atLeast: 1 }, holds: listed, fails: decided },
  'text-length': {
    kind: 'report',
    when: { atLeast: 300 },
    holds: (office) => sent(office, { situation: '路 '.repeat(300) }),
    fails: (office) => sent(office, { situation: `路${' '.repeat(400)}口` }),
  },
  channel: {
    kind: 'report',
    when: 'visit',
    holds: (office) => sent(office, { channel: 'visit' }),
    fails: sent,
  },
};

/** The fields of the office's own judgement at the initial check, and of what the author chose. */
const judged = [
  ...[
    'content-sound',
    'value',
    'category',
    'level',
    'levels',
    'levels.count',
    'departments',
    'departments.count',
    'policy',
    'politics',
  ],
  ...['early-warning', 'can-be-done', 'town-can-settle', 'confidential'],
];
function judgement(county: County, fact: string): Row {
  const [id = fact, count] = fact.split('.');
  const field = county.forms.get('initial-check')?.find((one) => one.id === id);
  if (!field) throw new Error(fact);
  const [one, other] = field.options.map((option) => option.id);
  const values: Record<string, [FieldValue, FieldValue, Row['when']]> = {
    'yes-no': [true, false, true],
    choice: [one ?? '', other ?? '', one ?? ''],
    choices: count
      ? [[one ?? '', other ?? ''], [one ?? ''], { atLeast: 2 }]
      : [[one ?? ''], [other ?? ''], { contains: one ?? '' }],
  };
  const [yes, no, when] = values[field.type] ?? [];
  if (yes === undefined || no === undefined || when === undefined) throw new Error(field.type);
  return {
    kind: 'report',
    when,
    holds: (office) => passed(office, { [id]: yes }),
    fails: (office) => passed(office, { [id]: no }),
  };
}

const { county: plain } = countyOf('ningshan');
const table = new Map([
  ...Object.entries(rows),
  ...judged.map((fact): [string, Row] => [fact, judgement(plain, fact)]),
]);

/** One more action where a rule over the fact holds, another where it does not. */
function routed(fact: string, { kind, when }: Row): Office {
  const everywhere = {
    comment: { label: '成立', by: ['office-director'], if: 'it' },
    refer: { label: '不成立', by: ['office-director'], unless: 'it' },
  };
  return officeOf('ningshan', undefined, '2026-03-02', {
    rules: [{ id: 'it', on: kind, name: '看这一项', when: { [fact]: when } }],
    flows: { [kind]: { everywhere } },
    never: [],
    always: [],
  });
}

describe('each fact leads one way where it holds and the other where it does not', () => {
  test.each([...table])('%s', async (fact, row) => {
    for (const holds of [true, false]) {
      const office = routed(fact, row);
      const view = await (holds ? row.holds(office) : row.fails(office));
      expect(view.kind).toBe(row.kind);
      const seen = await office.look('director', view);
      const offered = seen.actions.map(({ label }) => label).filter((label) => label.endsWith('成立'));
      expect(offered).toEqual([holds ? '成立' : '不成立']);
      if (!holds) continue;
      // Why stands with the step that made it so, in the log and in the history.
      const log = await office.store.log(view);
      const stored = log.filter(({ entry }) => {
        const change = JSON.stringify(entry.change);
        return change.includes('"rule":"it"') && change.includes(`"fact":"${fact}"`);
      });
      expect(stored).toHaveLength(1);
      const reasons = seen.history.flatMap((item) => item.reasons).filter(({ rule }) => rule === '看这一项');
      expect(reasons.length).toBe(1);
      expect(reasons[0]?.because.length).toBe(1);
    }
  });
});

test('no fact is without such a row', () => {
  expect(Object.keys(always).filter((fact) => !table.has(fact))).toEqual([]);
  const form = plain.forms.get('initial-check') ?? [];
  const own = form.flatMap(({ id, type }) => (type === 'choices' ? [id, `${id}.count`] : [id]));
  expect(own.filter((fact) => !table.has(fact))).toEqual([]);
});
