import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transition } from 'xstate';
import { verbs } from '../../src/model/verb.ts';
import { machineOf, nextStage } from '../../src/workflow/machine.ts';
import { countyOf } from '../county.ts';

test.each(['base', 'huantai', 'ningshan', 'capital'])(
  'in %s an action leads where XState’s own transition of the machine leads, or nowhere where it can’t',
  (name) => {
    const { county } = countyOf(name);
    const rules = [...county.rules.keys()];
    let [moved, stayed] = [0, 0];
    for (const flow of county.flows.values()) {
      const machine = machineOf(flow);
      const stages = [...flow.stages.keys()];
      const stage = fc.constantFrom(...stages);
      fc.assert(
        fc.property(
          stage,
          fc.option(stage),
          fc.option(stage),
          fc.option(fc.constantFrom('open' as const, 'reached' as const, 'failed' as const)),
          fc.subarray(rules),
          (from, back, goal, outcome, fired) => {
            const decisions = Object.fromEntries(
              fired.map((rule) => [rule, { rule, fired: true, reasons: [] }]),
            );
            const context = { decisions, back, goal, outcome };
            for (const type of verbs) {
              const before = machine.resolveState({ value: from, context });
              const possible = before.can({ type });
              const [after] = transition(machine, before, { type });
              const to = nextStage(flow, from, type, context);
              expect(to).toBe(possible ? after.value : null);
              if (to === null) stayed += 1;
              else moved += 1;
            }
          },
        ),
        { numRuns: 40 },
      );
    }
    expect([moved > 100, stayed > 100]).toEqual([true, true]);
  },
);
