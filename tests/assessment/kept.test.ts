import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordIds } from '../../src/assessment/kept.ts';

const id = fc.oneof(
  fc.tuple(fc.constantFrom('report-', 'a', 'a0', ''), fc.constantFrom('', '0', '00', '1', '01', '10', '007')),
  fc.tuple(fc.constantFrom('x', '情'), fc.constantFrom('9999999', '12345678', '012345678', '1-2', '３')),
);

describe('the ids of records', () => {
  it('are each taken once, however alike they are, and are free again when forgotten', () => {
    const act = fc.record({ act: fc.constantFrom('admit', 'forget'), id: id.map((parts) => parts.join('')) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const ids = new RecordIds();
        const known = new Map<string, number>();
        let next = 0;
        for (const { act, id } of acts)
          if (act === 'admit') {
            const there = known.has(id);
            expect(ids.admit(id)).toBe(there ? null : next);
            if (!there) known.set(id, next++);
            expect(ids.name(known.get(id) ?? -1)).toBe(id);
          } else {
            expect(ids.forget(id)).toBe(known.get(id) ?? null);
            known.delete(id);
          }
      }),
      { numRuns: 2000 },
    );
  });
});
