import type { ActRequest } from '../../desk/request.ts';
import { addDays, type CivilDate, type Instant } from '../../model/date.ts';
import type { Fields, OnBehalf, Thing, ThingKind, ThingRef } from '../../model/thing.ts';
import type { Verb } from '../../model/verb.ts';
import type { ThingView } from '../../model/view.ts';
import { isWorkingDay } from '../../workflow/calendar.ts';
import { ServerError } from '../error.ts';
import { actorIn, type CountyHost } from '../host.ts';

/** What becomes of one thing: it yields for how many working days nothing happens to it. */
export type Story = AsyncGenerator<number, void, void>;
/** A part of a story: whether the thing goes on from it. */
export type Part = AsyncGenerator<number, boolean, void>;

export type Ref = Pick<ThingRef, 'kind' | 'id'>;
interface More {
  onBehalf?: OnBehalf;
  takes?: Ref[];
}

/** Tells stories side by side, day by day: what happens first is done first, and the clock never goes back. */
export class Teller {
  /** The working days of the year before today. */
  readonly days: readonly CivilDate[];
  private readonly agenda: Story[][];
  private at = 0;
  private minute = 0;

  constructor(
    private readonly host: CountyHost,
    today: CivilDate,
  ) {
    this.days = Array.from({ length: 350 }, (_, index) => addDays(today, index - 350)).filter((day) =>
      isWorkingDay(day, host.county.closures),
    );
    this.agenda = this.days.map(() => []);
  }

  get day(): CivilDate {
    return this.daysAgo(0);
  }
  daysAgo(count: number): CivilDate {
    return this.days[Math.max(0, this.at - count)] ?? '';
  }
  /** Whoever holds this post, or acts for this organisation, in a demo directory. */
  who(post: string): string {
    return `${this.host.county.id}-${post}`;
  }

  /** Begins a story on a day of the year, by number. */
  tellOn(day: number, story: Story): void {
    this.agenda[Math.max(0, Math.floor(day))]?.push(story);
  }
  tell(story: Story): void {
    this.tellOn(this.at, story);
  }

  async play(progress: (done: number, of: number) => void): Promise<void> {
    const { county, desk } = this.host;
    for (const [at, stories] of this.agenda.entries()) {
      this.at = at;
      this.minute = 0;
      await desk.tick(county.id, this.now());
      // What is begun meanwhile comes to the end of the same day's list.
      for (const story of stories) {
        const next = await story.next();
        if (!next.done) this.tellOn(at + Math.max(1, next.value), story);
      }
      progress(at + 1, this.agenda.length);
    }
  }

  /** A few minutes on, within the office's hours. */
  private now(): Instant {
    this.minute += 1;
    return new Date(Date.parse(`${this.day}T01:00:00Z`) + (this.minute % 240) * 120_000).toISOString();
  }

  async thing(ref: Ref): Promise<Thing | null> {
    return (await this.host.store.read({ county: this.host.county.id, ...ref }))?.thing ?? null;
  }
  async isOver(ref: Ref): Promise<boolean> {
    const thing = await this.thing(ref);
    const stages = this.host.county.flows.get(ref.kind)?.stages;
    return thing === null || stages?.get(thing.stage)?.kind === 'end';
  }

  /** Somebody does something to a thing as it stands now. */
  async act(who: string, action: Verb, on: Ref, input: Fields = {}, more: More = {}): Promise<ThingView> {
    const thing = { county: this.host.county.id, kind: on.kind, id: on.id };
    return this.ask(who, { thing, action, input, expected: await this.version(on) }, more);
  }
  /** Somebody begins a thing with an action. */
  async begin(
    who: string,
    kind: ThingKind,
    action: Verb,
    input: Fields,
    more: More = {},
  ): Promise<ThingView> {
    const thing = { county: this.host.county.id, kind, id: null };
    return this.ask(who, { thing, action, input, expected: null }, more);
  }

  private async version(ref: Ref): Promise<number> {
    return (await this.thing(ref))?.version ?? 0;
  }
  private async ask(
    who: string,
    what: Pick<ActRequest, 'thing' | 'action' | 'input' | 'expected'>,
    { onBehalf, takes = [] }: More,
  ): Promise<ThingView> {
    const now = this.now();
    const actor = actorIn(this.host, who, now);
    if (!actor)
      throw new ServerError('no-actor', { zh: `名册中没有 ${who}。`, en: `${who} is not in the directory.` });
    const taken = [];
    for (const { kind, id } of takes) taken.push({ kind, id, version: await this.version({ kind, id }) });
    return this.host.desk.act({
      ...what,
      takes: taken,
      onBehalf: onBehalf ?? null,
      actor,
      now,
      language: 'zh',
      key: null,
    });
  }
}

/** The thing that an act opened, by the link to it. */
export function openedBy(view: ThingView, role: 'piece' | 'handling' | 'report'): Ref | null {
  const link = view.links.findLast((one) => one.role === role);
  return link ? { kind: link.kind, id: link.id } : null;
}
