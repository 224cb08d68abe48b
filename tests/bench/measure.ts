/** Runs a work several times and gives the best, in nanoseconds for one unit of it. */
export function best(units: number, work: () => void, rounds = 5): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    work();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / units);
  }
  return least;
}
export async function bestOf(units: number, work: () => Promise<void>, rounds = 3): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    await work();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / units);
  }
  return least;
}
export const perSecond = (nanoseconds: number) => Math.round(1e9 / nanoseconds).toLocaleString('en');

let failed = false;
/** A ratio beside what it is meant to be; it fails only at a fifth of that, since machines differ. */
export function ratio(what: string, value: number, atLeast: number): void {
  const missed = value < atLeast / 5;
  failed ||= missed;
  const word = value >= atLeast ? 'ok' : missed ? 'FAILED' : 'below, within five times';
  console.log(
    `  ${what}: ${value >= 10 ? Math.round(value) : value.toFixed(2)}× (at least ${atLeast}×) ${word}`,
  );
}
/** A figure beside what it is to stay below; it fails only at five times that, since machines differ. */
export function limit(what: string, value: number, atMost: number, unit: string): void {
  const missed = value > atMost * 5;
  failed ||= missed;
  const word = value <= atMost ? 'ok' : missed ? 'FAILED' : 'above, within five times';
  console.log(`  ${what}: ${value.toFixed(2)}${unit} (at most ${atMost}${unit}) ${word}`);
}
export function finish(): void {
  process.exitCode = failed ? 1 : 0;
}

/** The same numbers in every run. */
export function counter(seed = 1): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}
