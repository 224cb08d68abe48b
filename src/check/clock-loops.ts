import { say } from '../model/text.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';
import { goalsOf, type RawStage } from './ways.ts';

/** Stages that the clock alone leads round and round. */
export function checkClockLoops(
  stages: ReadonlyMap<string, RawStage>,
  at: (stage: string, ...rest: Path) => Path,
  report: Report,
): void {
  const next = (id: string): string[] => {
    const stage = stages.get(id);
    return (stage?.overdue ?? []).flatMap(({ do: verb }) => {
      const action = stage?.actions?.[verb];
      return action ? goalsOf(action).filter((goal) => stages.has(goal)) : [];
    });
  };
  const told = new Map<string, ReadonlyMap<string, string[]>>();
  for (const id of stages.keys()) {
    const ways = waysFrom(id, next);
    const round = ways.get(id);
    // All that lead to one another are told of once.
    const knot = [...told].some(([other, from]) => from.has(id) && ways.has(other));
    if (!round || knot) continue;
    told.set(id, ways);
    const names = (language: 'zh' | 'en') =>
      [id, ...round].map((one) => say(stages.get(one)?.label ?? one, language)).join(' → ');
    report(at(id, 'overdue'), 'endless-loop', {
      zh: `没有人办理时,系统会一直转圈:${names('zh')}。请让其中一步停下来等人。`,
      en: `Where nobody acts the clock goes round for ever: ${names('en')}. Let one of them wait for a person.`,
    });
  }
}

/** The shortest way to each stage that is come to from this one, itself included where there is a way round. */
function waysFrom(start: string, next: (id: string) => string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const step = (here: string, way: string[]) => {
    for (const goal of next(here)) if (!found.has(goal)) found.set(goal, [...way, goal]);
  };
  step(start, []);
  for (const [here, way] of found) step(here, way);
  return found;
}
