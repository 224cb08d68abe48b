import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { Draft, DraftField, DraftKind } from '../../src/model/draft.ts';
import type { CountyContext } from '../parts/context.ts';
import type { Say } from '../parts/thing.ts';

/** After so long without a key the server is told; after so long it is tried again when it could not be reached. */
const PAUSE = 1_000;
const AGAIN = 3_000;

/** What this browser keeps: the draft, and whether the server has it too. */
interface Here {
  draft: Draft;
  kept: boolean;
}

/** Keeps what is written as one writes: here at once, on the server at each pause, and there later where it cannot be reached. */
export class Drafts implements ReactiveController {
  private county: CountyContext | null = null;
  private kind: DraftKind = 'report';
  /** What was written when it was last looked at. */
  private words = '[]';
  private draft: Draft | null = null;
  private state: 'none' | 'waits' | 'kept' | 'offline' = 'none';
  private timer: number | undefined;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostConnected(): void {
    window.addEventListener('online', this.send);
  }
  hostDisconnected(): void {
    window.removeEventListener('online', this.send);
    clearTimeout(this.timer);
  }

  /** What was written of such a form and not sent, here or elsewhere. */
  async open(
    county: CountyContext,
    kind: DraftKind,
    asked = county.client.draft(kind),
  ): Promise<DraftField[]> {
    Object.assign(this, { county, kind, words: '[]', draft: null, state: 'none' });
    clearTimeout(this.timer);
    const here = this.here();
    const there = await asked.then(
      ({ draft }) => draft,
      () => undefined,
    );
    if (kind !== this.kind) return [];
    // What the server had once and has no more was sent, or let go, elsewhere.
    const waits = here !== null && !here.kept && (!there || here.draft.at > there.at);
    this.draft = waits || (here && there === undefined) ? here.draft : (there ?? null);
    if (!this.draft) this.keepHere(true);
    this.state = waits ? 'waits' : this.draft ? 'kept' : 'none';
    if (waits) this.timer = window.setTimeout(this.send, 0);
    return this.draft?.fields ?? [];
  }
  /** What is written now; the same as before is no news. */
  note(fields: DraftField[]): void {
    const words = JSON.stringify(fields);
    if (!this.county || words === this.words) return;
    const first = this.words === '[]' && JSON.stringify(this.draft?.fields ?? []) === words;
    this.words = words;
    // It is what was just brought back.
    if (first) return;
    this.draft = fields.length > 0 ? { fields, at: new Date().toISOString() } : null;
    this.state = 'waits';
    this.keepHere(false);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(this.send, PAUSE);
    this.host.requestUpdate();
  }
  /** Before it is sent: a draft under way arrives first, and none after. */
  async settle(): Promise<void> {
    clearTimeout(this.timer);
    await this.sending;
  }
  /** It was sent, and the server let its draft go by itself. */
  sent(): void {
    Object.assign(this, { words: '[]', draft: null, state: 'none' });
    this.keepHere(true);
  }
  /** It was not sent after all. */
  again(): void {
    if (this.state !== 'none') this.timer = window.setTimeout(this.send, AGAIN);
  }

  private send = async (): Promise<void> => {
    clearTimeout(this.timer);
    const { county, kind, draft } = this;
    if (!county || this.sending || this.state === 'none' || this.state === 'kept') return;
    const asked = county.client.saveDraft(kind, draft).then(
      () => 'kept' as const,
      // Refused, it stays here alone; what could not be reached or kept is sent again.
      (error: unknown) =>
        error instanceof ClientError && (error.status === 0 || error.status >= 500) ? 'offline' : 'none',
    );
    this.sending = asked.then(() => undefined);
    const state = await asked;
    this.sending = null;
    if (kind !== this.kind) return;
    if (draft !== this.draft) return this.again();
    this.state = state === 'kept' && !draft ? 'none' : state;
    if (state === 'kept') this.keepHere(true);
    if (state === 'offline') this.timer = window.setTimeout(this.send, AGAIN);
    this.host.requestUpdate();
  };

  private get place(): string {
    const { info } = this.county ?? {};
    return `minqing/${info?.id ?? ''}/${info?.me.id ?? ''}/${this.kind}`;
  }
  // A browser may keep nothing at all, as in a private window: then the server alone does.
  private here(): Here | null {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? 'null');
    } catch {
      return null;
    }
  }
  private keepHere(kept: boolean): void {
    try {
      const { draft } = this;
      if (draft) localStorage.setItem(this.place, JSON.stringify({ draft, kept } satisfies Here));
      else localStorage.removeItem(this.place);
    } catch {
      return;
    }
  }

  template(): TemplateResult | typeof nothing {
    const { state } = this;
    return html`<p class="soft" role="status" data-draft=${state}>
      ${state === 'kept' ? this.t('draftKept') : state === 'offline' ? this.t('draftHere') : nothing}
    </p>`;
  }
}
