import { beforeAll, expect, test } from 'vitest';
import type { ScoreRecord } from '../../src/model/record.ts';
import { actorIn } from '../../src/server/host.ts';
import type { Story, Teller } from '../../src/server/demo-year/teller.ts';
import { countyOf } from '../county.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import { answered, compiled, rate, sentBy, throughGates } from './stories.ts';

/*
 * Shuangyashan: 6 committees over 24 sectors, 76 stations with a rota, 164 entrepreneur members on a platform; 38 pieces,
 * 12 of them sent to the province; duty records; 118 proposals, all answered, 99.2 % satisfied.
 */
let place: Place;
let teller: Teller;
let page: string;
let refusedOffDuty: unknown = null;

const { county } = countyOf('shuangyashan');
const ofKind = (kind: string) => [...county.organisations.values()].filter((one) => one.kind === kind);
const sectors = ofKind('sector');
const committees = ofKind('committee').map(({ id }) => id);
const stations = ofKind('station').map(({ id }) => id);
const departments = ofKind('department').map(({ id }) => id);

const MEMBERS = 120;
const sectorOf = (member: number) => sectors[(member - 1) % sectors.length];
const unitsOf = (member: number) => {
  const sector = sectorOf(member);
  return [{ id: sector?.id ?? '' }, { id: sector?.group ?? '' }];
};
/** The rota: each month another member at each station. */
const onDuty = (station: number, month: number) => ((station + month * 44) % MEMBERS) + 1;
const two = (number: number) => String(number).padStart(2, '0');
const monthFrom = (month: number) => `2022-${two(month + 1)}-01`;
const monthTo = (month: number) => new Date(Date.UTC(2022, month + 1, 0)).toISOString().slice(0, 10);

const member = (number: number) => ({ id: place.who(`member-${number}`) });
let records = 0;
/** Something that happened today, as the office enters it. */
const held = (kind: string, is: string, more: Partial<ScoreRecord> = {}, facts = {}): ScoreRecord => ({
  id: `${kind}-${(records += 1)}`,
  kind,
  moments: [{ is, on: teller.day, ...facts }],
  ...more,
});
const enter = (...all: ScoreRecord[]) => place.enter(teller.day, all);
const many = <Value>(count: number, of: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => of(index));

/** Each sector twice a year, called together by its convener; its committee counts it too. */
async function* activities(): Story {
  for (let month = 0; month < 12; month += 1) {
    const conveners = many(4, (index) => ((month * 4 + index) % 24) + 1);
    await enter(
      ...conveners.map((convener) =>
        held('sector-activity', 'held', { authors: [member(convener)], units: unitsOf(convener) }),
      ),
    );
    yield 18;
  }
}
async function* salonsAndReading(): Story {
  for (let index = 0; index < 14; index += 1) {
    const by = { unit: committees[index % committees.length] ?? '' };
    await enter(
      held('salon', 'held', by),
      ...(index < 6 ? [held('reading', 'held', by, { of: 'leaders' })] : []),
      ...(index < 12 ? [held('reading', 'held', by, { of: 'members' })] : []),
      ...(index < 7
        ? [held('consultation', 'held', by, { 'held-as': index < 2 ? 'council' : 'special' })]
        : []),
      ...(index < 8 ? [held('consultation', 'held', by, { 'held-as': 'counterpart' })] : []),
    );
    yield 14;
  }
}
async function* research(): Story {
  const prizes = ['first', 'first', 'first', 'first', 'second', 'second', 'honourable'];
  for (let index = 0; index < 13; index += 1) {
    const report = held('research', 'finished', { unit: committees[index % committees.length] ?? '' });
    const more: ScoreRecord['moments'] = [
      ...(index === 0 ? [{ is: 'instructed', on: teller.day, level: 'province', leader: 'main' }] : []),
      ...(index < 10 ? [{ is: 'instructed', on: teller.day, level: 'city', leader: 'main' }] : []),
      ...(prizes[index] === undefined ? [] : [{ is: 'prize', on: teller.day, prize: prizes[index] }]),
    ];
    await enter({ ...report, moments: [...report.moments, ...more] });
    yield 12;
  }
}
/** Members sent to watch over conduct, justice, taxes and other departments. */
async function* supervisors(): Story {
  const over = [
    ...many(10, () => 'conduct'),
    ...many(10, () => 'justice'),
    'tax',
    'tax',
    ...many(3, () => 'other'),
  ];
  await enter(
    ...over.map((of, index) =>
      held('supervisor', 'appointed', { authors: [member(index + 1)] }, { over: of }),
    ),
  );
}
const household = (number: number, with_: number) => `household-${number}-${with_}`;
/** Every sector member is linked to five people. One goes to the first of them twice, and to the fifth not at all. It counts for the member, the sector and the committee. */
async function* contacts(): Story {
  for (let with_ = 1; with_ <= 5; with_ += 1) {
    await enter(
      ...many(MEMBERS, (index) =>
        held('contact', 'entered', {
          authors: [member(index + 1)],
          units: unitsOf(index + 1),
          facts: { with: household(index + 1, with_ === 5 && index === 1 ? 1 : with_) },
        }),
      ),
    );
    yield 30;
  }
}
async function* platform(): Story {
  await enter(
    ...many(161, (index) =>
      held('platform-activity', 'took-part', { authors: [{ id: place.who(`entrepreneur-${index + 1}`) }] }),
    ),
  );
}
/** At each station whoever the rota names; what a visitor tells is entered by them, and by nobody off duty. */
async function* duty(): Story {
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const month = Number(teller.day.slice(5, 7)) - 1;
    await enter(
      ...stations.map((unit, index) =>
        held('duty', 'on-duty', { unit, authors: [member(onDuty(index, month))] }),
      ),
    );
    const tells = (number: number) =>
      teller.begin(
        teller.who(`member-${number}`),
        'lead',
        'submit',
        {
          title: `第${quarter + 1}季度来访`,
          situation: '来访群众说,楼道灯坏了没人修。',
          authors: [teller.who('public-1')],
          channel: 'station',
          unit: 'station-7',
        },
        { onBehalf: { of: teller.who('public-1'), on: teller.day } },
      );
    await tells(onDuty(6, month));
    const nobody = many(MEMBERS, (index) => index + 1).find((number) =>
      stations.every((_, index) => onDuty(index, month) !== number),
    );
    if (nobody !== undefined) refusedOffDuty = await tells(nobody).catch((error: unknown) => error);
    yield 60;
  }
}

async function* report(number: number): Story {
  const author = (number % MEMBERS) + 1;
  const title = `关于第${number + 1}项转型发展的建议`;
  const made = await sentBy(teller, `member-${author}`, title);
  if (number >= 38) {
    yield 1;
    await teller.act(teller.who('checker'), 'reserve', made);
    return;
  }
  yield* throughGates(teller, made, { category: 'economy', level: 'city' });
  yield* compiled(teller, [made], { title, text: '正文' }, [
    { to: number < 12 ? 'province-cppcc' : 'city-party' },
  ]);
}

async function* proposals(): Story {
  await enter(
    ...many(118, (index) => ({
      ...held('proposal', 'filed', { authors: [member((index % MEMBERS) + 1)] }),
      id: `p-${index + 1}`,
    })),
  );
  yield 5;
  for (let index = 0; index < 118; index += 1) teller.tell(proposal(index));
}
async function* proposal(index: number): Story {
  yield index % 25;
  const lead = departments[index % departments.length] ?? '';
  const author = `member-${(index % MEMBERS) + 1}`;
  const { kind, id } = await teller.begin(teller.who('office-director'), 'handling', 'assign', {
    title: `第${index + 1}号提案`,
    record: `p-${index + 1}`,
    lead,
    task: '请办理并答复委员',
  });
  const item = { kind, id };
  yield* answered(teller, item, { lead, result: 'solved' });
  yield 3;
  const view = await rate(teller, author, item, index === 17 ? 'dissatisfied' : 'very');
  if (view.stage.id !== 'working') return;
  yield 5;
  await teller.act(teller.who(lead), 'reply', item, { result: 'solved', reply: '再次答复。' });
  await teller.act(teller.who('office-director'), 'confirm', item);
  await rate(teller, author, item, 'dissatisfied');
}

beforeAll(async () => {
  const links = many(MEMBERS, (index) =>
    many(5, (with_) => ({
      from: `shuangyashan-member-${index + 1}`,
      to: household(index + 1, with_ + 1),
      kind: 'people',
      name: `第${with_ + 1}户`,
    })),
  ).flat();
  const cast = [
    {
      kind: 'member',
      count: MEMBERS,
      homes: sectors.map(({ id }) => id),
      posts: (number: number) => [
        ...(number <= 24 ? [{ post: 'convener', organisation: sectorOf(number)?.id ?? '' }] : []),
        ...stations.flatMap((organisation, station) =>
          many(12, (month) => month).flatMap((month) =>
            onDuty(station, month) === number
              ? [{ post: 'station-duty', organisation, from: monthFrom(month), to: monthTo(month) }]
              : [],
          ),
        ),
      ],
    },
    { kind: 'entrepreneur', count: 164, homes: ['sector-commerce'] },
    { kind: 'public', count: 3 },
  ];
  place = await placeOf('shuangyashan', cast, { links });
  teller = place.year('2023-01-01');
  for (const story of [activities, salonsAndReading, research, supervisors, duty, proposals])
    teller.tellOn(2, story());
  teller.tellOn(10, contacts());
  teller.tellOn(70, platform());
  for (let number = 0; number < 55; number += 1) teller.tellOn(3 + number * 3, report(number));
  await place.play(teller);
  place.clock('2023-01-09');
  page = await place.bulletin('2022');
}, 60_000);

test('the year on the scoreboard: 38 pieces, 12 sent, the duty records, 118 proposals answered, 99.2 % satisfied', async () => {
  expect(await place.figures('2022', 'units')).toEqual({
    compiled: '38',
    sent: '12',
    'rota.kept': '76',
    'rota.empty': '0',
    activities: '48',
    salons: '14',
    'reading-leaders': '6',
    'reading-members': '12',
    council: '2',
    special: '5',
    counterpart: '8',
    research: '13',
    'province-main': '1',
    'city-main': '10',
    first: '4',
    second: '2',
    honourable: '1',
    proposals: '118',
    answered: '118',
    rated: '118',
    satisfied: '117',
    rate: '99.2',
    supervisors: '25',
    conduct: '10',
    justice: '10',
    tax: '2',
    other: '3',
  });
});

test('the bulletin prints the same', () => {
  const rows = rowsOf(page);
  for (const [name, value] of [
    ['编报', '38'],
    ['报省', '12'],
    ['提案办复', '118'],
    ['满意率%', '99.2'],
    ['委员沙龙', '14'],
  ] as const)
    expect([name, rows.get(name)?.[0]]).toEqual([name, value]);
});

test('6 committees share 24 sectors, each with its convener; what a sector does counts for its committee', async () => {
  expect([committees.length, sectors.length, stations.length]).toEqual([6, 24, 76]);
  for (const id of committees) expect(sectors.filter(({ group }) => group === id)).toHaveLength(4);
  const conveners = place.directory.people.flatMap(({ posts = [] }) =>
    posts.flatMap(({ post, organisation }) => (post === 'convener' ? [organisation] : [])),
  );
  expect(new Set(conveners)).toEqual(new Set(sectors.map(({ id }) => id)));
  const { subjects } = await place.table('2022', 'units');
  for (const subject of subjects.filter(({ kind }) => kind === 'committee'))
    expect(subject).toMatchObject({ figures: { activities: '8', contacts: '100' }, points: '100' });
  for (const subject of subjects.filter(({ kind }) => kind === 'sector'))
    expect(subject).toMatchObject({ figures: { activities: '2', contacts: '25' }, points: '25' });
});

test('every sector member keeps contact with five people, and 98 % of the entrepreneurs took part in the quarter', async () => {
  const summary = async (period: string) => (await place.table(period, 'people')).summary ?? [];
  const year = new Map((await summary('2022')).map((line) => [line.id, line]));
  expect(year.get('links.five')).toMatchObject({ value: '119' });
  const reckoned = ['contacts', 'linked', 'contacted', 'coverage'].map((id) => year.get(id)?.value);
  expect(reckoned).toEqual(['600', '600', '599', '99.8']);
  const shares = await Promise.all(
    ['2022-Q1', '2022-Q2', '2022-Q3'].map(async (period) =>
      (await summary(period)).find(({ id }) => id === 'platform.took-part'),
    ),
  );
  expect(shares.map((line) => [line?.value, line?.share])).toContainEqual(['161', '98']);
  const one = (await place.table('2022', 'people')).subjects.find(({ id }) => id === place.who('member-1'));
  expect(one).toMatchObject({ figures: { contacts: '5', coverage: '100' }, points: '5' });
});

test('a station has somebody on duty all year, who alone enters what a visitor tells there', async () => {
  for (const month of [0, 5, 11])
    for (const [index, station] of stations.entries()) {
      const actor = actorIn(
        place.host,
        place.who(`member-${onDuty(index, month)}`),
        `${monthTo(month)}T01:00:00Z`,
      );
      expect(actor?.posts).toContainEqual({ post: 'station-duty', organisation: station });
    }
  const leads = [];
  for await (const { thing } of place.host.store.all('shuangyashan', 'lead')) leads.push(thing);
  expect(leads.map(({ channel, unit }) => [channel, unit])).toEqual(many(4, () => ['station', 'station-7']));
  expect(refusedOffDuty).toMatchObject({ code: 'forbidden' });
});
