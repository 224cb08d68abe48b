import type { CompilerDesk } from './compiler.ts';
import type { Dice } from './dice.ts';
import type { Source } from './piece.ts';
import type { DemoStory } from './story.ts';
import type { Teller } from './teller.ts';

/** The office as the stories share it: what has come in, and what lies with the compiler. */
export interface Office {
  teller: Teller;
  story: DemoStory;
  compiler: CompilerDesk;
  received: Source[];
}

/** One of the latest reports that are still under way: what a lead or another report may be about as well. */
export async function underWayNow({ teller, received }: Office, dice: Dice): Promise<Source | null> {
  const latest = received.slice(-8);
  const from = dice(Math.max(1, latest.length));
  for (const one of [...latest.slice(from), ...latest.slice(0, from)])
    if (!(await teller.isOver(one.report))) return one;
  return null;
}
