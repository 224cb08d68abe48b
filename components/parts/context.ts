import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Client, CountyInfo } from '../../src/client/index.ts';
import type { Language } from '../../src/model/text.ts';

/** What the county's element hands to those under it. */
export interface CountyContext {
  client: Client;
  language: Language;
  /** Fewer things at once. */
  elder: boolean;
  info: CountyInfo;
}
type Hears = (context: CountyContext | null) => void;

// By name, so that elements of separately loaded files find each other.
const WANTED = 'mq-county-wanted';
const HERE = 'mq-county-here';

/** Goes up from an element to the county that it is under. */
class CountyWanted extends Event {
  constructor(
    readonly hears: Hears,
    /** Ends when the element leaves. */
    readonly stays: AbortSignal,
  ) {
    super(WANTED, { bubbles: true, composed: true });
  }
}
const isWanted = (event: Event): event is CountyWanted => 'hears' in event;

/** The county's side: answers whoever is under it, now and with every change. */
export class CountyProvider {
  private context: CountyContext | null = null;
  private readonly under = new Set<Hears>();

  constructor(host: Element) {
    host.addEventListener(WANTED, (event) => {
      if (!isWanted(event)) return;
      event.stopPropagation();
      const { hears, stays } = event;
      this.under.add(hears);
      stays.addEventListener('abort', () => this.under.delete(hears));
      hears(this.context);
    });
  }
  /** For those that asked before it was there. */
  connected(): void {
    window.dispatchEvent(new Event(HERE));
  }
  give(context: CountyContext | null): void {
    this.context = context;
    for (const hears of this.under) hears(context);
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
    const hears = (context: CountyContext | null) => {
      this.answered = true;
      this.value = context;
      this.changed(context);
    };
    this.host.dispatchEvent(new CountyWanted(hears, this.stays.signal));
  };
}
