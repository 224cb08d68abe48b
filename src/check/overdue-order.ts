import type { CountyConfig } from '../county/config.generated.ts';
import type { ThingKind } from '../model/thing.ts';
import type { Report } from './known.ts';

type RawStage = NonNullable<NonNullable<CountyConfig['flows']>['report']>['stages'][number];
type Step = NonNullable<RawStage['overdue']>[number];

/** How far from the due date a step is, where it says so in days of one kind. */
function offsetOf(step: Step): { count: number; working: boolean } | null {
  if (step.after === 'step' || step.workingHours !== undefined) return null;
  return step.workingDays === undefined
    ? { count: step.days ?? 1, working: false }
    : { count: step.workingDays, working: true };
}

/** Whether a step would wait for one that comes later than it, whatever the calendar; or is that one again. */
function waitsInVain(before: Step, step: Step): boolean {
  if (step.after === 'step') return (step.workingDays ?? step.days ?? step.workingHours ?? 1) < 0;
  const [first, then] = [offsetOf(before), offsetOf(step)];
  if (!first || !then) return false;
  if (first.working === then.working)
    return then.count < first.count || (then.count === first.count && step.do === before.do);
  // So many working days take as many days at least.
  if (first.count >= 0 && then.count < 0) return true;
  return first.working && first.count > 0 && then.count < first.count;
}

/** Steps of the clock are taken in the order written: one that is out of order would come late, together with another. */
export function checkOverdueOrder(config: CountyConfig, kind: ThingKind, report: Report): void {
  for (const [index, { id, overdue = [] }] of (config.flows?.[kind]?.stages ?? []).entries())
    for (const [at, step] of overdue.entries()) {
      const before = overdue[at - 1];
      if (!before || !waitsInVain(before, step)) continue;
      report(['flows', kind, 'stages', index, 'overdue', at], 'overdue-order', {
        zh: `环节“${id}”的这一步(${step.do})不晚于它前面的一步(${before.do}),而各步依次进行,它会误期或重复。请按日子先后写,或删去一步。`,
        en: `This step of the stage "${id}" (${step.do}) comes no later than the one before it (${before.do}); steps are taken in their order, so it would be late or twice. Write them by their days, or remove one.`,
      });
    }
}
