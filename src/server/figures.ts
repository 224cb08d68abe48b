import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { civilDate, type Instant } from '../model/date.ts';
import type { Store } from '../store/port.ts';
import type { Answered } from './answered.ts';
import type { CountyHost } from './host.ts';

export type Figures = ReturnType<typeof figuresOf>;

/** What a machine that watches the service asks for: sums alone, of no county and nobody. */
export function figuresOf(counties: ReadonlyMap<string, CountyHost>, now: () => Instant) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'minqing_request_seconds',
    help: 'Answered requests and how long they took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const acts = new Counter({
    name: 'minqing_acts_total',
    help: 'Acts asked for, and what came of them: done, or why not',
    labelNames: ['verb', 'result'],
    registers,
  });
  let ticked = now();
  new Gauge({
    name: 'minqing_tick_lag_seconds',
    help: 'Since the clock last went through what is due',
    registers,
    collect() {
      this.set(Math.max(0, (Date.parse(now()) - Date.parse(ticked)) / 1000));
    },
  });
  const sendings = new Counter({
    name: 'minqing_sendings_total',
    help: 'Attempts to tell a system outside, and how they ended',
    labelNames: ['receiver', 'result'],
    registers,
  });
  new Gauge({
    name: 'minqing_waiting',
    help: 'Due dates that have come and are not acted on yet; messages to be sent, and those given up',
    labelNames: ['what'],
    registers,
    async collect() {
      const { timers, sends, dead } = await waitingIn(counties, now());
      this.set({ what: 'timers' }, timers);
      this.set({ what: 'messages' }, sends);
      this.set({ what: 'dead-messages' }, dead);
    },
  });

  return {
    registry,
    answered({ method, route, status, ms, verb, code }: Answered): void {
      requests.observe({ method, route, status }, ms / 1000);
      if (verb) acts.inc({ verb, result: code ?? 'done' });
    },
    sent(receiver: string, result: string): void {
      sendings.inc({ receiver, result });
    },
    ticked(at: Instant): void {
      ticked = at;
    },
    text: () => registry.metrics(),
  };
}

/** Each database is asked once, whichever of its counties are served. */
export const storesOf = (counties: ReadonlyMap<string, CountyHost>): Store[] => [
  ...new Set([...counties.values()].map(({ store }) => store)),
];

async function waitingIn(counties: ReadonlyMap<string, CountyHost>, now: Instant) {
  const today = [...counties.values()].map(({ county }) => civilDate(now, county.timeZone)).sort();
  const all = await Promise.all(storesOf(counties).map((store) => store.waiting(today.at(-1) ?? '')));
  return all.reduce(
    (sum, one) => ({
      timers: sum.timers + one.timers,
      sends: sum.sends + one.sends,
      dead: sum.dead + one.dead,
    }),
    { timers: 0, sends: 0, dead: 0 },
  );
}
