import type { SimilarReports } from '../model/similar.ts';
import { pathOf } from '../model/thing.ts';

/** Reports that say much the same, of those that one may read. */
export async function similarTo(
  { ask }: { ask: (path: string) => Promise<Response> },
  kind: 'report' | 'lead',
  id: string,
): Promise<SimilarReports> {
  return (await ask(`/${pathOf(kind)}/${encodeURIComponent(id)}/similar`)).json();
}
