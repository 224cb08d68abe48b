import type { ScoreTable } from '../model/record.ts';

/** A period's table of people or units. */
export async function scoresOf(
  { ask }: { ask: (path: string) => Promise<Response> },
  period: string,
  of: 'people' | 'units',
): Promise<ScoreTable> {
  return (await ask(`/scores?${new URLSearchParams({ period, of })}`)).json();
}
