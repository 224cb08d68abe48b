import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryHash, GENESIS } from '../../src/desk/seal.ts';

it('a log entry is hashed over its canonical JSON (RFC 8785), whatever stands in its change', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      (value, fields) => {
        const entry = {
          county: 'ningshan',
          kind: 'report' as const,
          id: 'report-1',
          sequence: 1,
          action: 'submit' as const,
          actor: '张三',
          onBehalf: null,
          on: '2026-01-01',
          at: '2026-01-01T00:00:00.000Z',
          configVersion: '1',
          change: { value, fields, none: undefined },
          previous: GENESIS,
        };
        const text = canonicalize(entry) ?? '';
        expect(entryHash(entry)).toBe(createHash('sha256').update(text).digest('hex'));
      },
    ),
    { numRuns: 2000 },
  );
});

it('what has no JSON is not hashed in silence', () => {
  const entry = { change: { points: NaN } };
  expect(() => entryHash(Object.assign(Object.create(null), entry))).toThrow(/NaN/);
});
