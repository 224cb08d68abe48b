import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference, type Run } from '../../components/parts/text-diff.ts';

const of = (runs: readonly Run[], ...is: Run['is'][]) =>
  runs
    .filter((run) => is.includes(run.is))
    .map(({ text }) => text)
    .join('');

test('whatever two texts are, what stays and goes is the one, what stays and comes the other', () => {
  const text = fc.string({ unit: fc.constantFrom('路', '灯', '不', '亮', '。', 'wifi', ' ', '\n', '😀') });
  fc.assert(
    fc.property(text, text, (was, now) => {
      const runs = difference(was, now);
      expect(of(runs, 'same', 'gone')).toBe(was);
      expect(of(runs, 'same', 'new')).toBe(now);
      if (was === now) expect(runs.every(({ is }) => is === 'same')).toBe(true);
    }),
  );
});

test('Chinese is told character by character, Latin words and numbers whole, and a lone character alike between two changes is no island', () => {
  expect(difference('城区三所小学门口拥堵。', '城区四所小学门口长期拥堵。')).toEqual([
    { is: 'same', text: '城区' },
    { is: 'gone', text: '三' },
    { is: 'new', text: '四' },
    { is: 'same', text: '所小学门口' },
    { is: 'new', text: '长期' },
    { is: 'same', text: '拥堵。' },
  ]);
  expect(difference('有 120 户', '有 125 户')).toContainEqual({ is: 'gone', text: '120' });
  expect(difference('甲的乙', '丙的丁')).toEqual([
    { is: 'gone', text: '甲的乙' },
    { is: 'new', text: '丙的丁' },
  ]);
});

test('long texts that share little are told sentence by sentence, and soon enough', () => {
  const long = (words: string) => Array.from({ length: 900 }, (_, at) => `${words}${at}。`).join('');
  const runs = difference(`${long('路灯')}末句。`, `${long('盲道')}末句。`);
  expect(runs.map(({ is }) => is)).toEqual(['gone', 'new', 'same']);
  expect(runs.at(-1)?.text).toMatch(/末句。$/);
});
