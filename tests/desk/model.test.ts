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
          const at =
            on % (walk.things.length + 4) < walk.things.length ? on % (walk.things.length + 4) : null;
          const kind = walk.opening[what % walk.opening.length] ?? 'report';
          const offer = await walk.offer(walk.people[who % walk.people.length] ?? '', at, kind);
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

/** What leads a thing on, through the words that no county uses all of. */
const onward = new Set<string>([
  'submit',
  'pass',
  'pass-on',
  'return',
  'oppose',
  'abstain',
  'add-signer',
  'remove-signer',
  'send-back',
  'sign-for',
]);

test('where everything of the flow is used at once, with days going by, the same holds', async () => {
  const met = new Map<string, number>();
  const meet = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 90, maxLength: 90, size: 'max' }), async (moves) => {
      const file = join(folder, `everything-${(files += 1)}.db`);
      const office = await officeOf('tests/fixtures/everything', [
        memoryStore(),
        await sqliteStore({ file }),
      ]);
      const walk = walkIn(office);
      const people = walk.people.filter((id) => !id.includes('admin'));
      for (const { who, on, what, pick, stray } of moves) {
        const at = on % (walk.things.length + 1) < walk.things.length ? on % (walk.things.length + 1) : null;
        for (let next = 0; next < people.length; next += 1) {
          const person = people[(who + next) % people.length] ?? '';
          const offer = await walk.offer(person, at, 'report');
          const actions = offer.actions.filter(({ action }) => onward.has(action));
          const action = actions[what % Math.max(1, actions.length)];
          if (stray && next === 0) await walk.stray(offer, verbs[what % verbs.length] ?? 'pass');
          if (!action) continue;
          const view = await walk.attempt(offer, action, pick);
          if (offer.view?.notices.some((said) => said.includes('直接送回'))) meet(`resumes ${action.action}`);
          for (const entry of view?.history.slice(offer.view?.version ?? 0) ?? []) {
            meet(offer.stage === 'sign-off' ? 'at the signing' : entry.action);
            if (entry.automatic) meet('automatic');
            if (entry.standIn) meet('in place');
            if (entry.skipped.length > 0) meet('skipped');
          }
          break;
        }
        if (pick % 4 === 0 && (await walk.wait(1 + (pick % 3))) > 0) meet('by the clock');
      }
      for (const desk of office.desks) expect((await desk.verifyLog()).difference).toBeNull();
    }),
    { ...settings, numRuns: 2 },
  );
  const rarer = ['automatic', 'in place', 'skipped', 'at the signing', 'sign-for', 'by the clock'];
  expect([...met.keys()]).toEqual(expect.arrayContaining(rarer));
}, 30_000);
