import type { CountyConfig } from '../county/config.generated.ts';
import { bulletinPaper, ledgersOf } from '../assessment/bulletin-paper.ts';
import { counted, type Counted } from '../assessment/counted.ts';
import { creditOf, eachLine, onLines, payingOf, type Paying } from '../assessment/credit.ts';
import { readLedger, type Ledger } from '../assessment/ledger.ts';
import { kindOf, parsePeriod, periodBefore } from '../assessment/period.ts';
import { decimalText } from '../assessment/points.ts';
import { quotaProgress, quotaProgressIn, readQuota } from '../assessment/quota.ts';
import { score } from '../assessment/score.ts';
import { Register } from '../assessment/subject.ts';
import { addDays, type CivilDate } from '../model/date.ts';
import type { Directory, ScoreRecord } from '../model/record.ts';
import type { Scoring } from './scoring.ts';

/** A config as it was published. */
export interface Published {
  /** The version's number. */
  version: string;
  from: CivilDate;
  config: CountyConfig;
}

const sides = ['people', 'units'] as const;
type Side = (typeof sides)[number];

/** One published method, read when it is first asked for. */
class Method {
  private readonly ledgers = new Map<Side, Ledger>();
  private readonly payings = new Map<Side, Paying>();

  constructor(
    readonly published: Published,
    /** Its last day. */
    readonly until: CivilDate,
  ) {}

  get raw() {
    return this.published.config.method ?? {};
  }
  ledger(of: Side): Ledger {
    const known = this.ledgers.get(of);
    if (known) return known;
    const ledger = readLedger(this.raw, this.raw[of] ?? { lines: [] });
    this.ledgers.set(of, ledger);
    return ledger;
  }
  paying(of: Side): Paying {
    const known = this.payings.get(of) ?? payingOf(onLines(this.ledger(of).lines));
    this.payings.set(of, known);
    return known;
  }
  quotas() {
    return (this.published.config.quotas ?? []).map((quota) => readQuota(quota, this.raw));
  }
  holds(on: CivilDate): boolean {
    return this.published.from <= on && on <= this.until;
  }
}

/**
 * The county's method as the desk uses it; a county without one counts nothing. `published` are all versions that were
 * ever in force, the earliest first: a moment is paid by the one in force on its day, a figure by the one in force when
 * its window ends.
 */
export function methodScoring(
  config: CountyConfig,
  directory: Directory,
  published: readonly Published[] = [{ version: config.version ?? '1', from: '', config }],
): Scoring {
  const methods = published.map(
    (one, index) => new Method(one, dayBefore(published[index + 1]?.from) ?? '9999-12-31'),
  );
  const register = new Register(directory);
  const newest = methods.at(-1) ?? new Method({ version: '1', from: '', config }, '9999-12-31');
  const calendar = () => newest.ledger('people').calendar;
  const at = (on: CivilDate) => methods.find((method) => method.holds(on)) ?? methods[0] ?? newest;
  const earlierThan = (method: Method, of: Side) =>
    methods
      .slice(0, methods.indexOf(method))
      .filter(({ published: { from }, until }) => from <= until)
      .map((one) => ({ ledger: one.ledger(of), until: one.until }));
  const names = () =>
    new Map(
      methods.flatMap((method) =>
        sides.flatMap((of) =>
          [...eachLine(method.ledger(of).lines)].map((line) => [line.id, line.name] as const),
        ),
      ),
    );
  let known: ReturnType<typeof names> | null = null;
  const quotasOn = (records: ScoreRecord[], on: CivilDate) => {
    const method = at(on);
    return method
      .quotas()
      .flatMap((quota) => quotaProgress({ quota, method: method.raw, directory, records, on }));
  };

  return {
    config,
    credit: (record, related = []) =>
      methods.flatMap((method) =>
        sides.flatMap((of) => {
          const paying = method.paying(of);
          // Every step comes by here, and most counties pay one side only.
          if (paying.size === 0) return [];
          const crediting = { ledger: method.ledger(of), of, register };
          return ownOf(record, [...counted(crediting, [record, ...related])])
            .flatMap((one) => creditOf(crediting, one, paying))
            .filter(({ moment }) => method.holds(moment.on))
            .map(({ subject, line, clause, points, moment }) => ({
              subject,
              line,
              clause,
              points: decimalText(points),
              on: moment.on,
              moment: moment.is,
            }));
        }),
      ),
    lineName: (line) => (known ??= names()).get(line) ?? line,
    table(records, period, of, { asOf, version } = {}) {
      const { to } = parsePeriod(period, calendar());
      const named = version === undefined ? null : methods.find(({ published: p }) => p.version === version);
      const method = named ?? at(asOf !== undefined && asOf < to ? asOf : to);
      return score({
        ledger: method.ledger(of),
        of,
        directory,
        records,
        period,
        ...(asOf === undefined ? {} : { asOf }),
        ...(named ? {} : { earlier: earlierThan(method, of) }),
      });
    },
    daysOf: (period) => parsePeriod(period, calendar()),
    periodBefore(period) {
      const kind = kindOf(period);
      // Sessions have a first one, and a span from–to has none before it.
      if (kind === null || kind === 'session' || kind === 'term') return null;
      return periodBefore(parsePeriod(period, calendar()), calendar()).id;
    },
    paper(county, counted, before, records) {
      const period = parsePeriod(counted.period, calendar());
      const { config: its } = at(period.to).published;
      return bulletinPaper(
        {
          title: county.bulletin.title,
          county: county.name,
          period,
          tables: counted,
          ledgers: ledgersOf(its.method),
          before,
          records,
          quotas: at(period.to)
            .quotas()
            .flatMap((quota) =>
              quotaProgressIn({ quota, method: at(period.to).raw, directory, records, period }),
            ),
          corrections: counted.corrections,
          levels: new Map((its.lists?.['levels'] ?? []).map(({ id, label }) => [id, label])),
          homeOf: (person) => register.home(person, period.to),
        },
        'zh',
      );
    },
    quotas: quotasOn,
  };
}

/** What of the records that are counted is this one's: itself, unless another earns in its place, and what it shares. */
function ownOf({ id }: ScoreRecord, records: readonly Counted[]): Counted[] {
  return records.filter((one) => (one.id === id && !one.instead) || one.id.startsWith(`${id}+`));
}

function dayBefore(from: CivilDate | undefined): CivilDate | undefined {
  return from === undefined ? undefined : addDays(from, -1);
}
