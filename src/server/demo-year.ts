import type { CivilDate } from '../model/date.ts';
import { CompilerDesk } from './demo-year/compiler.ts';
import { diceOf } from './demo-year/dice.ts';
import { leadPlanOf, leadStory } from './demo-year/lead.ts';
import type { Office } from './demo-year/office.ts';
import { planOf, underWay } from './demo-year/plan.ts';
import { quartersIn, quarterStory } from './demo-year/quarter.ts';
import { reportStory } from './demo-year/report.ts';
import type { DemoStory } from './demo-year/story.ts';
import { Teller } from './demo-year/teller.ts';
import type { CountyHost } from './host.ts';

export type { DemoStory } from './demo-year/story.ts';

/**
 * A year of a county, up to the evening before today: every row of it made by the desk under a moving clock, as people
 * would have. The same story and day give the same year. `progress` hears of the days.
 */
export async function tellYear(
  host: CountyHost,
  story: DemoStory,
  today: CivilDate,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const teller = new Teller(host, today);
  const compiler = new CompilerDesk(teller, story, diceOf(0));
  const office: Office = { teller, story, compiler, received: [] };
  const authors = host.directory.people.map(({ id }) => id).filter((id) => id.includes('-author-'));
  const last = teller.days.length - 1;

  // A short story has room for some of what is under way, and still a past.
  const waiting = underWay.slice(0, Math.floor(story.reports / 3));
  const told = new Set<string>();
  const past = story.reports - waiting.length;
  for (let number = 0; number < story.reports; number += 1) {
    const [until, ago] = waiting[number - past] ?? [null, 0];
    const plan = planOf(story, authors, number, until, told);
    const day = until === null ? (number * (last - 5)) / past : last - ago;
    if (plan) teller.tellOn(day, reportStory(office, plan));
  }
  const fresh = Math.min(5, Math.floor(story.leads / 4));
  const older = story.leads - fresh;
  for (let number = 0; number < story.leads; number += 1) {
    const plan = leadPlanOf(office, authors, number, number >= older);
    const day = number >= older ? last - (number % 3) : 10 + (number * (last - 16)) / Math.max(1, older);
    if (plan) teller.tellOn(day, leadStory(office, plan));
  }
  teller.tellOn(0, compiler.work());
  const quarters = quartersIn(teller.days);
  for (const { period, day } of quarters) {
    const objector = period === quarters.at(-1)?.period ? (authors[0] ?? null) : null;
    teller.tellOn(day, quarterStory(teller, story, { period, objector }));
  }
  await teller.play(progress);
}
