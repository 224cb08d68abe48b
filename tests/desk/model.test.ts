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
/** The first failure says enough; shrinking a walk takes minutes. */
const settings = { numRuns: 5, seed: 7, endOnFailure: true };

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
            walk.opening[what % walk.opening.length] ?? 'report',
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
});
