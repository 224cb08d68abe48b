import { beforeAll, expect, test } from 'vitest';
import type { Fields } from '../../src/model/thing.ts';
import { openedBy, type Ref, type Story, type Teller } from '../../src/server/demo-year/teller.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import {
  answered,
  checkForm,
  compiled,
  enteredFor,
  opened,
  rate,
  sentBy,
  throughGates,
  words,
} from './stories.ts';

/*
 * Ningshan's 2022: 120 members visited and in a chat group, three gates, each destination apart; 13 sent to the city,
 * one of them adopted by the province, instructed on by two main leaders and done; two more rated excellent by the city.
 */
let place: Place;
let teller: Teller;
let months: string;
let page: string;
const made: { piece: Ref; from: Ref[] }[] = [];

const homes = [
  'proposals-committee',
  'economy-committee',
  'culture-committee',
  'chengguan-liaison',
  'simudi-liaison',
];
const city = { to: 'city-cppcc', wording: '安康市政协:' };

/** Whatever comes of it is entered for the piece as the monthly list says. */
const record = (piece: Ref, input: Fields) =>
  teller.act(teller.who('compiler'), 'record', piece, { on: teller.day, ...input });

/** A report that goes to the city, and what comes of the best three. */
async function* toTheCity(number: number): Story {
  const title = `关于完善第${number}批村组道路管护的建议`;
  const author = number % 3 === 0 ? `standing-member-${number}` : `member-${number * 7}`;
  // Members are visited one by one, and write in the chat group.
  const report =
    number % 3 === 1
      ? await enteredFor(teller, author, 'report', number % 2 === 0 ? 'wechat' : 'visit', words(title))
      : await sentBy(teller, author, title);
  yield* throughGates(teller, report);
  const from: [Ref, ...Ref[]] = [report];
  // Two of one matter become one piece, and are one for the county.
  if (number === 1) {
    const other = await sentBy(teller, 'member-99', '关于村道养护经费的建议');
    yield* throughGates(teller, other);
    from.push(other);
  }
  const both = [
    { to: 'county-party', wording: `关于第${number}批道路的情况` },
    { to: 'county-government', wording: `请县政府研究第${number}批道路管护` },
  ];
  const piece = yield* compiled(teller, from, { title, text: '正文', 'can-be-done': true }, [
    { ...city, wording: `${city.wording}${title}` },
    ...(number <= 3 ? both : []),
  ]);
  made.push({ piece, from });
  for (const one of from)
    await teller.act(teller.who('office-director'), 'mark', one, {
      expression: 91 - number,
      advice: 91 - number,
      'outcome-made': 91 - number,
    });
  const setting = settings[number - 4];
  if (setting) teller.tell(micro(author, report, setting));
  if (number === 2 || number === 3) {
    yield 30;
    await record(piece, { is: 'excellent', level: 'city' });
  }
  if (number !== 1) return;
  yield 20;
  await record(piece, { is: 'adopted', level: 'province', form: 'stand-alone', outlet: '省政协信息' });
  yield 5;
  for (const level of ['province', 'city'])
    await record(piece, {
      is: 'instructed',
      level,
      body: 'government',
      leader: 'main',
      words: '请认真研究。',
    });
  const given = await teller.act(teller.who('supervision-office'), 'assign', piece, {
    lead: 'transport-bureau',
    task: '请按批示要求办理',
  });
  const item = opened(openedBy(given, 'handling'));
  await teller.act(teller.who('supervision-office'), 'supervise', item, { comment: '领导批示件,限期办结' });
  yield* answered(teller, item, {
    lead: 'transport-bureau',
    result: 'solved',
    progress: '已完成勘察,列入计划。',
  });
  yield 2;
  await rate(teller, author, item, 'very');
  // The people concerned are visited.
  yield 3;
  await teller.act(teller.who('checker'), 'rate', item, { households: 36, satisfaction: 'satisfied' });
  yield 60;
  await record(piece, { is: 'excellent', level: 'province' });
  await teller.act(teller.who('compiler'), 'archive', piece);
  for (const one of from) await teller.act(teller.who('compiler'), 'archive', one);
}

/** Most end quietly, and the author is told: not used, reserved, passed on, or of the county alone. */
async function* quietly(number: number): Story {
  const title = `关于第${number}处农村饮水的建议`;
  const report = await sentBy(teller, `member-${number + 40}`, title);
  const by = (post: string) => teller.who(post);
  yield 1;
  if (number % 4 === 0) {
    await teller.act(by('checker'), 'not-use', report, { reason: 'already-known', comment: '已有反映' });
  } else if (number % 4 === 1) {
    const passed = await teller.act(by('checker'), 'pass-on', report, {
      lead: 'simudi-town',
      task: '请处理',
    });
    const item = opened(openedBy(passed, 'handling'));
    yield* answered(teller, item, { lead: 'simudi-town', result: 'in-progress' });
    await rate(teller, `member-${number + 40}`, item, 'satisfied');
    await teller.act(by('checker'), 'rate', item, { households: 8, satisfaction: 'satisfied' });
  } else if (number % 4 === 2) {
    await teller.act(by('checker'), 'return', report, { comment: '请补充数据' });
    yield 2;
    await teller.act(teller.who(`member-${number + 40}`), 'submit', report, words(title));
    yield* throughGates(teller, report);
    await teller.act(by('compiler'), 'reserve', report, { comment: '留存备用' });
  } else {
    // Politically heavy and policy-heavy: the department first, then the chairman.
    await teller.act(
      by('checker'),
      'pass',
      report,
      checkForm({ policy: 'heavy', politics: 'heavy', levels: ['county', 'city'] }),
    );
    await teller.act(by('office-director'), 'ask', report, { asked: ['agriculture-bureau'] });
    yield 3;
    await teller.act(by('agriculture-bureau'), 'opine', report, { opinion: '情况属实,建议采纳' });
    yield 1;
    await teller.act(by('office-director'), 'pass', report);
    await teller.act(by('secretary-general'), 'refer', report);
    yield 1;
    await teller.act(by('chairman'), 'decide', report, { outcome: 'compile' });
    const piece = yield* compiled(teller, [report], { title, text: '正文', 'can-be-done': false }, [
      { to: 'county-party' },
    ]);
    made.push({ piece, from: [report] });
  }
}

/** The public tell the town a few words; the office writes them up. */
async function* fromTheLane(): Story {
  const lead = await enteredFor(teller, 'public-1', 'lead', 'telephone', {
    title: '路灯不亮',
    situation: '城关镇老街路灯半个月不亮',
  });
  yield 1;
  const view = await teller.act(teller.who('checker'), 'write-up', lead, words('关于老街路灯的建议'));
  const report = opened(openedBy(view, 'report'));
  yield* throughGates(teller, report);
  await teller.act(teller.who('compiler'), 'reserve', report);
}

const settings = ['courtyard', 'field', 'lane', 'factory'] as const;
const consultations: { about: Ref; held: Ref }[] = [];
/** People talk it over where they live and work: fixed rules, a topic, people, a duty and a place. */
async function* micro(author: string, about: Ref, setting: (typeof settings)[number]): Story {
  yield 6;
  const view = await teller.begin(teller.who(author), 'micro-consultation', 'submit', {
    title: '道路怎么管护',
    rules: '先听后议,一事一议,形成共识',
    people: '村民代表 8 人、镇干部 2 人、委员 1 人',
    duty: '镇里牵头,村里落实',
    place: '文昌院',
    setting,
    'held-on': teller.day,
    'attached-to': about.id,
  });
  consultations.push({ about, held: { kind: view.kind, id: view.id } });
}

let meeting: Ref | null = null;
/** The county's leaders meet about reports: a list, and a decision on each. */
async function* meetingWithTheLeaders(): Story {
  const director = teller.who('office-director');
  const form = { title: '社情民意信息协调会', 'held-on': teller.day, place: '县委会议室' };
  const { kind, id } = await teller.begin(director, 'meeting', 'save', form);
  meeting = { kind, id };
  const listed = made.slice(0, 3).flatMap(({ from }) => from.slice(0, 1));
  for (const report of listed) await teller.act(director, 'tie', meeting, { listed: report.id });
  await teller.act(director, 'submit', meeting, form);
  for (const [index, report] of listed.entries())
    await teller.act(director, 'decide', meeting, {
      decided: report.id,
      'meeting-outcome': index === 0 ? 'assign' : 'study',
      minutes: '由县交通运输局牵头研究',
    });
  yield 1;
  await teller.act(director, 'close', meeting);
}

/** Three cadres visit the members between them; each leading cadre keeps contact with a leader and a department. */
const members = [
  ...Array.from({ length: 105 }, (_, index) => `ningshan-member-${index + 1}`),
  ...Array.from({ length: 15 }, (_, index) => `ningshan-standing-member-${index + 1}`),
];
const visiting = (number: number) => `ningshan-cadre-${(number % 3) + 1}`;
const leading = ['chairman', 'secretary-general', 'office-director'] as const;
const contactsOf = [
  ...leading.flatMap((post, number) => [
    { from: `ningshan-${post}`, to: `leader-${number + 1}`, kind: 'leader', name: `县领导${number + 1}` },
    {
      from: `ningshan-${post}`,
      to: ['education-bureau', 'agriculture-bureau', 'transport-bureau'][number] ?? '',
      kind: 'department',
      name: '联系部门',
    },
  ]),
  ...members.map((to, number) => ({ from: visiting(number), to, kind: 'member' })),
];
/** Each member is visited, two of them by somebody else; the secretary-general has not been to the department yet. */
async function* keptContact(): Story {
  await place.enter(
    teller.day,
    members.map((to, number) => ({
      id: `visit-${number + 1}`,
      kind: 'contact',
      authors: [{ id: visiting(number < 2 ? number + 1 : number) }],
      facts: { with: to },
      moments: [{ is: 'entered', on: teller.day }],
    })),
  );
  for (const { from, to } of contactsOf.slice(0, 6)) {
    yield 5;
    if (to === 'agriculture-bureau') continue;
    const post = from.replace('ningshan-', '');
    await teller.begin(teller.who(post), 'contact', 'submit', {
      title: '通报社情民意信息工作',
      with: to,
      'held-on': teller.day,
      'contact-way': 'talk',
    });
  }
}

beforeAll(async () => {
  place = await placeOf(
    'ningshan',
    [
      { kind: 'member', count: 105, homes },
      { kind: 'standing-member', count: 15, homes },
      { kind: 'public', count: 6 },
      { kind: 'cadre', count: 3 },
    ],
    { links: contactsOf },
  );
  teller = place.year('2023-01-01');
  for (let number = 1; number <= 13; number += 1) teller.tellOn(number * 9, toTheCity(number));
  for (let number = 1; number <= 8; number += 1) teller.tellOn(number * 14, quietly(number));
  teller.tellOn(30, fromTheLane());
  teller.tellOn(60, meetingWithTheLeaders());
  teller.tellOn(80, keptContact());
  await place.play(teller);
  place.clock('2023-01-09');
  months = await place.bulletin('2022-06');
  page = await place.bulletin('2022');
}, 60_000);

test('2022 on the scoreboard: 13 sent, 1 adopted, two main leaders’ instructions, 1 and 2 excellent', async () => {
  expect(await place.figures('2022', 'people')).toEqual({
    received: '23',
    pieces: '15',
    'sent-up': '13',
    'sent-county': '5',
    province: '1',
    'main-leaders': '2',
    'excellent-province': '1',
    'excellent-city': '2',
    assigned: '4',
    answered: '4',
    solved: '2',
    rated: '6',
    satisfied: '6',
    rate: '100',
    contacts: '125',
    linked: '126',
    contacted: '123',
    coverage: '97.6',
  });
});

test('the year’s bulletin, the plenary’s report on reports and their handling, prints the same figures', () => {
  const rows = rowsOf(page);
  expect(rows.get('报送市政协')).toEqual(['13']);
  expect(rows.get('省采用')).toEqual(['1']);
  expect(rows.get('省、市主要领导批示')).toEqual(['2']);
  expect(rows.get('市优秀')).toEqual(['2']);
  expect(rows.get('省优秀')).toEqual(['1']);
  expect(rows.get('办复')).toEqual(['4']);
  expect(page).toContain('形成编发件 15 件');
  // Each month's list, with every office's row and what it still owes.
  expect(months).toContain('2022-06');
  const offices = place.directory.organisations.filter(
    ({ kind }) => kind === 'committee' || kind === 'liaison',
  );
  for (const { name } of offices) expect(months).toContain(`<td>${name}</td>`);
  expect(months).toContain('未完成任务');
});

test('every report that was compiled went through three gates, one named person at the first and at compiling', async () => {
  const done = async (thing: Ref) => (await place.log(thing)).map(({ action, actor }) => [action, actor]);
  const named = (post: string) =>
    place.directory.people.filter(({ posts = [] }) => posts.some((held) => held.post === post)).length;
  expect([named('checker'), named('compiler')]).toEqual([1, 1]);
  for (const { from } of made)
    for (const report of from) {
      const acts = await done(report);
      const at = (action: string, post: string) =>
        acts.findIndex(([is, by]) => is === action && by === place.who(post));
      const gates = [at('pass', 'checker'), at('pass', 'office-director'), at('pass', 'secretary-general')];
      // The secretary-general refers what is politically heavy, and the chairman decides.
      if (gates[2] === -1) gates.splice(2, 1, at('refer', 'secretary-general'), at('decide', 'chairman'));
      const way = [...gates, at('compile', 'compiler')];
      expect(way.every((step) => step > 0)).toBe(true);
      expect(way).toEqual(way.toSorted((a, b) => a - b));
    }
});

test('each destination is sent to apart, in words of its own; what came of the piece flows back to both reports', async () => {
  const [{ piece, from } = { piece: { kind: 'piece', id: '' } as const, from: [] }] = made;
  const { history, fields } = await place.view(piece);
  const sent = history.filter(({ action }) => action === 'dispatch');
  const said = (label: string) =>
    sent.map(({ said }) => said.find((one) => one.label === label)?.value ?? '');
  expect(said('报送单位')).toEqual(['安康市政协', '县委', '县政府']);
  expect(new Set(said('报送标题')).size).toBe(3);
  // Judged when compiling: whether those above can do something.
  expect(fields).toContainEqual(expect.objectContaining({ name: 'can-be-done', value: '是' }));
  for (const [index, report] of from.entries()) {
    const author = place.who(['member-7', 'member-99'][index] ?? '');
    const { moments, stage } = await place.view(report, author);
    expect(moments.filter(({ is }) => is === 'instructed').map(({ level }) => level)).toEqual([
      'province',
      'city',
    ]);
    // Filed, when all was done.
    expect(stage.id).toBe('archived');
  }
  expect(from).toHaveLength(2);
});

test('what came in is registered whole: its channel, each step with its day, and the log holds together', async () => {
  const channels = new Set<string | null>();
  for await (const { thing } of place.host.store.all('ningshan', 'report')) channels.add(thing.channel);
  expect(channels).toEqual(new Set(['platform', 'wechat', 'visit', 'telephone']));
  expect((await place.host.desk.verifyLog()).difference).toBeNull();
});

test('the inclusions: task lists of committees and cadres, members’ marks, commendation and the anthology', async () => {
  const { subjects, honours } = await place.table('2022', 'people');
  // Reports marked 90 on each of the three criteria are 9 points.
  const first = subjects.find(({ id }) => id === 'ningshan-member-7');
  expect(first?.lines.find(({ id }) => id === 'marks')?.points).toBe('9');
  expect(first?.outcomes?.map(({ id }) => id)).toEqual(['commended']);
  const commended = subjects.filter(({ outcomes = [] }) => outcomes.some(({ id }) => id === 'commended'));
  for (const kind of ['member', 'standing-member'])
    expect(commended.filter((subject) => subject.kind === kind).length).toBe(kind === 'member' ? 5 : 4);
  // A cadre who sent nothing is four short at the year's end.
  const cadre = subjects.find(({ id }) => id === 'ningshan-cadre-1');
  expect(cadre?.lines.map(({ id, points }) => [id, points])).toEqual([['cadre-target', '-4']]);
  const committee = (await place.table('2022', 'units')).subjects.find(
    ({ id }) => id === 'proposals-committee',
  );
  expect(committee?.lines.map(({ id }) => id)).toContain('committee-quota');
  expect(new Set((await place.quotas()).map(({ quota }) => quota))).toEqual(
    new Set(['two-a-year', 'month-list', 'committee-list', 'cadre-list']),
  );
  // Excellent by county, city or province: both reports of the first piece, and two more.
  expect(honours?.map(({ record }) => record)).toEqual(
    made
      .slice(0, 3)
      .flatMap(({ from }) => from.map(({ id }) => id))
      .toSorted(),
  );
  const anthology = await place.get('anthology?period=2022');
  expect(anthology.headers.get('Content-Type')).toContain('wordprocessingml');
});

test('micro-consultations in courtyard, field, lane and factory hang on their reports, each with its five fixed things', async () => {
  expect(consultations).toHaveLength(4);
  for (const [index, { about, held }] of consultations.entries()) {
    const { title, fields } = await place.view(held);
    expect(title).toBe('道路怎么管护');
    const told = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    expect(told).toMatchObject({
      rules: '先听后议,一事一议,形成共识',
      people: expect.stringContaining('村民代表'),
      duty: '镇里牵头,村里落实',
      place: '文昌院',
      setting: ['院落', '田间', '巷道', '厂房'][index],
    });
    expect((await place.view(about)).links).toContainEqual(
      expect.objectContaining({ role: 'attached', id: held.id }),
    );
  }
});

test('each leading cadre keeps contact with a leader and a department, and every member is visited: coverage by person', async () => {
  const { subjects } = await place.table('2022', 'people');
  const coverage = (post: string) => subjects.find(({ id }) => id === place.who(post))?.figures?.['coverage'];
  expect(['chairman', 'secretary-general', 'office-director', 'cadre-3'].map(coverage)).toEqual([
    '100',
    '50',
    '100',
    '100',
  ]);
  expect(rowsOf(page).get('联系覆盖率%')).toEqual(['97.6']);
  // A visit is not a report.
  expect(subjects.find(({ id }) => id === place.who('cadre-1'))?.figures?.['sent']).toBe('0');
  const unlinked = teller.begin(teller.who('chairman'), 'contact', 'submit', {
    title: '走访',
    with: 'leader-3',
    'held-on': teller.day,
    'contact-way': 'visit',
  });
  await expect(unlinked).rejects.toMatchObject({ code: 'invalid-input' });
});

test('the meeting with the county’s leaders decides each report on its list, and the report tells it', async () => {
  if (!meeting) throw new Error('no meeting was held');
  const { stage, links } = await place.view(meeting);
  expect(stage.id).toBe('closed');
  expect(links.filter(({ role }) => role === 'decides')).toHaveLength(3);
  const [first] = made;
  const told = (await place.view(first?.from[0] ?? meeting)).history.find(
    ({ label }) => label === '会议决定',
  );
  expect(told?.said.map(({ value }) => value)).toEqual(['交办', '由县交通运输局牵头研究']);
});
