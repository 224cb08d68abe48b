import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { FieldView, ThingRow, ThingView } from '../../src/model/view.ts';
import type { CountyContext } from './context.ts';
import { dueTag, type Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhLater } from '../texts/zh-later.ts';

says(zhLater);

/** What is called for and can still be answered, over the form that answers it. */
export class OpenCalls implements ReactiveController {
  private rows: ThingRow[] = [];
  private readonly opened = new Map<string, ThingView>();
  private turn = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  /** The calls that a form's field can name; none without such a field. */
  async load(field: FieldView | undefined): Promise<void> {
    const turn = (this.turn += 1);
    const client = this.county()?.client;
    const pages = await Promise.all(
      (field?.tie?.kinds ?? []).map((kind) => client?.queue(kind, { view: 'all', limit: 100 })),
    ).catch(() => []);
    if (turn !== this.turn) return;
    const named = new Set(field?.options.map(({ value }) => value));
    this.rows = pages.flatMap((page) => page?.rows ?? []).filter(({ id }) => named.has(id));
    this.host.requestUpdate();
  }
  private async open({ kind, id }: ThingRow): Promise<void> {
    const view = await this.county()
      ?.client.view(kind, id)
      .catch(() => null);
    if (view) this.opened.set(id, view);
    this.host.requestUpdate();
  }

  template(chosen: unknown, answer: (id: string) => void) {
    if (this.rows.length === 0) return nothing;
    return html`<section part="calls" aria-labelledby="calls">
      <h3 id="calls">${this.t('openCalls')}</h3>
      <ul class="plain calls">
        ${this.rows.map(
          (row) =>
            html`<li data-call=${row.id}>
              <details
                @toggle=${(event: Event) => {
                  if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open)
                    void this.open(row);
                }}
              >
                <summary>
                  <strong>${row.title}</strong> ${dueTag(this.t, row)}
                  <span class="tag" data-answers=${row.answers ?? 0}
                    >${this.t('answersCount', { n: row.answers ?? 0 })}</span
                  >
                </summary>
                <dl>
                  ${(this.opened.get(row.id)?.fields ?? []).map(
                    ({ label, value }) =>
                      html`<div class="long">
                        <dt>${label}</dt>
                        <dd>${value}</dd>
                      </div>`,
                  )}
                </dl>
              </details>
              <button
                type="button"
                part="button"
                aria-pressed=${chosen === row.id ? 'true' : 'false'}
                aria-label=${this.t('answerNamed', { title: row.title })}
                @click=${() => answer(chosen === row.id ? '' : row.id)}
              >
                ${this.t(chosen === row.id ? 'answering' : 'answerCall')}
              </button>
            </li>`,
        )}
      </ul>
    </section>`;
  }
}
