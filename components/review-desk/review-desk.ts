import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { QueueView } from '../../src/client/index.ts';
import { thingKinds, type ThingKind } from '../../src/model/thing.ts';
import type { ThingRow } from '../../src/model/view.ts';
import { valueIn } from '../parts/value-in.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';
import { dueTag } from '../parts/thing.ts';
import { ThingDesk } from '../parts/thing-desk.ts';

/** Every row is as high as this, so that ten thousand need not be in the page. */
const ROW = 76;
const views = ['todo', 'mine', 'overdue', 'all'] as const;

/** The queues of the office: a list and, beside it, the thing that is open. */
export class ReviewDesk extends CountyElement {
  static override styles = [
    shared,
    css`
      .sides {
        display: grid;
        grid-template-columns: minmax(260px, 2fr) 3fr;
        gap: 20px;
      }
      .list {
        height: 640px;
        overflow: auto;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        position: relative;
      }
      .list svg {
        display: block;
      }
      .row {
        display: block;
        width: 100%;
        height: 76px;
        padding: 8px 14px;
        overflow: hidden;
        text-align: left;
        border-width: 0 0 1px;
        border-radius: 0;
      }
      .row strong {
        display: block;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .row .tag {
        white-space: nowrap;
      }
      .bar {
        margin-bottom: 10px;
      }
      input.search {
        width: auto;
        flex: 1 1 160px;
      }
      @media (max-width: 760px) {
        .sides {
          grid-template-columns: minmax(0, 1fr);
        }
        .list {
          height: 380px;
        }
      }
    `,
  ];

  @state() private kind: ThingKind = 'report';
  @state() private view: QueueView = 'todo';
  @state() private search = '';
  @state() private rows: ThingRow[] = [];
  @state() private total = 0;
  @state() private loading = true;
  @state() private failure: unknown = null;
  @state() private scrolled = 0;
  private next: string | null = null;
  /** Answers to an older question are dropped. */
  private asked = 0;

  private readonly desk = new ThingDesk(
    this,
    () => this.county,
    (error) => this.errorText(error),
    (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
  );

  protected override load(county: CountyContext): void {
    const kinds = this.kinds(county);
    if (!kinds.includes(this.kind)) this.kind = kinds[0] ?? 'report';
    void this.ask(county);
  }
  private kinds(county: CountyContext): ThingKind[] {
    return thingKinds.filter((kind) => county.info.may.includes(`read:${kind}`));
  }

  private async ask(county: CountyContext, more = false): Promise<void> {
    const turn = (this.asked += 1);
    this.loading = true;
    try {
      const page = await county.client.queue(this.kind, {
        view: this.view,
        search: this.search,
        after: more ? this.next : null,
        limit: 100,
      });
      if (turn !== this.asked) return;
      this.rows = more ? [...this.rows, ...page.rows] : page.rows;
      this.next = page.next;
      this.total = page.total;
      this.failure = null;
    } catch (error) {
      if (turn === this.asked) this.failure = error;
    } finally {
      if (turn === this.asked) this.loading = false;
    }
  }
  private show(change: { kind?: ThingKind; view?: QueueView; search?: string }): void {
    Object.assign(this, change);
    if (change.kind) this.desk.close();
    this.rows = [];
    this.scrolled = 0;
    if (this.county) void this.ask(this.county);
  }
  private onScroll(event: Event): void {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    this.scrolled = scrollTop;
    const near = scrollTop + clientHeight > scrollHeight - ROW * 20;
    if (near && this.next !== null && !this.loading && this.county) void this.ask(this.county, true);
  }
  private onKey(event: KeyboardEvent): void {
    const step =
      event.key === 'ArrowDown' || event.key === 'j'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'k'
          ? -1
          : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    const at = buttons.indexOf(event.target);
    const to = buttons[at + step];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  }

  protected override render() {
    const { county } = this;
    if (!county) return this.loadingState();
    return html`<h2>${this.t('desk')}</h2>
      <div class="bar" role="group" aria-label=${this.t('desk')}>
        ${this.kinds(county).map(
          (kind) =>
            html`<button
              type="button"
              data-kind=${kind}
              aria-pressed=${kind === this.kind ? 'true' : 'false'}
              @click=${() => this.show({ kind })}
            >
              ${this.t(kind)}
            </button>`,
        )}
      </div>
      <div class="bar">
        ${views.map(
          (view) =>
            html`<button
              type="button"
              data-view=${view}
              aria-pressed=${view === this.view ? 'true' : 'false'}
              @click=${() => this.show({ view })}
            >
              ${this.t(view === 'overdue' ? 'late' : view)}
            </button>`,
        )}
        <input
          class="search"
          type="search"
          aria-label=${this.t('search')}
          placeholder=${this.t('search')}
          .value=${this.search}
          @change=${(event: Event) => this.show({ search: valueIn(event) })}
        />
      </div>
      <div class="sides">
        <div>
          <p class="soft" role="status">
            ${this.loading ? this.t('loading') : this.t('total', { n: this.total })}
          </p>
          ${this.failure ? this.errorState(this.failure) : this.list()}
        </div>
        <div>${this.desk.template()}</div>
      </div>`;
  }

  /** Only the rows in sight are in the page; the rest are two empty heights, drawn by SVG as no inline style may be. */
  private list() {
    if (this.rows.length === 0 && !this.loading) return html`<p class="notice">${this.t('empty')}</p>`;
    const first = Math.max(0, Math.floor(this.scrolled / ROW) - 8);
    const last = Math.min(this.rows.length, first + 30);
    const gap = (rows: number) =>
      rows > 0 ? html`<svg width="1" height=${rows * ROW} aria-hidden="true"></svg>` : nothing;
    return html`<div
      class="list"
      role="list"
      @scroll=${(event: Event) => this.onScroll(event)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
    >
      ${gap(first)}
      ${this.rows.slice(first, last).map(
        (row) =>
          html`<div role="listitem" aria-setsize=${this.total}>
            <button
              type="button"
              class="row"
              data-thing=${row.id}
              aria-current=${row.id === this.desk.view?.id ? 'true' : 'false'}
              @click=${() => this.desk.open(row.kind, row.id, true)}
            >
              <strong>${row.title}</strong>
              <span class="tag" data-stage=${row.stage.id}>${row.stage.label}</span>
              <span class="soft">${row.authors}</span> ${dueTag(this.t.bind(this), row)}
            </button>
          </div>`,
      )}
      ${gap(this.rows.length - last)}
    </div>`;
  }
}
