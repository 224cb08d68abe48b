import type { County } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { Thing } from '../model/thing.ts';
import { goesBack } from '../workflow/machine.ts';
import type { Change } from './change.ts';
import { stageOf } from './view.ts';

/** What arriving at a stage entails, by the kind of the stage. */
export function arrival(county: County, thing: Thing, stage: string, on: CivilDate, change: Change): Change {
  const to = county.flows.get(thing.kind)?.stages.get(stage);
  const kind = to?.kind;
  const first = (is: string) => !thing.moments.some((moment) => moment.is === is);
  const passed = kind === 'compile' && thing.kind === 'report' && first('forwarded');
  const again = kind === 'handling' && stageOf(county, thing).kind === 'follow-up';
  return {
    stage,
    ...(passed ? { moments: [...(change.moments ?? []), { is: 'forwarded', on }] } : {}),
    ...(again ? { round: thing.round + 1 } : {}),
    ...(thing.back === stage ? { back: null } : {}),
    // However it came to where one revises, it goes back to where it came from.
    ...(change.back === undefined && thing.back !== stage && goesBack(to) ? { back: thing.stage } : {}),
  };
}
