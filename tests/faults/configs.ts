import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { checkConfig } from '../../src/check/check.ts';
import { versionsOf } from '../../src/desk/versions.ts';
import { inForceOn } from '../../src/model/version.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { counter } from '../bench/measure.ts';
import { codeStrings, placesFor } from './code-strings.ts';
import { atLeast, none, within, type Figure } from './figures.ts';
import { hostileConfigs } from './hostile-configs.ts';
import { mutate } from './mutations.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const jsonIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'county.schema.json')
    .map((name) => read(`${folder}/${name}`));
const bases = { base: read('configs/base.json') };

const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** What became of many configs: each was refused with a place in it, or is right, and none took too long. */
async function judged(texts: Iterable<string>) {
  const store = memoryStore();
  const versions = versionsOf('huantai', store);
  const by = { by: 'admin', at: '2026-03-02T01:00:00.000Z' };
  const last = await versions.draft({ text: read('configs/huantai.json'), bases }, by);
  await versions.approve(last.number, by);
  await versions.publish(last.number, '2026-01-01', by);

  let [count, refused, valid, crashed, placeless, slowest] = [0, 0, 0, 0, 0, 0];
  const wrong: string[] = [];
  const once = (text: string) => {
    // Of the processor: the check waits for nothing, and a machine that is busy elsewhere is not its fault.
    const start = process.cpuUsage();
    const { mistakes, county } = checkConfig('huantai.json', text, (name) =>
      name === 'base' ? bases.base : null,
    );
    return { mistakes, county, took: spent(start) };
  };
  for (const text of texts) {
    count += 1;
    try {
      const { mistakes, county, ...first } = once(text);
      let { took } = first;
      // A check that hangs does so each time; one in which garbage was collected does not.
      for (let again = 0; again < 4 && took > 50; again += 1) took = Math.min(took, once(text).took);
      if (took > 250 && wrong.length < 5) wrong.push(`${Math.round(took)} ms: ${text.slice(0, 300)}`);
      slowest = Math.max(slowest, took);
      if (county) valid += 1;
      else if (mistakes.length > 0) refused += 1;
      else wrong.push(`refused and nothing said: ${text.slice(0, 300)}`);
      const placed = mistakes.every(
        ({ pointer, line, column, saying }) =>
          /^#(\/|$)/.test(pointer) && line > 0 && column > 0 && saying.zh !== '' && saying.en !== '',
      );
      if (!placed) placeless += 1;
    } catch (error) {
      crashed += 1;
      if (wrong.length < 5) wrong.push(`${String(error)}: ${text.slice(0, 300)}`);
    }
    // Offered as the next version now and then: what is refused there is kept nowhere.
    if (count % 50 === 0) await versions.draft({ text, bases }, by).catch(() => undefined);
  }
  const still = inForceOn(await store.configs('huantai'), '2026-03-02');
  return [
    { what: 'configs', value: count, holds: true },
    { what: 'refused, each with its places', value: refused, holds: true },
    { what: 'right', value: valid, holds: true },
    none('refused without a place or a sentence', placeless),
    none('crashed', crashed),
    within('slowest check, ms of the processor', slowest, 50),
    {
      what: 'the last good one is in force',
      value: String(still?.number),
      holds: still?.number === last.number,
    },
    ...wrong.map((what) => ({ what, value: 'wrong', holds: false })),
  ] satisfies Figure[];
}

/** Configs that are right or have one mistake, with one to five more. */
export function mutated(count: number): Promise<Figure[]> {
  const pick = counter(11);
  const sound = [...jsonIn('configs'), ...jsonIn('configs/schemes')];
  const readable = jsonIn('tests/fixtures/invalid-configs').filter((text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  });
  function* all() {
    for (let at = 0; at < count; at += 1) {
      const from = pick(2) === 0 ? sound : readable;
      yield mutate(from[pick(from.length)] ?? '', pick);
    }
  }
  return judged(all());
}

/** Those of the fixtures, each with one mistake, and those made to be hard on the check. */
export async function handMade(share = 1): Promise<Figure[]> {
  const all = [...jsonIn('tests/fixtures/invalid-configs'), ...hostileConfigs()];
  const figures = await judged(all.filter((_, at) => at % share === 0));
  return [...figures, atLeast('hand-made in all', all.length, 200)];
}

/** Strings that ran code where JSONPath is evaluated, in each place where a config is read, or every so many-th of them. */
export function codeInConfigs(share = 1): Figure[] {
  const paths = codeStrings('process.env.HURT="1"');
  const configs = paths
    .flatMap((text) => placesFor(text).map((config) => JSON.stringify(config)))
    .filter((_, at) => at % share === 0);
  const input = JSON.stringify({ configs, paths });
  return [['--disallow-code-generation-from-strings'], []].flatMap((flags) => {
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, 'tests/faults/code-strings.mjs'], {
      input,
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    const told = JSON.parse(stdout);
    const how = told.generates ? 'code from strings allowed' : 'code from strings forbidden';
    return [
      { what: `${how}: strings`, value: paths.length, holds: told.generates === (flags.length === 0) },
      { what: `${how}: configs refused with a place`, value: told.refused, holds: true },
      { what: `${how}: configs where it is plain text`, value: told.valid, holds: true },
      none(`${how}: neither`, configs.length - told.refused - told.valid),
      none(`${how}: decided past the check, missed`, paths.length - told.decided),
      none(`${how}: ran`, told.ran),
      none(`${how}: prototypes changed`, told.changed),
    ];
  });
}
