import type { County, StageAction } from '../county/county.ts';
import type { Actor, Thing } from '../model/thing.ts';
import { mayTake, standInFor } from './permission.ts';
import { offered, proposalOf } from './offering.ts';
import { stageOf } from './view.ts';

/**
 * The action that a thing takes by itself where it has just come to: the stage says so, and whoever brought it here
 * would be the one to take it, in their own right and with nothing to be weighed. Only the first time it comes there,
 * so that what was sent back is looked at again. Null where somebody must decide.
 */
export function automaticAt(county: County, actor: Actor, thing: Thing): StageAction | null {
  const stage = stageOf(county, thing);
  const action = stage.sameActor === null ? undefined : stage.actions.get(stage.sameActor);
  if (!action || thing.path.includes(stage.id) || !offered(thing, action)) return null;
  if (action.instead !== null && proposalOf(thing, stage.actions.get(action.instead))) return null;
  const own = mayTake(county, actor, action, thing) === 'direct';
  return own && !standInFor(county, actor, action, thing, null) ? action : null;
}
