import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { RootHost } from './root-host.ts';
import type { CountyContext } from './context.ts';
import { day } from './day.ts';
import type { Say } from './thing.ts';

type Then = { at: string; view: ThingView } | { at: string; error: unknown };

/** A thing as it stood at an earlier moment, in the place of what it is now: to be read, with a way back. */
export class PastView implements ReactiveController {
  private then: Then | null = null;
  /** Answers to an older question are dropped. */
  private asked = 0;

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  get shows(): boolean {
    return this.then !== null;
  }
  close(): void {
    this.asked += 1;
    this.then = null;
  }

  /** At a day or an instant; focus goes to what is then said of it. */
  async open({ kind, id }: Pick<ThingView, 'kind' | 'id'>, at: string): Promise<void> {
    const client = this.county()?.client;
    if (!client || at === '') return;
    const turn = (this.asked += 1);
    const then = await client.view(kind, id, at).then(
      (view): Then => ({ at, view }),
      (error: unknown): Then => ({ at, error }),
    );
    if (turn !== this.asked) return;
    this.then = then;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.past')?.focus();
  }

  /** Back to the present; focus goes to the line that was left. */
  private async leave(): Promise<void> {
    const at = this.then?.at ?? '';
    this.close();
    this.host.requestUpdate();
    await this.host.updateComplete;
    const { renderRoot } = this.host;
    const line = renderRoot.querySelector<HTMLElement>(`[data-then="${CSS.escape(at)}"]`);
    (line ?? renderRoot.querySelector<HTMLElement>('[data-day]'))?.focus();
  }

  /** What is said of it, and the thing drawn as of its day. */
  template(draw: (view: ThingView, on: string) => TemplateResult): TemplateResult | typeof nothing {
    const { then } = this;
    if (!then) return nothing;
    const gone = 'error' in then && then.error instanceof ClientError && then.error.status === 404;
    const words =
      'view' in then
        ? this.t('asItStood', { at: momentText(then.at) })
        : gone
          ? this.t('notYetThere', { at: momentText(then.at) })
          : this.errorText(then.error);
    return html`<div class="notice warn past" role="status" tabindex="-1">
        <p>${words}</p>
        <button type="button" part="button" data-now @click=${() => void this.leave()}>
          ${this.t('backToNow')}
        </button>
      </div>
      ${'view' in then ? draw(then.view, isDay(then.at) ? then.at : day(then.at)) : nothing}`;
  }

  /** Any day of it; asked for only when it is sent, as a date that is still being typed is a day too. */
  dayField(view: ThingView): TemplateResult {
    const send = (event: Event) => {
      event.preventDefault();
      const field = this.host.renderRoot.querySelector<HTMLInputElement>('input[data-day]');
      void this.open(view, field?.value ?? '');
    };
    return html`<form class="bar" @submit=${send}>
      <label>${this.t('dayThen')} <input type="date" data-day max=${day(new Date().toISOString())} /></label>
      <button part="button">${this.t('show')}</button>
    </form>`;
  }
}

const isDay = (at: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(at);

/** A day as it is; an instant to the minute where the reader is. */
function momentText(at: string): string {
  if (isDay(at)) return at;
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
}
