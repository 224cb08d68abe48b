import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText } from '../../src/similar/grams.ts';
import { invertedIndex } from '../../src/similar/inverted-index.ts';
import { sharedPhrases } from '../../src/similar/phrases.ts';
import { scoreOf } from '../../src/similar/score.ts';
import { stopListOf } from '../../src/similar/stop-list.ts';
import { runsOf } from '../../src/similar/tokens.ts';

const none = stopListOf([]);
const words = (text: string) => runsOf(text).map((run) => run.map(({ word }) => word));
/** Texts of few characters, so that they share much; blanks, punctuation and Latin words among them. */
const text = fc
  .array(fc.constantFrom('校', '门', '口', '拥', '堵', '路', ' ', ',', '\n', 'ETC ', 'bus', '5G', '𠮷'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const texts = fc.array(text, { minLength: 1, maxLength: 12 });

const indexOf = (all: readonly string[]) => {
  const index = invertedIndex();
  all.forEach((one, at) => index.put(`r-${at}`, readText(one, none).grams));
  return index;
};

test('Chinese is read character by character, other scripts word by word, whatever their width and case', () => {
  expect(words('城区ETC车道,5G基站\n拥堵')).toEqual([
    ['城', '区', 'etc', '车', '道'],
    ['5g', '基', '站'],
    ['拥', '堵'],
  ]);
  expect(words('校 门 口')).toEqual([['校', '门', '口']]);
  expect(words('Public Bus')).toEqual([['public', 'bus']]);
});

test('what is alike is so both ways, from 0 to 100', () => {
  fc.assert(
    fc.property(texts, text, text, (all, a, b) => {
      const { weight } = indexOf([...all, a, b]);
      const [one, other] = [readText(a, none).grams, readText(b, none).grams];
      const score = scoreOf(one, other, weight);
      expect(score).toBe(scoreOf(other, one, weight));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }),
  );
});

test('the same text is found before all others, and is 100', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (all, pick) => {
      const wanted = all[pick % all.length] ?? '';
      const { grams } = readText(wanted, none);
      fc.pre(grams.size > 0);
      const index = indexOf(all);
      const scores = index
        .nearest(grams, 5)
        .map((id) => scoreOf(grams, readText(all[Number(id.slice(2))] ?? '', none).grams, index.weight));
      expect(Math.max(...scores)).toBe(100);
      expect(index.nearest(grams, 1)).toHaveLength(1);
    }),
  );
});

test('a phrase that is told as shared is really there in both, and cannot be longer', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [readText(a, none), readText(b, none)];
      const last = [0, 0];
      for (const { here, there } of sharedPhrases(one, other)) {
        expect(words(a.slice(...here))).toEqual(words(b.slice(...there)));
        expect(words(a.slice(...here)).flat().length).toBeGreaterThanOrEqual(3);
        expect(here[0]).toBeGreaterThanOrEqual(last[1] ?? 0);
        last.splice(0, 2, ...here);
        const after = (runs: typeof one.runs, end: number) =>
          runs.flatMap((run) => run.filter((token, n) => n > 0 && run[n - 1]?.to === end)).at(0)?.word;
        const [next, beyond] = [after(one.runs, here[1]), after(other.runs, there[1])];
        if (next !== undefined) expect(next).not.toBe(beyond);
      }
    }),
  );
});

test('two texts share phrases exactly where they share three in a row', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [readText(a, none), readText(b, none)];
      const shares = [...one.grams].some((gram) => other.grams.has(gram));
      expect(sharedPhrases(one, other).length > 0).toBe(shares);
    }),
  );
});

test('what stands on the stop list neither counts nor is shown, and the list can be changed', () => {
  const [a, b] = ['关于进一步加强校园安全的建议', '关于进一步加强河道清理的建议'];
  const with_ = (phrases: string[]) => {
    const stop = stopListOf(phrases);
    const [one, other] = [readText(a, stop), readText(b, stop)];
    return {
      score: scoreOf(one.grams, other.grams, () => 1),
      shown: sharedPhrases(one, other).map(({ here }) => a.slice(...here)),
    };
  };
  expect(with_([]).shown).toEqual(['关于进一步加强', '的建议']);
  expect(with_([]).score).toBeGreaterThan(40);
  expect(with_(['关于', '进一步', '加强', '的建议'])).toEqual({ score: 0, shown: [] });
  expect(with_(['进一步', '进一步加强', '关于']).shown).toEqual(['的建议']);
});

test('phrases without end of one character are compared in no time', () => {
  const long = readText('啊'.repeat(20_000), none);
  const began = performance.now();
  expect(sharedPhrases(long, long)).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a rare phrase that is shared makes two more alike than one that everybody writes', () => {
  const common = '群众反映强烈要求解决';
  const index = indexOf([
    ...Array.from({ length: 50 }, (_, n) => `${common},第${n}号事项各不相同之处${n}甲乙`),
    '湿地候鸟投喂点管护,另有其事',
  ]);
  const grams = (words: string) => readText(words, none).grams;
  const asked = grams(`${common},湿地候鸟投喂点管护`);
  expect(index.nearest(asked, 1)).toEqual(['r-50']);
});

test('what was changed is found by its new words alone, and what was dropped not at all', () => {
  const index = indexOf(['东环路路灯不亮', '西环路积水严重']);
  const find = (words: string) => index.nearest(readText(words, none).grams, 5);
  index.put('r-0', readText('南河公园缺少座椅', none).grams);
  expect([find('东环路路灯不亮'), find('公园缺少座椅')]).toEqual([[], ['r-0']]);
  index.drop('r-0');
  expect([find('公园缺少座椅'), index.size]).toEqual([[], 1]);
});
