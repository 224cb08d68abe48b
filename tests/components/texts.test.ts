import { expect, test } from 'vitest';
import { chinese as said } from '../../components/texts/chinese.ts';
import { en } from '../../components/texts/en.ts';
import { learn, says, teach, text } from '../../components/texts/texts.ts';
import { zh } from '../../components/texts/zh.ts';

const chinese: Record<string, string> = said;
const gapsOf = (words: string) => [...new Set([...words.matchAll(/\{(\w+)/g)].map(([, gap]) => gap))].sort();

test('English says what the Chinese says, gap for gap', () => {
  const wrong = Object.entries(en).filter(
    ([key, words]) =>
      gapsOf(words).join() !== gapsOf(chinese[key] ?? '').join() || /\p{Script=Han}/u.test(words),
  );
  expect(wrong).toEqual([]);
});

test('one thing and several are counted in words of their own', async () => {
  await learn('en');
  expect(text('en', 'problems', { n: 1 })).toBe('There is 1 thing to put right');
  expect(text('en', 'problems', { n: 3 })).toBe('There are 3 things to put right');
  expect(text('zh', 'problems', { n: 1 })).toBe('有 1 处需要改正');
});

test('a language of its own is spoken by its catalogue, and what it leaves out stays Chinese', async () => {
  says(zh);
  teach('bo', { retry: 'བསྐྱར་དུ་ཚོད་ལྟ།' });
  await learn('bo');
  expect(text('zh', 'retry')).toBe('བསྐྱར་དུ་ཚོད་ལྟ།');
  expect(text('zh', 'cancel')).toBe('取消');
  await learn('zh');
  expect(text('zh', 'retry')).toBe('重试');
});

test('a county’s own word takes the place of one, in the language it is given for', async () => {
  teach('zh', { formTitle: '我要说' });
  await learn('zh');
  expect(text('zh', 'formTitle')).toBe('我要说');
  await learn('en');
  expect(text('en', 'formTitle')).toBe(en.formTitle);
  await learn('zh');
});
