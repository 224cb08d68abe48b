import type { CountyConfig } from '../county/config.generated.ts';
import { creditOf, eachLine, onLines } from '../assessment/credit.ts';
import { readLedger, type Ledger } from '../assessment/ledger.ts';
import { bulletinPaper } from '../assessment/bulletin-paper.ts';
import { kindOf, parsePeriod, periodBefore } from '../assessment/period.ts';
import { decimalText } from '../assessment/points.ts';
import { quotaProgress, readQuota } from '../assessment/quota.ts';
import { score } from '../assessment/score.ts';
import { Register } from '../assessment/subject.ts';
import type { Directory } from '../model/record.ts';
import type { Scoring } from './scoring.ts';

/** The county's method as the desk uses it; a county without one counts nothing. */
export function methodScoring(config: CountyConfig, directory: Directory): Scoring {
  const method = config.method ?? {};
  const empty = { lines: [] };
  const ledgers = {
    people: readLedger(method, method.people ?? empty),
    units: readLedger(method, method.units ?? empty),
  };
  const register = new Register(directory);
  const lines = { people: onLines(ledgers.people.lines), units: onLines(ledgers.units.lines) };
  const quotas = (config.quotas ?? []).map((quota) => readQuota(quota, method));
  const names = new Map(
    [ledgers.people, ledgers.units].flatMap((ledger) =>
      [...eachLine(ledger.lines)].map((line) => [line.id, line.name] as const),
    ),
  );
  const crediting = (
    of: 'people' | 'units',
  ): { ledger: Ledger; of: 'people' | 'units'; register: Register } => ({
    ledger: ledgers[of],
    of,
    register,
  });
  return {
    credit: (record) =>
      (['people', 'units'] as const).flatMap((of) =>
        creditOf(crediting(of), record, lines[of]).map(({ subject, line, clause, points, moment }) => ({
          subject,
          line,
          clause,
          points: decimalText(points),
          on: moment.on,
          moment: moment.is,
        })),
      ),
    lineName: (line) => names.get(line) ?? line,
    table: (records, period, of, asOf) =>
      score({ ledger: ledgers[of], of, directory, records, period, ...(asOf ? { asOf } : {}) }),
    lastDay: (period) => parsePeriod(period, ledgers.people.calendar).to,
    periodBefore(period) {
      const kind = kindOf(period);
      // Sessions have a first one, and a span from–to has none before it.
      if (kind === null || kind === 'session' || kind === 'term') return null;
      const { calendar } = ledgers.people;
      return periodBefore(parsePeriod(period, calendar), calendar).id;
    },
    paper(county, counted, before, records) {
      const period = parsePeriod(counted.period, ledgers.people.calendar);
      return bulletinPaper(
        {
          title: county.bulletin.title,
          county: county.name,
          period,
          tables: counted,
          before,
          records,
          quotas: quotas.flatMap((quota) =>
            quotaProgress({ quota, method, directory, records, on: period.to }),
          ),
          corrections: counted.corrections,
          levels: new Map((config.lists?.['levels'] ?? []).map(({ id, label }) => [id, label])),
          homeOf: (person) => register.home(person, period.to),
        },
        'zh',
      );
    },
    quotas: (records, on) =>
      quotas.flatMap((quota) => quotaProgress({ quota, method, directory, records, on })),
  };
}
