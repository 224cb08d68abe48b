import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { ActionView, ThingRow, ThingView } from '../../src/model/view.ts';
import { text, type TextKey } from '../texts/texts.ts';
import { ActionForm } from './action-form.ts';
import type { CountyContext } from './context.ts';
import { contentTemplate, headTemplate, historyTemplate, pointsTemplate } from './thing.ts';

interface Host extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
}

/** One thing open on the page, with what may be done to it: the same in the desk, the board and one's own list. */
export class ThingDesk implements ReactiveController {
  view: ThingView | null = null;
  private failure: unknown = null;
  private opened: ActionView | null = null;
  private choices: ThingRow[] = [];
  private told = '';
  private readonly form: ActionForm;

  constructor(
    private readonly host: Host,
    private readonly county: () => CountyContext | null,
    private readonly errorText: (error: unknown) => string,
    private readonly done: (view: ThingView, action: ActionView) => void,
  ) {
    host.addController(this);
    this.form = new ActionForm(
      host,
      county,
      ({ act, key }) => {
        const { view } = this;
        const client = this.county()?.client;
        if (!view || !client) throw new ClientError('failed', 0, '');
        return client.act(view, act, key);
      },
      (view, action) => {
        this.view = view;
        this.opened = null;
        this.told = this.t('done', { action: action.label });
        this.done(view, action);
        void this.focusTitle();
      },
      (error) => this.refused(error),
    );
  }
  hostConnected(): void {}

  private t = (key: TextKey, gaps?: Record<string, string | number>): string =>
    text(this.county()?.language ?? 'zh', key, gaps);

  async open(kind: ThingKind, id: string, focus = false): Promise<void> {
    const client = this.county()?.client;
    if (!client) return;
    const other = this.view?.id !== id;
    try {
      this.view = await client.view(kind, id);
      this.failure = null;
      if (other) {
        this.opened = null;
        this.told = '';
        this.form.reset();
      }
    } catch (error) {
      this.failure = error;
    }
    this.host.requestUpdate();
    if (focus) await this.focusTitle();
  }
  close(): void {
    this.view = null;
    this.opened = null;
    this.told = '';
    this.form.reset();
  }
  private async focusTitle(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.title')?.focus();
  }
  private refused(error: unknown): void {
    if (error instanceof ClientError && error.current) {
      this.view = error.current;
      this.opened = null;
      this.form.reset();
      this.told = this.t('conflict');
    } else this.told = this.errorText(error);
    this.host.requestUpdate();
  }

  private async choose(action: ActionView): Promise<void> {
    this.told = '';
    this.opened = this.opened?.action === action.action ? null : action;
    this.form.reset();
    const client = this.county()?.client;
    this.choices = [];
    if (this.opened?.takes && client) {
      const page = await client.queue('report', { view: action.takes === 'reports' ? 'todo' : 'all' });
      this.choices = page.rows.filter((row) => row.id !== this.view?.id);
    }
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot
      .querySelector<HTMLElement>('.action-form [data-field], .action-form button')
      ?.focus();
  }

  template(): TemplateResult {
    const { view } = this;
    if (this.failure && !view)
      return html`<p class="notice warn" role="alert">${this.errorText(this.failure)}</p>`;
    if (!view) return html`<p class="soft">${this.t('pickOne')}</p>`;
    return html`<article data-thing=${view.id} data-version=${view.version}>
      ${headTemplate(this.t, view)}
      <div role="status" aria-live="polite">
        ${this.told ? html`<p class="notice">${this.told}</p>` : nothing}
      </div>
      ${contentTemplate(this.t, view)} ${this.actions(view)} ${pointsTemplate(this.t, view)}
      ${historyTemplate(this.t, view.history)}
    </article>`;
  }

  private actions(view: ThingView): TemplateResult {
    if (view.actions.length === 0) return html`<p class="soft">${this.t('noActions')}</p>`;
    return html`<section aria-label=${this.t('actions')}>
      <div class="bar">
        ${view.actions.map(
          (action) =>
            html`<button
              type="button"
              class=${action.tone}
              data-action=${action.action}
              aria-expanded=${this.opened?.action === action.action ? 'true' : 'false'}
              @click=${() => this.choose(action)}
            >
              ${action.label}${action.proposed ? html` <span class="tag">${this.t('proposed')}</span>` : nothing}
            </button>`,
        )}
      </div>
      ${view.actions.flatMap((action) =>
        (action.proposed ?? []).map(
          (reason) =>
            html`<p class="notice">
              ${this.t('proposed')}:${action.label}。${this.t('because', { reasons: reason.because.join('; ') })}
            </p>`,
        ),
      )}
      ${this.opened ? this.actionForm(this.opened) : nothing}
    </section>`;
  }

  private actionForm(action: ActionView): TemplateResult {
    const send = (event: Event) => {
      event.preventDefault();
      // A draft may have gaps where the same form is also offered to be handed in.
      const draft = action.fields.length > 0 && action.tone === 'plain' && action.action === 'save';
      void this.form.submit(action, !draft, this.choices);
    };
    return html`<form class="action-form notice" novalidate @submit=${send}>
      <h3>${action.label}</h3>
      ${this.form.fields(action)} ${this.form.extras(action, this.choices)}
      <div class="bar">
        <button class=${action.tone === 'danger' ? 'danger' : 'primary'} ?disabled=${this.form.busy}>
          ${this.form.busy ? this.t('sending') : `${action.label} ✓`}
        </button>
        <button type="button" @click=${() => this.choose(action)}>${this.t('cancel')}</button>
      </div>
    </form>`;
  }
}
