import { readLedger } from '../assessment/ledger.ts';
import { recordCheck } from '../assessment/record-problem.ts';
import { twice, unknownSubject } from '../assessment/score.ts';
import { Register } from '../assessment/subject.ts';
import type { CivilDate } from '../model/date.ts';
import type { Directory, ScoreRecord } from '../model/record.ts';
import type { Language } from '../model/text.ts';
import { printNotes } from './print.ts';
import { eachRecord, emptyNotes, type Configured } from './tally.ts';

type Side = 'people' | 'units';

/** Every record of a file up to a day, as they are counted one by one; what is wrong with any stops all of it. */
export async function recordsIn(
  configured: Configured,
  file: string,
  { on, sides, language }: { on: CivilDate; sides: ReadonlySet<Side>; language: Language },
): Promise<ScoreRecord[]> {
  const problemOf = recordCheck(readLedger(configured.config.method ?? {}, { lines: [] }), on);
  const stands = standsIn(configured.directory, sides);
  const records: ScoreRecord[] = [];
  const count = await eachRecord(file, (record) => {
    const problem = problemOf(record);
    if (problem) return problem;
    stands(record);
    records.push(record);
    return null;
  });
  printNotes(emptyNotes(configured, file, count), language);
  return records;
}

/** Whoever a record names must be in the directory, and no record may come twice, as when points are counted. */
function standsIn(directory: Directory, sides: ReadonlySet<Side>): (record: ScoreRecord) => void {
  const register = new Register(directory);
  const seen = new Set<string>();
  return (record) => {
    if (seen.has(record.id)) throw twice(record);
    seen.add(record.id);
    const units = record.units?.map(({ id }) => id) ?? (record.unit === undefined ? [] : [record.unit]);
    for (const [of, ids] of [
      ['people', (record.authors ?? []).map(({ id }) => id)],
      ['units', units],
    ] as const)
      for (const id of sides.has(of) ? ids : [])
        if (!register.has(of, id)) throw unknownSubject(record, id, of);
  };
}
