import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verbs } from '../../src/model/verb.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { officeOf, walkIn } from './walking.ts';

const configs = ['base', 'capital', 'huantai', 'ningshan', 'shuangyashan', 'yulin', 'zhenyuan'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-model-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const move = fc.record({
  who: fc.nat(1000),
  on: fc.nat(1000),
  what: fc.nat(1000),
  pick: fc.nat(1000),
  stray: fc.boolean(),
});
/** Many more than are needed are never worth the shrinking: the first failure says enough. */
const settings = { numRuns: 5, seed: 7, endOnFailure: true };

/** What leads off the way; taken where it is still wanted, else the walk comes to nothing. */
const leading = new Set<string>([
  'withdraw',
  'not-use',
  'reserve',
  'merge',
  'pass-on',
  'close',
  'join',
  'recuse',
  'jump',
  'terminate',
  'purge',
  'return',
  'decline',
  'send-back',
  'archive',
]);

describe.each(configs)('%s', (name) => {
  let files = 0;
  test('random people do random things: both stores agree, what is offered is what is accepted, the log rebuilds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 60, maxLength: 120, size: 'max' }), async (moves) => {
        const file = join(folder, `${name}-${(files += 1)}.db`);
        const office = await officeOf(name, [memoryStore(), await sqliteStore({ file })]);
        const walk = walkIn(office);
        for (const { who, on, what, pick, stray } of moves) {
          const offer = await walk.offer(
            walk.people[who % walk.people.length] ?? '',
            on % (walk.things.length + 4) < walk.things.length ? on % (walk.things.length + 4) : null,
            walk.opening[what % 4] ?? 'report',
          );
          const action = offer.actions[what % Math.max(1, offer.actions.length)];
          if (stray) await walk.stray(offer, verbs[what % verbs.length] ?? 'pass');
          else if (action) await walk.attempt(offer, action, pick);
        }
        for (const desk of office.desks) expect((await desk.verifyLog()).difference).toBeNull();
      }),
      settings,
    );
  });

  test('every action of every stage is taken by every post that it is for', async () => {
    const office = await officeOf(name, [memoryStore()]);
    const walk = walkIn(office);
    const pairs = Object.entries(office.config.flows ?? {}).flatMap(([kind, flow]) =>
      flow.stages.flatMap((stage) =>
        Object.entries(stage.actions ?? {}).flatMap(([verb, action]) =>
          (action.by ?? stage.by ?? []).map((post) => `${kind} ${stage.id} ${verb} ${walk.holderOf(post)}`),
        ),
      ),
    );
    const missing = () => pairs.filter((pair) => !walk.done.has(pair));
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % Math.max(1, below);
    // A few things of every stage at a time, and new ones besides.
    for (let round = 0; round < 300 && missing().length > 0; round += 1) {
      const left = new Set(missing());
      for (const on of [...walk.standing(3, random), null])
        for (const who of walk.people) {
          const offer = await walk.offer(who, on, walk.opening[random(4)] ?? 'report');
          const wanted = offer.actions.filter((one) => left.has(walk.pairOf(offer, one)));
          const onward = offer.actions.filter(({ action }) => !leading.has(action) || random(15) === 0);
          const among = wanted.length > 0 ? wanted : on === null || random(3) === 0 ? onward : [];
          const action = among[random(among.length)];
          if (action && (await walk.attempt(offer, action, random(1000))))
            left.delete(walk.pairOf(offer, action));
        }
    }
    console.log(name, walk.things.length, pairs.length, missing().join('\n'));
  }, 200_000);
});
