import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
import { civilDate } from '../../src/model/date.ts';
import type { County } from '../../src/county/county.ts';
import { blankThing } from '../../src/desk/change.ts';
import { GENESIS } from '../../src/desk/seal.ts';
import { makeStep, timersOf } from '../../src/desk/steps.ts';
import type { Store } from '../../src/store/port.ts';

/** Many reports that were handed in at one instant, kept a few hundred a transaction. */
export async function handIn(
  store: Store,
  county: County,
  many: number,
  at: string,
  stage = 'initial-check',
): Promise<void> {
  const on = civilDate(at, county.timeZone);
  let salts = 0;
  const ids = Array.from({ length: many }, (_, index) => `report-${index + 1}`);
  for (let from = 0; from < many; from += 500) {
    const steps = ids.slice(from, from + 500).map((id) =>
      makeStep(
        county,
        blankThing({ county: county.id, kind: 'report', id }, 'draft', county.version, at),
        {
          stage,
          fields: { title: `信息 ${id}`, situation: '情况', analysis: '分析', suggestion: '建议' },
          authors: [{ person: 'wang', part: 'sole' }],
          enteredBy: 'wang',
          moments: [{ is: 'submitted', on }],
        },
        { action: 'submit', actor: 'wang', onBehalf: null, at },
        GENESIS,
        new Set(['title', 'situation', 'analysis', 'suggestion']),
        () => `salt-${(salts += 1)}`,
      ),
    );
    await store.commit({ steps, scores: [], timers: timersOf(steps, () => county), messages: [], key: null });
  }
  await store.reach(county.id, 'report', many);
}

/** In the file itself: every report was acted on once, and everybody was told once. */
export function onceEach(file: Database, many: number): void {
  const number = (query: string) => file.prepare<[], number>(query).pluck().get();
  expect(number("select count(*) from log where json_extract(entry, '$.action') = 'tick'")).toBe(many);
  expect(number('select count(*) from log')).toBe(2 * many);
  expect(number("select count(distinct thing) from log where json_extract(entry, '$.action') = 'tick'")).toBe(
    many,
  );
  expect(number("select count(*) from outbox where recipient = 'wang'")).toBe(many);
  expect(number('select count(*) - count(distinct recipient || message) from outbox')).toBe(0);
  file.close();
}
