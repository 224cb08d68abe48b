import { html, nothing, type TemplateResult } from 'lit';
import { ClientError, type ActInput } from '../../src/client/index.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { ActionView, ThingRow, ThingView } from '../../src/model/view.ts';
import { ActionForm } from '../parts/action-form.ts';
import type { CountyContext } from '../parts/context.ts';
import type { RootHost } from '../parts/root-host.ts';
import type { Say } from '../parts/thing.ts';

/** One action with one form, and those of the chosen things that it is the same for. */
interface Common {
  action: ActionView;
  views: ThingView[];
}
type Came =
  | { is: 'waits' }
  | { is: 'done'; stage: string }
  /** `again`: it is not known to be refused, and may be sent once more. */
  | { is: 'not'; why: string; again: boolean };
interface Line {
  kind: ThingKind;
  id: string;
  title: string;
  came: Came;
}
interface Sent {
  action: ActionView;
  act: ActInput;
  key: string;
  views: ThingView[];
}

export interface BulkOptions {
  county: () => CountyContext | null;
  t: Say;
  errorText: (error: unknown) => string;
  done: (views: ThingView[], action: ActionView) => void;
  open: (kind: ThingKind, id: string) => void;
}

/** One action on several things, each by itself: what one is refused for stops none of the others. */
export class Bulk {
  private lines: Line[] = [];
  private common: Common[] = [];
  private chosen: Common | null = null;
  private sent: Sent | null = null;
  private busy = false;
  private readonly form: ActionForm;

  constructor(
    private readonly host: RootHost,
    private readonly options: BulkOptions,
  ) {
    this.form = new ActionForm(
      host,
      options.county,
      async ({ action, act, key }) => {
        const views = this.chosen?.views ?? [];
        this.sent = { action, act, key, views };
        const { done, error } = await this.send(this.sent);
        if (done === null) throw error;
        return done;
      },
      () => (this.chosen = null),
      // What nobody was done with is said row by row.
      () => {},
    );
  }

  /** What may be done with these, as they stand now. */
  async begin(rows: readonly ThingRow[]): Promise<void> {
    const client = this.options.county()?.client;
    if (!client) return;
    this.lines = rows.map(({ kind, id, title }) => ({ kind, id, title, came: { is: 'waits' } }));
    this.common = [];
    this.chosen = null;
    this.sent = null;
    this.busy = true;
    const found = new Map<string, Common>();
    for (const line of this.lines) {
      this.host.requestUpdate();
      try {
        const view = await client.view(line.kind, line.id);
        for (const action of view.actions) {
          if (action.takes !== null || action.behalf.length > 0) continue;
          const alike = JSON.stringify([action.action, action.label, action.confirm, action.fields]);
          const common = found.get(alike) ?? { action, views: [] };
          common.views.push(view);
          found.set(alike, common);
        }
      } catch (error) {
        line.came = { is: 'not', why: this.options.errorText(error), again: false };
      }
    }
    this.busy = false;
    this.common = [...found.values()].sort(
      (a, b) => Number(a.action.aside) - Number(b.action.aside) || b.views.length - a.views.length,
    );
    this.host.requestUpdate();
  }

  /** Each in turn under a key of its own, so that the same sent again is done once. */
  private async send({ action, act, key, views }: Sent): Promise<{ done: ThingView | null; error: unknown }> {
    const client = this.options.county()?.client;
    const all: ThingView[] = [];
    let error: unknown = null;
    this.busy = true;
    const given = new Set(views.map(({ id }) => id));
    for (const line of this.lines)
      if (!given.has(line.id) && line.came.is === 'waits')
        line.came = { is: 'not', why: this.options.t('notOffered'), again: false };
    for (const view of views) {
      const line = this.lines.find(({ id, kind }) => id === view.id && kind === view.kind);
      if (!client || !line || line.came.is === 'done') continue;
      try {
        const after = await client.act(view, act, `${key}-${view.id}`);
        line.came = { is: 'done', stage: after.stage.label };
        all.push(after);
      } catch (problem) {
        error = problem;
        const known = problem instanceof ClientError && problem.status >= 400 && problem.status < 500;
        line.came = {
          is: 'not',
          why: this.options.errorText(problem),
          again: !known || problem.status === 429,
        };
      }
      this.host.requestUpdate();
    }
    this.busy = false;
    if (all.length > 0) this.options.done(all, action);
    return { done: all.at(-1) ?? null, error };
  }
  private async again(): Promise<void> {
    if (this.sent && !this.busy) await this.send(this.sent);
    this.host.requestUpdate();
  }

  template(): TemplateResult {
    const { t } = this.options;
    const { lines, chosen, busy } = this;
    const count = (is: Came['is']) => lines.filter(({ came }) => came.is === is).length;
    const mayAgain = lines.some(({ came }) => came.is === 'not' && came.again);
    return html`<section class="bulk" part="bulk" aria-label=${t('bulk')}>
      <h3 tabindex="-1" class="title">${t('bulkOf', { n: lines.length })}</h3>
      <p role="status" class="soft">
        ${
          this.sent
            ? t('bulkCame', { done: count('done'), not: count('not'), left: count('waits') })
            : busy
              ? t('loading')
              : nothing
        }
      </p>
      ${
        this.sent && !chosen
          ? nothing
          : html`<div class="bar">
              ${this.common.map(
                (one) =>
                  html`<button
                    type="button"
                    part="button"
                    class=${one.action.tone}
                    data-bulk=${one.action.action}
                    aria-expanded=${chosen === one ? 'true' : 'false'}
                    @click=${() => this.choose(one)}
                  >
                    ${t('bulkAction', { action: one.action.label, n: one.views.length, of: lines.length })}
                  </button>`,
              )}
            </div>`
      }
      ${!busy && this.common.length === 0 && lines.length > 0 ? html`<p class="notice">${t('noneInCommon')}</p>` : nothing}
      ${chosen ? this.formOf(chosen) : nothing}
      ${
        mayAgain && !busy && this.sent
          ? html`<button type="button" part="button" class="again" @click=${() => this.again()}>
              ${t('retry')}
            </button>`
          : nothing
      }
      <ul class="plain results">
        ${lines.map((line) => this.line(line))}
      </ul>
    </section>`;
  }
  private line({ kind, id, title, came }: Line): TemplateResult {
    const { t, open } = this.options;
    return html`<li data-result=${came.is} data-of=${id}>
      <button type="button" class="link" @click=${() => open(kind, id)}>${title}</button>
      ${
        came.is === 'done'
          ? html`<span class="tag stage">✓ ${t('bulkDone', { stage: came.stage })}</span>`
          : came.is === 'not'
            ? html`<span class="error">${t('bulkNot', { why: came.why })}</span>`
            : nothing
      }
    </li>`;
  }
  private choose(one: Common): void {
    this.chosen = this.chosen === one ? null : one;
    this.form.turn();
    this.host.requestUpdate();
    void this.host.updateComplete.then(() =>
      this.host.renderRoot
        .querySelector<HTMLElement>('.bulk .action-form [data-field], .bulk .action-form button')
        ?.focus(),
    );
  }
  private formOf({ action, views }: Common): TemplateResult {
    const { t } = this.options;
    const send = (event: Event) => {
      event.preventDefault();
      void this.form.submit(action, action.action !== 'save');
    };
    return html`<form class="action-form" part="form" novalidate aria-label=${action.label} @submit=${send}>
      <h3>${t('bulkAction', { action: action.label, n: views.length, of: this.lines.length })}</h3>
      ${action.confirm ? html`<p class="notice warn">${action.confirm}</p>` : nothing}
      ${this.form.fields(action)}
      <button
        part="button"
        class=${action.tone === 'danger' ? 'danger' : 'primary'}
        ?disabled=${this.form.busy}
      >
        ${this.form.busy ? t('sending') : `${action.label} ✓`}
      </button>
    </form>`;
  }
}
