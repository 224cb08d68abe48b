import type { CountyConfig } from '../county/config.generated.ts';
import { creditOf, eachLine } from '../assessment/credit.ts';
import { readLedger } from '../assessment/ledger.ts';
import { decimalText } from '../assessment/points.ts';
import { score } from '../assessment/score.ts';
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
  const names = new Map(
    [ledgers.people, ledgers.units].flatMap((ledger) =>
      [...eachLine(ledger.lines)].map((line) => [line.id, line.name] as const),
    ),
  );
  return {
    credit: (record) =>
      (['people', 'units'] as const).flatMap((of) =>
        creditOf(record, ledgers[of], of).map(({ subject, line, clause, points, moment }) => ({
          subject,
          line,
          clause,
          points: decimalText(points),
          on: moment.on,
          moment: moment.is,
        })),
      ),
    lineName: (line) => names.get(line) ?? line,
    table: (records, period, of) => score({ ledger: ledgers[of], of, directory, records, period }),
  };
}
