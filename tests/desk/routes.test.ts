import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Fields, ThingKind, ThingRef } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import { checked, officeOf, text } from './office.ts';

type Office = ReturnType<typeof officeOf>;
type Condition = Record<string, unknown>;
const own = JSON.parse(readFileSync(new URL('../../configs/huantai.json', import.meta.url), 'utf8'));

/** Huantai with one rule more; a report for which it holds goes from the initial check straight to the sign-off. */
function officeAsking(on: ThingKind, when: Condition): Office {
  const rule = { id: 'asked', on, name: '所问', when };
  const pass = { to: [{ if: 'asked', to: 'sign-off', skips: ['second-review'] }, { to: 'second-review' }] };
  const stages = [{ id: 'initial-check', actions: { pass } }];
  const flows = on === 'report' ? { report: { ...own.flows?.report, stages } } : {};
  return officeOf('huantai', undefined, '2026-03-02', {
    rules: [...(own.rules ?? []), rule],
    flows: { ...own.flows, ...flows },
  });
}

const form = { ...checked, category: 'livelihood', level: 'county', policy: 'none', politics: 'none' };
const send = (office: Office, input: Fields = {}) =>
  office.begin('wang', 'report', 'submit', { ...text, ...input });
const check = (office: Office, report: ThingView, input: Fields = {}) =>
  office.as('checker', 'pass', report, { ...form, ...input });
/** Sent and checked, with so much more in each form. */
const filled =
  (sent: Fields, check_: Fields = {}) =>
  async (office: Office) =>
    check(office, await send(office, sent), check_);

interface Route {
  when: Condition;
  yes: (office: Office) => Promise<ThingView>;
  no: (office: Office) => Promise<ThingView>;
}
const plain = filled({});
const byForm = (when: Condition, check: Fields): Route => ({ when, yes: filled({}, check), no: plain });

/** What is known of a report when it is checked: each sends it another way. */
const routes: Record<string, Route> = {
  round: {
    when: { round: { above: 0 } },
    yes: async (office) => {
      const returned = await office.as('checker', 'return', await send(office), { comment: '请补充' });
      return check(office, await office.as('wang', 'submit', returned, text));
    },
    no: plain,
  },
  'author-kinds': {
    when: { 'author-kinds': { contains: 'standing-member' } },
    yes: async (office) => check(office, await office.begin('standing', 'report', 'submit', text)),
    no: plain,
  },
  authors: { when: { authors: { atLeast: 2 } }, yes: filled({ authors: ['wang', 'li'] }), no: plain },
  channel: {
    when: { channel: 'wechat' },
    yes: filled({ channel: 'wechat' }),
    no: plain,
  },
  words: { when: { words: { above: 100 } }, yes: filled({ situation: '拥堵。'.repeat(50) }), no: plain },
  'days-in-stage': {
    when: { 'days-in-stage': { above: 4 } },
    yes: async (office) => {
      const report = await send(office);
      office.clock('2026-03-09');
      return check(office, report);
    },
    no: plain,
  },
  similar: {
    when: { similar: { above: 0 } },
    yes: async (office) => {
      await send(office);
      return check(office, await send(office));
    },
    no: plain,
  },
  level: byForm({ level: ['province'] }, { level: 'province' }),
  category: byForm({ category: 'education-health' }, { category: 'education-health' }),
  policy: byForm({ policy: 'heavy' }, { policy: 'heavy' }),
  politics: byForm({ politics: 'heavy' }, { politics: 'heavy' }),
  departments: byForm(
    { departments: { contains: 'education-bureau' } },
    { departments: ['education-bureau'] },
  ),
  'departments.count': byForm(
    { 'departments.count': { atLeast: 2 } },
    { departments: ['education-bureau', 'market-bureau'] },
  ),
  'early-warning': byForm({ 'early-warning': true }, { 'early-warning': true }),
  urgency: { when: { urgency: 'most-urgent' }, yes: filled({ urgency: 'most-urgent' }), no: plain },
  title: { when: { title: '特别建议' }, yes: filled({ title: '特别建议' }), no: plain },
};

test.each(Object.entries(routes))(
  'by %s a report goes one way or the other, and the reason is kept with the step',
  async (fact, { when, yes, no }) => {
    const going = await yes(officeAsking('report', when));
    expect([going.stage.id, going.history.at(-1)?.action]).toEqual(['sign-off', 'pass']);
    const office = officeAsking('report', when);
    const staying = await no(office);
    expect(staying.stage.id).toBe('second-review');
    const kept = officeAsking('report', when);
    expect(await decided(kept, await yes(kept))).toMatchObject({
      fired: true,
      reasons: [{ fact, met: true }],
    });
  },
);

/** What the rule came to, as the thing keeps it. */
async function decided({ store }: Office, { county, kind, id }: ThingRef) {
  return (await store.read({ county, kind, id }))?.thing.decisions['asked'] ?? null;
}

async function piece(office: Office): Promise<ThingView> {
  const { as, look } = office;
  let report = await as('checker', 'pass', await send(office), form);
  report = await as('secretary', 'pass', await as('director', 'pass', report));
  report = await as('compiler', 'compile', report, { title: '护学', text: '正文' });
  const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
  const made = await look('compiler', { county: 'huantai', kind: 'piece', id });
  const destinations = ['city-cppcc', 'county-party'];
  const read = await as('checker', 'proofread', await as('compiler', 'pass', made));
  return as('secretary', 'issue', read, { journal: 'journal', destinations });
}
async function sentPiece(office: Office): Promise<ThingView> {
  const first = await office.as('compiler', 'dispatch', await piece(office), { destination: 'city-cppcc' });
  return office.as('compiler', 'dispatch', first, { destination: 'county-party' });
}
const recorded = (result: Fields) => async (office: Office) =>
  office.as('compiler', 'record', await sentPiece(office), { on: '2026-03-02', ...result });
const adopted = recorded({ is: 'adopted', level: 'city', outlet: '《社情民意》', form: 'stand-alone' });
const instructed = recorded({ is: 'instructed', level: 'city', leader: 'main', words: '请阅处' });

async function handling(office: Office): Promise<ThingView> {
  await office.as('checker', 'pass-on', await send(office), { lead: 'qifeng-town', task: '请整治' });
  const item = await office.look('at-qifeng-town', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  return office.as('at-qifeng-town', 'sign-for', item);
}
async function rated(office: Office, satisfaction: string): Promise<ThingView> {
  const replied = await office.as('at-qifeng-town', 'reply', await handling(office), {
    result: 'solved',
    reply: '已整治',
  });
  return office.as('wang', 'rate', await office.as('director', 'confirm', replied), { satisfaction });
}
async function counted(office: Office): Promise<ThingView> {
  office.clock('2026-04-02');
  await send(office);
  return office.as(
    'director',
    'pass',
    await office.begin('director', 'period', 'count', { period: '2026-03' }),
  );
}
async function meeting(office: Office): Promise<ThingView> {
  const fields = { title: '协调会', 'held-on': '2026-03-02' };
  const saved = await office.begin('director', 'meeting', 'save', fields);
  return office.as('director', 'tie', saved, { listed: (await send(office)).id });
}
const held = async (office: Office) =>
  office.as('director', 'submit', await meeting(office), { title: '协调会', 'held-on': '2026-03-02' });
async function asked(office: Office): Promise<ThingView> {
  return office.as('director', 'ask', await check(office, await send(office)), {
    asked: ['education-bureau'],
  });
}

/** What comes later, of reports and of what follows them. */
const later: Record<string, Route & { on: ThingKind }> = {
  returned: {
    on: 'report',
    when: { returned: true },
    yes: async (office) => office.as('checker', 'return', await send(office), { comment: '请补充' }),
    no: plain,
  },
  opinions: {
    on: 'report',
    when: { opinions: { above: 0 } },
    yes: async (office) =>
      office.as('at-education-bureau', 'opine', await asked(office), { opinion: '可行' }),
    no: asked,
  },
  'opinions-left': {
    on: 'report',
    when: { 'opinions-left': { above: 0 } },
    yes: asked,
    no: plain,
  },
  'destinations-left': {
    on: 'piece',
    when: { 'destinations-left': { atMost: 0 } },
    yes: sentPiece,
    no: piece,
  },
  instructions: { on: 'piece', when: { instructions: { above: 0 } }, yes: instructed, no: adopted },
  'instruction-levels': {
    on: 'piece',
    when: { 'instruction-levels': { contains: 'city' } },
    yes: instructed,
    no: recorded({ is: 'instructed', level: 'county', leader: 'main', words: '请阅处' }),
  },
  'take-ups': {
    on: 'piece',
    when: { 'take-ups': { above: 0 } },
    yes: recorded({ is: 'taken-up', level: 'city' }),
    no: adopted,
  },
  declined: {
    on: 'handling',
    when: { declined: { above: 0 } },
    yes: async (office) => {
      await office.as('checker', 'pass-on', await send(office), { lead: 'qifeng-town', task: '请整治' });
      const ref = { county: 'huantai', kind: 'handling', id: 'handling-1' } as const;
      const item = await office.look('at-qifeng-town', ref);
      return office.as('at-qifeng-town', 'decline', item, {
        proposed: 'market-bureau',
        comment: '属市场监管',
      });
    },
    no: handling,
  },
  'extension-open': {
    on: 'handling',
    when: { 'extension-open': true },
    yes: async (office) =>
      office.as('at-qifeng-town', 'ask-extension', await handling(office), {
        until: '2026-04-30',
        comment: '需要招标',
      }),
    no: handling,
  },
  satisfaction: {
    on: 'handling',
    when: { satisfaction: 'dissatisfied' },
    yes: (office) => rated(office, 'dissatisfied'),
    no: (office) => rated(office, 'very'),
  },
  'objections-open': {
    on: 'period',
    when: { 'objections-open': { above: 0 } },
    yes: async (office) => {
      const mine = await office.look('wang', await counted(office));
      return office.as('wang', 'object', mine, { objection: '还有一条未计' });
    },
    no: counted,
  },
  answers: {
    on: 'call',
    when: { answers: { above: 0 } },
    yes: async (office) => {
      const call = { title: '校园安全', 'asked-for': '隐患', deadline: '2026-03-20' };
      const published = await office.begin('director', 'call', 'submit', call);
      await send(office, { answers: published.id });
      return office.look('director', published);
    },
    no: (office) =>
      office.begin('director', 'call', 'submit', {
        title: '校园安全',
        'asked-for': '隐患',
        deadline: '2026-03-20',
      }),
  },
  listed: {
    on: 'meeting',
    when: { listed: { above: 0 } },
    yes: meeting,
    no: (office) => office.begin('director', 'meeting', 'save', { title: '会', 'held-on': '2026-03-02' }),
  },
  undecided: {
    on: 'meeting',
    when: { undecided: { atMost: 0 } },
    yes: async (office) =>
      office.as('director', 'decide', await held(office), {
        decided: 'report-1',
        'meeting-outcome': 'assign',
        minutes: '由教育局牵头',
      }),
    no: held,
  },
};

test.each(Object.entries(later))(
  'a rule asks for %s, one way and the other',
  async (fact, { on, when, yes, no }) => {
    const [one, other] = [officeAsking(on, when), officeAsking(on, when)];
    expect(await decided(one, await yes(one))).toMatchObject({ fired: true, reasons: [{ fact, met: true }] });
    expect((await decided(other, await no(other)))?.fired ?? false).toBe(false);
  },
);

test('whatever a rule can ask of every thing has its case here', () => {
  const { county } = officeOf('huantai');
  const forms = new Set([...county.forms.values()].flatMap((fields) => fields.map(({ id }) => id)));
  const always = Object.keys(county.vocabulary('report')).filter(
    (fact) => !forms.has(fact) && !fact.endsWith('.count'),
  );
  const cases = new Set([...Object.keys(routes), ...Object.keys(later)]);
  expect(always.filter((fact) => !cases.has(fact))).toEqual([]);
  // Of a field each type of fact has one.
  const types = new Set([...cases].map((fact) => county.vocabulary('report')[fact]?.type ?? 'text'));
  expect([...types].sort()).toEqual(['list', 'number', 'text', 'yes-no']);
});
