import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { QuotaProgress } from '../../src/model/record.ts';
import type { ThingRow } from '../../src/model/view.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { day, dueTag } from '../parts/thing.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { shared } from '../parts/styles.ts';

/** One's own reports and leads: where each stands and since when, what it earned, what one must do. */
export class MyReports extends CountyElement {
  static override styles = [
    shared,
    css`
      ul.rows {
        list-style: none;
        margin: 0 0 16px;
        padding: 0;
      }
      ul.rows button {
        width: 100%;
        text-align: left;
        border-width: 0 0 1px;
        border-radius: 0;
      }
    `,
  ];

  @state() private rows: Loaded<ThingRow[]> = { at: 'loading' };
  @state() private quotas: QuotaProgress[] = [];

  private readonly desk = new ThingDesk(
    this,
    () => this.county,
    (error) => this.errorText(error),
    (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
  );

  protected override load(county: CountyContext): void {
    const kinds = (['report', 'lead', 'handling'] as const).filter((kind) =>
      county.info.may.includes(`read:${kind}`),
    );
    Promise.all(kinds.map((kind) => county.client.queue(kind, { view: 'mine' }))).then(
      (pages) => (this.rows = { at: 'ready', value: pages.flatMap((page) => page.rows) }),
      (error: unknown) => (this.rows = { at: 'failed', error }),
    );
    county.client.quotas().then(
      (quotas) => (this.quotas = quotas),
      () => (this.quotas = []),
    );
    if (this.desk.view) void this.desk.open(this.desk.view.kind, this.desk.view.id);
  }

  protected override render() {
    const { rows } = this;
    const t = this.t.bind(this);
    return html`<h2>${t('myReports')}</h2>
      ${this.quotas.map(
        ({ quota, need, done }) => html`<p class="notice">${t('quota', { name: quota, need, done })}</p>`,
      )}
      ${
        rows.at === 'loading'
          ? this.loadingState()
          : rows.at === 'failed'
            ? this.errorState(rows.error)
            : rows.value.length === 0
              ? html`<p class="soft">${t('empty')}</p>`
              : html`<ul class="rows">
                  ${rows.value.map(
                    (row) =>
                      html`<li>
                        <button
                          type="button"
                          data-thing=${row.id}
                          @click=${() => this.desk.open(row.kind, row.id, true)}
                        >
                          <strong>${row.title}</strong>
                          <span class="tag">${t(row.kind)}</span>
                          <span class="tag" data-stage=${row.stage.id}>${row.stage.label}</span>
                          <span class="soft">${t('since', { date: day(row.since) })}</span> ${dueTag(t, row)}
                        </button>
                      </li>`,
                  )}
                </ul>`
      }
      ${this.desk.view ? this.desk.template() : nothing}`;
  }
}
