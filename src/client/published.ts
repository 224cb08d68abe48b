import type { PublicStatus } from '../model/published.ts';
import { pathOf, type ThingKind } from '../model/thing.ts';

/** What a county publishes of a thing: read by anybody, with a login or without. */
export async function publishedTo(
  { ask }: { ask: (path: string) => Promise<Response> },
  kind: ThingKind,
  id: string,
): Promise<PublicStatus> {
  return (await ask(`/public/${pathOf(kind)}/${encodeURIComponent(id)}?as=json`)).json();
}
