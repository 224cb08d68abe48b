import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { readDecimal } from './decimal.ts';
import type { RawGrade } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { points, zero, type Points } from './points.ts';

export interface Grade {
  id: string;
  name: Text;
  /** Null where it is open below. */
  from: Points | null;
  /** The upper bound, where one is written, and whether it belongs to the grade. */
  to: { at: Points; within: boolean } | null;
  when: Reading<boolean>;
}

/** Reads the bands, the highest first, and says where two overlap or leave a total without a grade. */
export function readGrades(raw: readonly RawGrade[], place: Place, decimals: number): Grade[] {
  const grades = raw
    .map((grade, index) => {
      const here = { ...place, line: grade.id, pointer: `/grades/${index}` };
      if (grade.to !== undefined && grade.below !== undefined)
        place.report(`${here.pointer}/to`, 'unread-key', 'to', null, ['id', 'name', 'from', 'below', 'when']);
      const bound = grade.below ?? grade.to;
      const at = bound === undefined ? null : readDecimal(here, 'to', bound, zero);
      return {
        id: grade.id,
        name: grade.name,
        from: grade.from === undefined ? null : readDecimal(here, 'from', grade.from, zero),
        to: at && { at, within: grade.below === undefined },
        when: readTest(here, grade.when),
        pointer: here.pointer,
      };
    })
    .sort((a, b) => (b.from && a.from ? b.from.compare(a.from) : a.from === b.from ? 0 : a.from ? -1 : 1));
  const step = points(decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`);
  grades.forEach((grade, index) => {
    const above = grades[index - 1];
    if (!above) return;
    // Two that are open below are the same from there on.
    if (above.from === null) return place.report(grade.pointer, 'bands-overlap', above.id);
    const same = grade.from?.equals(above.from) ?? false;
    const over = grade.to ? grade.to.at.compare(above.from) : -1;
    if (same || over > 0 || (over === 0 && grade.to?.within))
      place.report(grade.pointer, 'bands-overlap', above.id);
    else if (grade.to && over < 0) {
      // 60–84 and from 85 leave 84.5 without a grade wherever points have decimals.
      const first = grade.to.within ? grade.to.at.add(step) : grade.to.at;
      if (first.compare(above.from) < 0) place.report(grade.pointer, 'bands-gap', above.id);
    }
  });
  return grades.map(({ pointer: _, ...grade }) => grade);
}

/** The band a total falls in; where what it needs besides is not had, the next lower one whose needs are. */
export function gradeOf(
  grades: readonly Grade[],
  total: Points,
  facts: (names: readonly string[]) => Facts,
): Grade | null {
  const at = grades.findIndex(
    ({ from, to }) =>
      (!from || total.compare(from) >= 0) &&
      (!to || total.compare(to.at) < 0 || (to.within && total.equals(to.at))),
  );
  return at < 0 ? null : (grades.slice(at).find(({ when }) => when.of(facts(when.reads))) ?? null);
}
