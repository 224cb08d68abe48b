import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { tellYear } from '../../src/server/demo-year.ts';
import { actorIn } from '../../src/server/host.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';

async function year() {
  const { county, config } = countyOf('huantai');
  const directory = demoDirectory(county);
  const store = memoryStore();
  let salts = 0;
  const desk = createDesk({
    county,
    directory,
    store,
    scoring: methodScoring(config, directory),
    newSalt: () => `salt-${(salts += 1)}`,
  });
  const host = { county, directory, desk, store };
  const story = JSON.parse(
    readFileSync(new URL('../../examples/demo/huantai.json', import.meta.url), 'utf8'),
  );
  await tellYear(host, story, '2026-11-24', () => {});
  const director = actorIn(host, 'huantai-office-director', '2026-11-24T01:00:00Z');
  if (!director) throw new Error('the demo directory has no office director');
  return {
    people: await desk.scores('2026', 'people', director, '2026-11-24T01:00:00Z'),
    units: await desk.scores('2026', 'units', director, '2026-11-24T01:00:00Z'),
    store,
  };
}

test('the demo year is told by the desk, over every sector, and the same each time', async () => {
  const [first, second] = [await year(), await year()];
  expect(first.people).toEqual(second.people);
  const authors = first.people.subjects.filter((subject) => subject.id.includes('-author-'));
  expect(authors).toHaveLength(60);
  expect(authors.filter((author) => author.points !== '0').length).toBeGreaterThan(40);
  expect(authors.some((author) => author.lines.length === 0)).toBe(true);
  const sectors = first.units.subjects.filter((subject) => subject.kind === 'sector');
  expect(sectors).toHaveLength(15);
  expect(sectors.every((sector) => sector.points !== '0')).toBe(true);
  let reports = 0;
  for await (const _row of first.store.all('huantai', 'report')) reports += 1;
  expect(reports).toBe(260);
});
