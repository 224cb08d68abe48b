import type { ThingKind } from '../model/thing.ts';
import type { FlowMap, MapQuery } from './index.ts';

/** A flow as a laid-out map. */
export async function mapOf(
  { ask }: { ask: (path: string) => Promise<Response> },
  kind: ThingKind,
  { visited = [], skipped = [], ...of }: MapQuery = {},
): Promise<FlowMap> {
  const asked = { ...of, visited: visited.join(','), skipped: skipped.join(',') };
  return (await ask(`/flows/${kind}/map?${new URLSearchParams(asked)}`)).json();
}
