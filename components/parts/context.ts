import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Client, CountyInfo } from '../../src/client/index.ts';
import type { Language } from '../../src/model/text.ts';

/** What the county's element hands to those under it, whoever looks at them; */
export interface Visit {
  client: Client;
  language: Language;
  /** Fewer things at once. */
  elder: boolean;
  /** Nobody knows yet who it is; what an element would ask anyway it may ask meanwhile. */
  early?: true;
}
/** and where somebody of its directory does. */
export interface CountyContext extends Visit {
  info: CountyInfo;
}
type Hears = (context: CountyContext | null, visit: Visit | null) => void;

// By name, so that elements of separately loaded files find each other.
const WANTED = 'mq-county-wanted';
const HERE = 'mq-county-here';

/** Goes up from an element to the county that it is under. */
class CountyWanted extends Event {
  constructor(
    readonly hears: Hears,
    /** Ends when the element leaves. */
    readonly stays: AbortSignal,
    /** Is of use to the public too. */
    readonly isPublic: boolean,
  ) {
    super(WANTED, { bubbles: true, composed: true });
  }
}
const isWanted = (event: Event): event is CountyWanted => 'hears' in event;

/** The county's side: answers whoever is under it, now and with every change. */
export class CountyProvider {
  private context: CountyContext | null = null;
  private visit: Visit | null = null;
  /** Those under it, and whether each is of use to the public too. */
  private readonly under = new Map<Hears, boolean>();

  constructor(host: ReactiveControllerHost & Element) {
    host.addEventListener(WANTED, (event) => {
      if (!isWanted(event)) return;
      event.stopPropagation();
      const { hears, stays, isPublic } = event;
      this.under.set(hears, isPublic);
      stays.addEventListener('abort', () => this.under.delete(hears));
      hears(this.context, this.visit);
      host.requestUpdate();
    });
  }
  /** Nobody has signed in, and nothing is here for which they would have to. */
  get open(): boolean {
    const { visit, under } = this;
    return visit !== null && !visit.early && under.size > 0 && ![...under.values()].includes(false);
  }
  /** For those that asked before it was there. */
  connected(): void {
    window.dispatchEvent(new Event(HERE));
  }
  /** The first time, before it is known who comes. */
  expect(visit: Visit): void {
    if (!this.context) this.give(null, { ...visit, early: true });
  }
  give(context: CountyContext | null, visit: Visit | null = context): void {
    this.context = context;
    this.visit = visit;
    for (const hears of this.under.keys()) hears(context, visit);
  }
}

/** An element's side: its county, as soon as there is one, wherever it is moved to. */
export class CountyConsumer implements ReactiveController {
  value: CountyContext | null = null;
  private stays = new AbortController();
  private answered = false;

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly changed: Hears,
    private readonly isPublic: () => boolean,
  ) {
    host.addController(this);
  }
  hostConnected(): void {
    this.stays = new AbortController();
    window.addEventListener(HERE, this.ask);
    this.ask();
  }
  hostDisconnected(): void {
    window.removeEventListener(HERE, this.ask);
    this.stays.abort();
    this.answered = false;
  }
  private ask = (): void => {
    if (this.answered) return;
    const hears: Hears = (context, visit) => {
      this.answered = true;
      this.value = context;
      this.changed(context, visit);
    };
    this.host.dispatchEvent(new CountyWanted(hears, this.stays.signal, this.isPublic()));
  };
}
