import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Client } from '../../src/client/index.ts';
import type { Changed } from '../../src/model/view.ts';

/**
 * Hears what others do while the page is looked at. In the background it lets go of the line, as a browser gives all
 * its pages together only a few, and hears `null` when it is looked at again: something may have been missed.
 */
export class Live implements ReactiveController {
  private line: AbortController | null = null;
  private client: Client | null = null;

  constructor(
    host: ReactiveControllerHost,
    private readonly heard: (changed: Changed | null) => void,
  ) {
    host.addController(this);
  }
  hostConnected(): void {
    document.addEventListener('visibilitychange', this.looked);
  }
  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.looked);
    this.stop();
    this.client = null;
  }
  /** Follows this client's county; one that it follows already it goes on following. */
  follow(client: Client): void {
    if (client === this.client) return;
    this.stop();
    this.client = client;
    if (!document.hidden) this.start(client);
  }

  private looked = (): void => {
    if (document.hidden) this.stop();
    else if (this.client && !this.line) {
      this.heard(null);
      this.start(this.client);
    }
  };
  private start(client: Client): void {
    this.line = new AbortController();
    void client.follow(this.heard, this.line.signal);
  }
  private stop(): void {
    this.line?.abort();
    this.line = null;
  }
}
