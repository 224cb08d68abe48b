import type { Bulletin, Correction } from '../model/bulletin.ts';
import type { Paper, PaperPart } from '../model/paper.ts';
import type { QuotaProgress, ScoreRecord, ScoreTable, Standing } from '../model/record.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type { Moment } from '../model/thing.ts';
import { sharedNames } from './summary-counts.ts';
import type { RawMethod } from './method.ts';
import { within, type Period } from './period.ts';
import { decimalText, points } from './points.ts';

/** What a bulletin is written from. */
export interface BulletinInput {
  title: Text;
  county: Text;
  period: Period;
  tables: Pick<Bulletin, 'people' | 'units'>;
  /** What is counted: a table of units says nothing where the method has no ledger of theirs. */
  ledgers: { people: boolean; units: boolean };
  /** The tables of the period before, for how places changed; null where there is none. */
  before: Pick<Bulletin, 'people' | 'units'> | null;
  records: Iterable<ScoreRecord>;
  quotas: QuotaProgress[];
  corrections: Correction[];
  /** Levels in the county's words and order. */
  levels: ReadonlyMap<string, Text>;
  /** A person's unit is looked up by the caller, who has the directory. */
  homeOf: (person: string) => string | null;
}

interface Counts {
  submitted: number;
  compiled: number;
  adopted: Map<string, number>;
  takenUp: number;
  instructed: number;
  assigned: number;
  answered: number;
  results: Map<string, number>;
  satisfied: number;
  rated: number;
}
const none = (): Counts => ({
  submitted: 0,
  compiled: 0,
  adopted: new Map(),
  takenUp: 0,
  instructed: 0,
  assigned: 0,
  answered: 0,
  results: new Map(),
  satisfied: 0,
  rated: 0,
});

const words = {
  zh: {
    all: '总体情况',
    figures: '主要数据',
    figure: '指标',
    value: '数值',
    stated: '公布数',
    people: '个人',
    units: '单位',
    behind: '未完成任务',
    silent: '零报送',
    corrections: '更正、补记',
    cause: '原因',
    and: ';',
    rank: '名次',
    change: '较上期',
    name: '名称',
    group: '分组',
    submitted: '报送',
    compiled: '编报',
    takenUp: '采纳',
    instructed: '批示',
    handled: '办理',
    points: '得分',
    grade: '等次',
    quota: '任务',
    met: '完成',
    short: '差',
    adopted: '采用',
    other: '其他',
    period: '期间',
    was: '原得分',
    now: '现得分',
    same: '—',
    fresh: '新',
  },
  en: {
    all: 'Overall',
    figures: 'In figures',
    figure: 'Figure',
    value: 'Value',
    stated: 'As published',
    people: 'People',
    units: 'Units',
    behind: 'Quota not met',
    silent: 'Sent nothing',
    corrections: 'Corrections',
    cause: 'Cause',
    and: '; ',
    rank: 'Rank',
    change: 'Change',
    name: 'Name',
    group: 'Group',
    submitted: 'Sent',
    compiled: 'Compiled',
    takenUp: 'Taken up',
    instructed: 'Instructions',
    handled: 'Answered',
    points: 'Points',
    grade: 'Grade',
    quota: 'Quota',
    met: 'met',
    short: 'short',
    adopted: 'Adopted',
    other: 'other',
    period: 'Period',
    was: 'Was',
    now: 'Now',
    same: '—',
    fresh: 'new',
  },
} as const;

const usualLevels = new Map<string, Text>([
  ['town', { zh: '镇', en: 'town' }],
  ['county', { zh: '县', en: 'county' }],
  ['city', { zh: '市', en: 'city' }],
  ['province', { zh: '省', en: 'province' }],
  ['nation', { zh: '国家', en: 'nation' }],
]);

/** Columns in which nobody has anything say nothing. */
function withoutEmpty(part: { heading: string; head: string[]; rows: string[][] }): PaperPart {
  const kept = part.head.map((_, at) => part.rows.some((row) => (row[at] ?? '') !== ''));
  const cut = (row: string[]) => row.filter((_, at) => kept[at]);
  return { heading: part.heading, head: cut(part.head), rows: part.rows.map(cut) };
}

/** Whose tables a method's bulletin has: people's, unless it counts units alone. */
export function ledgersOf(method: RawMethod | undefined): BulletinInput['ledgers'] {
  const units = method?.units !== undefined;
  return { people: method?.people !== undefined || !units, units };
}

/** "采用 report-7 2026-03-20 +5" */
function causeText(
  { name, record, moment, points: worth }: Correction['causes'][number],
  language: Language,
): string {
  const signed = worth.startsWith('-') ? worth : `+${worth}`;
  return [say(name, language), record, moment?.on, signed].filter((part) => part).join(' ');
}

/** The period's bulletin, ready to be printed: the whole, each ledger's table, who is behind, and corrections. */
export function bulletinPaper(input: BulletinInput, language: Language): Paper {
  const { period, levels } = input;
  const t = words[language];
  const counted = countAll(input);
  const order = [...new Set([...levels.keys(), ...usualLevels.keys()])];
  const seen = [...counted.levels].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const levelName = (level: string) =>
    level === '' ? t.other : say(levels.get(level) ?? usualLevels.get(level) ?? level, language);
  const table = (of: 'people' | 'units'): PaperPart[] => {
    const { subjects } = input.tables[of];
    if (subjects.length === 0 || !input.ledgers[of]) return [];
    return [
      withoutEmpty({
        heading: t[of],
        head: [
          t.rank,
          t.change,
          t.name,
          t.group,
          t.submitted,
          t.compiled,
          ...seen.map((level) => `${t.adopted}·${levelName(level)}`),
          t.takenUp,
          t.instructed,
          t.handled,
          t.points,
          t.grade,
          t.quota,
        ],
        rows: inOrder(input.tables[of]).map((subject) => {
          const counts = counted[of].get(subject.id) ?? none();
          const owed = input.quotas.filter((quota) => quota.subject === subject.id);
          return [
            subject.rank === null ? '' : String(subject.rank),
            changeOf(subject, input.before?.[of], t),
            subject.name,
            subject.groupName ? say(subject.groupName, language) : (subject.group ?? ''),
            String(counts.submitted),
            String(counts.compiled),
            ...seen.map((level) => String(counts.adopted.get(level) ?? 0)),
            String(counts.takenUp),
            String(counts.instructed),
            String(counts.answered),
            subject.points,
            subject.grade ?? '',
            owedIn(owed, t).join('; '),
          ];
        }),
      }),
    ];
  };
  const behind = input.quotas.filter(({ short }) => short !== '0');
  const silent = [
    ...new Set(input.quotas.flatMap(({ silent: sentNothing, name }) => (sentNothing ? [name] : []))),
  ];
  const windows = new Map(
    input.quotas.map(({ quota }) => [
      quota,
      new Set(input.quotas.flatMap((one) => (one.quota === quota ? [one.window.from] : []))).size,
    ]),
  );
  /** Which of several windows of the period it is. */
  const spanOf = ({ quota, window: { from, to } }: QuotaProgress) => {
    if ((windows.get(quota) ?? 1) < 2) return '';
    const month = from.slice(0, 7);
    return ` ${month === to.slice(0, 7) && from.endsWith('-01') ? month : `${from}/${to}`}`;
  };
  return {
    title: say(input.title, language),
    subtitle: `${say(input.county, language)} · ${period.id} (${period.from} – ${period.to})`,
    parts: [
      { heading: t.all, paragraphs: overall(counted, levelName, seen, language) },
      ...inFigures(input.tables, language),
      ...table('units'),
      ...table('people'),
      ...(behind.length > 0
        ? [
            {
              heading: t.behind,
              paragraphs: [
                behind
                  .map((quota) => `${quota.name}${spanOf(quota)} ${quota.done}/${quota.need}`)
                  .join(language === 'en' ? ', ' : '、'),
                ...(silent.length > 0
                  ? [
                      `${t.silent}${language === 'en' ? ': ' : ':'}${silent.join(language === 'en' ? ', ' : '、')}`,
                    ]
                  : []),
              ],
            },
          ]
        : []),
      ...(input.corrections.length > 0
        ? [
            {
              heading: t.corrections,
              head: [t.period, t.name, t.was, t.now, t.cause],
              rows: input.corrections.map((one) => [
                one.period,
                one.name,
                one.was,
                one.now,
                one.causes.map((cause) => causeText(cause, language)).join(t.and),
              ]),
            },
          ]
        : []),
    ],
  };
}

/** The numbers of the whole table that the method asks for, in its own order. */
function inFigures({ people, units }: BulletinInput['tables'], language: Language): PaperPart[] {
  const lines = [...(people.summary ?? []), ...(units.summary ?? [])];
  if (lines.length === 0) return [];
  const t = words[language];
  return [
    withoutEmpty({
      heading: t.figures,
      head: [t.figure, t.value, t.stated],
      rows: lines.map(({ name, value, share, stated }) => [
        say(name, language),
        share === undefined ? (value ?? t.same) : `${value ?? t.same} (${share}%)`,
        stated ?? '',
      ]),
    }),
  ];
}

/** By group, then by place; who has no place last. */
function inOrder({ subjects }: ScoreTable): Standing[] {
  return [...subjects].sort(
    (a, b) =>
      (a.group ?? '\uffff').localeCompare(b.group ?? '\uffff') ||
      (a.rank ?? Infinity) - (b.rank ?? Infinity) ||
      points(b.points).compare(points(a.points)),
  );
}

function changeOf(subject: Standing, before: ScoreTable | undefined, t: (typeof words)[Language]): string {
  const was = before?.subjects.find(({ id }) => id === subject.id);
  if (!before || subject.rank === null) return '';
  if (!was || was.rank === null) return t.fresh;
  const up = was.rank - subject.rank;
  return up === 0 ? t.same : up > 0 ? `↑${up}` : `↓${-up}`;
}

/** Each quota as met, or short by so many: over all of its windows in the period. */
function owedIn(owed: readonly QuotaProgress[], t: (typeof words)[Language]): string[] {
  return [...new Set(owed.map(({ quota }) => quota))].map((id) => {
    const short = owed.reduce((sum, one) => (one.quota === id ? sum.add(points(one.short)) : sum), points(0));
    return short.equals(0) ? t.met : `${t.short} ${decimalText(short)}`;
  });
}

interface Counted {
  all: Counts;
  people: Map<string, Counts>;
  units: Map<string, Counts>;
  levels: Set<string>;
  pieces: Set<string>;
  issues: Set<string>;
}

function countAll({ records, period, homeOf }: BulletinInput): Counted {
  const counted: Counted = {
    all: none(),
    people: new Map(),
    units: new Map(),
    levels: new Set(),
    pieces: new Set(),
    issues: new Set(),
  };
  const of = (side: Map<string, Counts>, id: string) => {
    const counts = side.get(id) ?? none();
    side.set(id, counts);
    return counts;
  };
  /** What came of a piece is read in each of its reports, and is one for the county. */
  const shared = new Set<string>();
  for (const record of records) {
    if (record.kind !== 'report') continue;
    const happened = record.moments.filter((moment) => within(period, moment.on));
    if (happened.length === 0) continue;
    for (const moment of happened) {
      if (moment.is === 'adopted') counted.levels.add(String(moment['level'] ?? ''));
      if (moment.is === 'issued') {
        counted.pieces.add(String(moment['piece'] ?? `${record.id} ${moment.on}`));
        if (moment['number'] !== undefined) counted.issues.add(`${moment['journal']} ${moment['number']}`);
      }
    }
    const names = sharedNames(happened);
    const fresh = happened.filter((_, at) => {
      const name = names[at] ?? null;
      return name === null || (!shared.has(name) && shared.add(name) !== undefined);
    });
    tell(counted.all, fresh);
    const authors = [...new Set((record.authors ?? []).map(({ id }) => id))];
    for (const author of authors) tell(of(counted.people, author), happened);
    const units = new Set(
      record.units?.map(({ id }) => id) ?? (record.unit === undefined ? [] : [record.unit]),
    );
    if (units.size === 0) for (const author of authors) units.add(homeOf(author) ?? '');
    for (const unit of units) if (unit !== '') tell(of(counted.units, unit), happened);
  }
  return counted;
}

function tell(counts: Counts, moments: readonly Moment[]): void {
  const once = (is: string) => (moments.some((moment) => moment.is === is) ? 1 : 0);
  counts.submitted += once('submitted');
  counts.compiled += once('compiled');
  counts.assigned += Math.max(once('assigned'), once('passed-on'));
  counts.answered += once('replied');
  for (const moment of moments) {
    if (moment.is === 'taken-up') counts.takenUp += 1;
    if (moment.is === 'instructed') counts.instructed += 1;
    if (moment.is === 'adopted') raise(counts.adopted, String(moment['level'] ?? ''));
    if (moment.is === 'replied') raise(counts.results, String(moment['result'] ?? ''));
    if (moment.is === 'rated') {
      counts.rated += 1;
      // A form that came back without an answer is none of the satisfied.
      const { satisfaction = null } = moment;
      if (satisfaction !== null && satisfaction !== '' && satisfaction !== 'dissatisfied')
        counts.satisfied += 1;
    }
  }
}
const raise = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);

function overall(
  { all, pieces, issues }: Counted,
  levelName: (level: string) => string,
  levels: readonly string[],
  language: Language,
): string[] {
  const adopted = levels.map((level) => ({ name: levelName(level), n: all.adopted.get(level) ?? 0 }));
  const result = (id: string) => all.results.get(id) ?? 0;
  const rate = all.rated === 0 ? null : points(all.satisfied).mul(100).div(all.rated).round(1).toString();
  if (language === 'en')
    return [
      `${all.submitted} reports were sent; ${all.compiled} were compiled into ${pieces.size} pieces in ${issues.size} issues. ` +
        `Adopted: ${adopted.map(({ name, n }) => `${name} ${n}`).join(', ') || '0'}. Taken up ${all.takenUp}, instructions ${all.instructed}.`,
      `${all.assigned} were assigned and ${all.answered} answered: solved ${result('solved')}, in progress ${result('in-progress')}, kept for reference ${result('for-reference')}` +
        `${rate === null ? '' : `; ${rate} % of ${all.rated} ratings satisfied`}.`,
    ];
  return [
    `共收到信息 ${all.submitted} 条,编报 ${all.compiled} 条,形成编发件 ${pieces.size} 件、${issues.size} 期。` +
      `采用:${adopted.map(({ name, n }) => `${name} ${n} 条`).join('、') || '0 条'};采纳 ${all.takenUp} 条次,批示 ${all.instructed} 条次。`,
    `交办 ${all.assigned} 件,办复 ${all.answered} 件:已解决 ${result('solved')} 件,正在解决 ${result('in-progress')} 件,留作参考 ${result('for-reference')} 件` +
      `${rate === null ? '' : `;收到满意度评价 ${all.rated} 份,满意率 ${rate}%`}。`,
  ];
}
