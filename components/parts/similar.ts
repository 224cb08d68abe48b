import { nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { SimilarReports } from '../../src/model/similar.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { CountyContext } from './context.ts';
import type { SimilarActs, similarTemplate } from './similar-rows.ts';
import type { Say } from './thing.ts';

/** After so long without a key it is asked, and from so many characters on. */
const PAUSE = 700;
const ENOUGH = 10;

/** Reports that say much the same as the one that is open, or as what is being written. It suggests and does nothing. */
export class SimilarView implements ReactiveController {
  private found: SimilarReports | null = null;
  /** What was last asked of; answers to an older question are dropped. */
  private asked = '';
  private pause: number | undefined;
  /** Fetched when there is something to draw. */
  private draw: typeof similarTemplate | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostDisconnected(): void {
    clearTimeout(this.pause);
  }

  /** Of a form, once its writer pauses. */
  writing(kind: 'report' | 'lead', input: Fields): void {
    const words = JSON.stringify([kind, input]);
    clearTimeout(this.pause);
    if (words === this.asked) return;
    const length = Object.values(input).join('').length;
    if (length < ENOUGH) {
      if (this.asked !== '') this.clear();
      return;
    }
    this.pause = window.setTimeout(() => {
      const client = this.county()?.client;
      if (client) void this.ask(words, () => client.similarText(kind, input));
    }, PAUSE);
  }
  clear(): void {
    clearTimeout(this.pause);
    this.asked = '';
    if (this.found === null) return;
    this.found = null;
    this.host.requestUpdate();
  }

  async ask(words: string, question: () => Promise<SimilarReports>): Promise<void> {
    if (words === this.asked) return;
    this.asked = words;
    // Nobody waits for a suggestion: one that does not come is missed by no one.
    const found = await question().catch(() => null);
    if (found && found.rows.length + found.others > 0)
      this.draw ??= await import('./similar-rows.ts').then(
        (rows) => rows.similarTemplate,
        () => null,
      );
    if (words !== this.asked) return;
    this.found = found;
    this.host.requestUpdate();
  }

  /** Nothing where there is nothing alike. */
  template(hint: string | null, acts: SimilarActs = {}): TemplateResult | typeof nothing {
    const { found } = this;
    if (!found || found.rows.length + found.others === 0) return nothing;
    return this.draw?.(this.t, found, hint, acts) ?? nothing;
  }
}
