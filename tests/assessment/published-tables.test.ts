import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { countFile, readConfig } from '../../src/cli/tally.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function tableOf(name: string, period: string) {
  const config = await readConfig(at(`configs/schemes/${name}.json`));
  const { table } = await countFile(config, at(`examples/records/${name}.ndjson`), { period });
  return Object.fromEntries(table.subjects.map((subject) => [subject.name, subject.points]));
}

test('T2: the streets of Huolinguole, January and February 2018', async () => {
  expect(await tableOf('t2', '2018-01/2018-02')).toEqual({
    达来胡硕苏木: '5',
    沙尔呼热街道: '15',
    莫斯台街道: '5',
    宝日呼吉尔街道: '10',
    珠斯花街道: '25',
  });
});

test('T3: September 2016 and the year so far; an earlier piece used now counts now', async () => {
  expect(await tableOf('t3', '2016-09')).toEqual({
    森林公安处: '8',
    '监察(审计)科': '8',
    工会共青团: '16',
    城乡绿化科: '3',
  });
  expect(await tableOf('t3', '2016-01/2016-09')).toEqual({
    森林公安处: '28',
    '监察(审计)科': '36',
    工会共青团: '48',
    城乡绿化科: '91',
  });
});
