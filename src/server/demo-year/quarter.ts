import { addDays, type CivilDate } from '../../model/date.ts';
import type { DemoStory } from './story.ts';
import type { Story, Teller } from './teller.ts';

export interface Quarter {
  period: string;
  /** The number of the working day that its count begins on. */
  day: number;
}

/** The quarters that lie whole within these days and are over. */
export function quartersIn(days: readonly CivilDate[]): Quarter[] {
  const [first = ''] = days;
  const last = days.at(-1) ?? '';
  const year = Number(first.slice(0, 4));
  return [year, year + 1].flatMap((of) =>
    [1, 2, 3, 4].flatMap((quarter) => {
      const from = `${of}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
      const next = quarter === 4 ? `${of + 1}-01-01` : `${of}-${String(quarter * 3 + 1).padStart(2, '0')}-01`;
      if (addDays(first, -7) > from || last < next) return [];
      const day = days.findIndex((one) => one >= next) + 4;
      return [{ period: `${of}-Q${quarter}`, day }];
    }),
  );
}

/** Counted, checked by those it is about, approved, issued. In one of them somebody objects, and is answered. */
export async function* quarterStory(
  teller: Teller,
  story: DemoStory,
  { period, objector }: { period: string; objector: string | null },
): Story {
  const director = teller.who('office-director');
  const secretary = teller.who('secretary-general');
  const { kind, id } = await teller.begin(director, 'period', 'count', { period });
  const ref = { kind, id };
  yield 1;
  await teller.act(director, 'pass', ref);
  yield 2;
  if (objector !== null) {
    await teller.act(objector, 'object', ref, { objection: story.objection });
    yield 1;
    await teller.act(director, 'answer', ref, { answer: story.answer });
  }
  yield 2;
  await teller.act(director, 'pass', ref);
  yield 1;
  await teller.act(secretary, 'approve', ref);
  yield 1;
  await teller.act(secretary, 'issue', ref);
}
