import { similarTo } from '../../src/client/similar-to.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { CountyContext } from './context.ts';
import type { SimilarView } from './similar.ts';

/** What is like a thing that could be put together with another report by whoever has it open. */
export function askAlike(similar: SimilarView, county: CountyContext | null, view: ThingView): void {
  const { kind, id, version, actions } = view;
  const takes = actions.some((action) => action.takes === 'report');
  if (!county || !takes || (kind !== 'report' && kind !== 'lead')) return similar.clear();
  const of = kind === 'lead' ? 'lead' : 'report';
  void similar.ask(`${id}/${version}`, () => similarTo(county.client, of, id));
}
