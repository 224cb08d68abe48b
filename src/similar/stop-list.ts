import { runsOf, type Token } from './tokens.ts';

/** Takes out of runs the phrases that say nothing of a matter; a phrase is cut there as by a full stop. */
export type StopList = (runs: Token[][]) => Token[][];

/** Where one phrase is the beginning of another, the longest is taken. */
export function stopListOf(phrases: readonly string[]): StopList {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of phrases)
    for (const run of runsOf(phrase)) {
      const words = run.map(({ word }) => word);
      const [first = ''] = words;
      byFirst.set(
        first,
        [...(byFirst.get(first) ?? []), words].sort((a, b) => b.length - a.length),
      );
    }
  const stopAt = (run: Token[], at: number): number =>
    byFirst.get(run[at]?.word ?? '')?.find((words) => words.every((word, n) => run[at + n]?.word === word))
      ?.length ?? 0;

  return (runs) =>
    runs.flatMap((run) => {
      const kept: Token[][] = [];
      let from = 0;
      for (let at = 0; at < run.length;) {
        const stopped = stopAt(run, at);
        if (stopped === 0) {
          at += 1;
          continue;
        }
        if (at > from) kept.push(run.slice(from, at));
        at += stopped;
        from = at;
      }
      if (from < run.length) kept.push(from === 0 ? run : run.slice(from));
      return kept;
    });
}
