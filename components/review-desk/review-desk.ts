import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { QueueView } from '../../src/client/index.ts';
import { thingKinds, type ThingKind } from '../../src/model/thing.ts';
import type { Changed, ThingRow } from '../../src/model/view.ts';
import { valueIn } from '../parts/value-in.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement } from '../parts/element.ts';
import { Live } from '../parts/live.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, scoreStyles, sides, things } from '../parts/thing-styles.ts';
import { NewThing } from '../parts/new-thing.ts';
import { kindLabel } from '../parts/kind-label.ts';
import { dueTag } from '../parts/thing.ts';
import { Register } from '../parts/register.ts';
import { Told } from '../parts/told.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/** Every row is as high, so that ten thousand need not be in the page: this until one can be measured. */
const ROW = 76;
const PAGE = 100;
/** So many acts of others in a row are one look at the list, in milliseconds. */
const GATHERED = 500;
/** A list that is read further down than so many rows is not asked for anew by itself. */
const DEEP = 5 * PAGE;
const views = ['todo', 'mine', 'overdue', 'all'] as const;

/**
 * The queues of the office: a list and, beside it, the thing that is open.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart list - The list.
 * @csspart map - The map of the stages.
 * @csspart register - The list as a workbook.
 * @csspart row - One row of the list.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart takes - The things a piece is made of.
 * @csspart thing - The opened thing.
 * @csspart told - What one was told.
 */
export class ReviewDesk extends CountyElement {
  static override styles = [
    shared,
    things,
    scoreStyles,
    flowMapStyles,
    sides,
    css`
      .list {
        height: min(640px, 80vh);
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
        height: calc(var(--mq-font-size, 16px) * 4.75);
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
      .row .meta {
        display: block;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .register {
        margin-top: 8px;
      }
      .register fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 8px 0;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
      }
      .register .tick {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 44px;
      }
      .keys {
        margin: 8px 0 0;
      }
      @media (max-width: 760px), (hover: none) {
        .keys {
          display: none;
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
  /** There is news, and the list waits to be asked for. */
  @state() private stale = false;
  private next: string | null = null;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private high = ROW;
  /** The row that the keyboard is at. */
  private cursor = 0;
  /** Answers to an older question are dropped. */
  private asked = 0;

  private readonly desk = new ThingDesk(this, {
    county: () => this.county,
    errorText: (error) => this.errorText(error),
    done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
    reload: () => this.reload(),
  });

  private readonly live = new Live(this, (changed) => this.heard(changed));

  private readonly told = new Told(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    ({ kind, id }) => void this.desk.open(kind, id, true),
  );

  private readonly register = new Register(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    (error) => this.errorText(error),
  );

  private readonly fresh = new NewThing(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    (error) => this.errorText(error),
    (view, action) => {
      this.announce({ kind: view.kind, id: view.id, action: action.action });
      this.reload();
      void this.desk.open(view.kind, view.id, true);
    },
  );

  protected override load(county: CountyContext): void {
    void this.told.load(county);
    this.live.follow(county.client);
    const kinds = this.kinds(county);
    if (!kinds.includes(this.kind)) this.kind = kinds[0] ?? 'report';
    void this.ask(county, { keep: this.rows.length });
  }
  private kinds(county: CountyContext): ThingKind[] {
    const all = [...thingKinds, ...county.info.matters.map(({ value }) => value)];
    return all.filter((kind) => county.info.may.includes(`read:${kind}`));
  }

  override disconnectedCallback(): void {
    clearTimeout(this.soon);
    super.disconnectedCallback();
  }
  private heard(changed: Changed | null): void {
    if (changed) void this.desk.changed(changed);
    if (changed !== null && changed.kind !== this.kind) return;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.renew(), GATHERED);
  }
  /** The list as it is now, with the reader where they were. */
  private async renew(): Promise<void> {
    const { county, rows } = this;
    if (!county || this.loading) return this.heard(null);
    const top = Math.floor(this.scrolled / this.high);
    if (top > DEEP) {
      this.stale = true;
      return;
    }
    const [first, at] = [rows[top], rows[this.cursor]];
    await this.ask(county, { keep: top + PAGE, quiet: true });
    if (this.rows === rows) return;
    const placeOf = (row: ThingRow | undefined) => this.rows.findIndex(({ id }) => id === row?.id);
    if (placeOf(at) >= 0) this.cursor = placeOf(at);
    await this.updateComplete;
    // Whoever reads at the top sees what is new; further down nothing moves.
    if (this.list && top > 0 && placeOf(first) >= 0)
      this.list.scrollTop += (placeOf(first) - top) * this.high;
  }

  /** `keep` asks for as many rows as are there, so that an act does not throw the reader back to the top. */
  private async ask(county: CountyContext, { more = false, keep = 0, quiet = false } = {}): Promise<void> {
    const turn = (this.asked += 1);
    const { kind, view, search } = this;
    let rows: ThingRow[] = more ? this.rows : [];
    let after = more ? this.next : null;
    this.loading = !quiet;
    try {
      do {
        const page = await county.client.queue(kind, { view, search, after, limit: PAGE });
        if (turn !== this.asked) return;
        rows = [...rows, ...page.rows];
        after = page.next;
        this.total = page.total;
      } while (after !== null && rows.length < keep);
      this.rows = rows;
      this.next = after;
      this.failure = null;
      if (!more) this.stale = false;
    } catch (error) {
      // What is shown stays when nobody asked for news of it.
      if (turn === this.asked && !quiet) this.failure = error;
    } finally {
      if (turn === this.asked) this.loading = false;
    }
  }
  private show(change: { kind?: ThingKind; view?: QueueView; search?: string }): void {
    Object.assign(this, change);
    if (change.kind) this.desk.close();
    this.rows = [];
    this.scrolled = 0;
    this.cursor = 0;
    if (this.county) void this.ask(this.county);
  }
  private open(row: ThingRow, index: number): void {
    this.cursor = index;
    void this.desk.open(row.kind, row.id, true);
  }
  private async back(): Promise<void> {
    this.desk.close();
    this.requestUpdate();
    await this.updateComplete;
    await this.go(this.cursor);
  }

  private get list(): HTMLElement | null {
    return this.renderRoot.querySelector('.list');
  }
  protected override updated(): void {
    const high = this.renderRoot.querySelector('.row')?.getBoundingClientRect().height ?? 0;
    if (high > 0) this.high = high;
  }
  private onScroll(event: Event): void {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    // A list that is hidden while a phone shows the thing keeps its place.
    if (clientHeight === 0) return;
    this.scrolled = scrollTop;
    const near = scrollTop + clientHeight > scrollHeight - this.high * 20;
    if (near && this.next !== null && !this.loading && this.county)
      void this.ask(this.county, { more: true });
  }
  /** j and k go through the list from anywhere in the desk but a field; the arrows from the list. */
  private onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest('input, select, textarea')) return;
    const inList = target.closest('.list') !== null;
    const down = key === 'j' || (inList && key === 'ArrowDown');
    const up = key === 'k' || (inList && key === 'ArrowUp');
    if (!down && !up) return;
    event.preventDefault();
    const row = this.rows[this.cursor];
    // What was open may have left the queue: the next one then stands in its place.
    const stands = inList || row?.id === this.desk.view?.id;
    void this.go(this.cursor + (down ? (stands ? 1 : 0) : -1));
  }
  private async go(to: number): Promise<void> {
    const { list } = this;
    if (!list || this.rows.length === 0) return;
    this.cursor = Math.min(this.rows.length - 1, Math.max(0, to));
    const top = this.cursor * this.high;
    if (list.scrollTop > top) list.scrollTop = top;
    else if (list.scrollTop + list.clientHeight < top + this.high)
      list.scrollTop = top + this.high - list.clientHeight;
    this.scrolled = list.scrollTop;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.row[data-index="${this.cursor}"]`)?.focus();
  }

  protected override render() {
    const { county } = this;
    if (!county) return this.loadingState();
    return html`<h2>${this.t('desk')}</h2>
      ${this.told.template()}
      <div class="bar" role="group" aria-label=${this.t('desk')}>
        ${this.kinds(county).map(
          (kind) =>
            html`<button
              type="button"
              data-kind=${kind}
              aria-pressed=${kind === this.kind ? 'true' : 'false'}
              @click=${() => this.show({ kind })}
            >
              ${kindLabel(this.t.bind(this), county, kind)}
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
      ${county.info.matters.some(({ value }) => value === this.kind) ? this.fresh.template(this.kind) : nothing}
      <div
        class="sides ${this.desk.view ? 'open' : ''}"
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
      >
        <div class="left">
          <p class="soft" role="status">
            ${this.loading ? this.t('loading') : this.failure ? nothing : this.t('total', { n: this.total })}
          </p>
          ${
            this.stale
              ? html`<p class="notice">
                  ${this.t('stale')}
                  <button type="button" part="button" @click=${this.reload}>${this.t('showNow')}</button>
                </p>`
              : nothing
          }
          ${this.failure ? this.errorState(this.failure) : this.queue()}
          ${this.register.template({ kind: this.kind, view: this.view, search: this.search })}
          <p class="soft keys secondary">${this.t('keys')}</p>
        </div>
        <div class="right">
          <button type="button" class="back" @click=${() => this.back()}>${this.t('back')}</button>
          ${this.desk.template()}
        </div>
      </div>`;
  }

  /** Only the rows in sight are in the page; the rest are two empty heights, drawn by SVG as no inline style may be. */
  private queue() {
    if (this.rows.length === 0 && !this.loading) return html`<p class="notice">${this.t('empty')}</p>`;
    const first = Math.max(0, Math.min(Math.floor(this.scrolled / this.high), this.rows.length) - 8);
    const last = Math.min(this.rows.length, first + 30);
    const gap = (rows: number) =>
      rows > 0 ? html`<svg width="1" height=${rows * this.high} aria-hidden="true"></svg>` : nothing;
    return html`<div class="list" part="list" role="list" @scroll=${(event: Event) => this.onScroll(event)}>
      ${gap(first)}
      ${repeat(
        this.rows.slice(first, last),
        (row) => row.id,
        (row, index) =>
          html`<div role="listitem" aria-setsize=${this.total} aria-posinset=${first + index + 1}>
            <button
              type="button"
              class="row"
              part="row"
              data-thing=${row.id}
              data-index=${first + index}
              aria-current=${row.id === this.desk.view?.id ? 'true' : 'false'}
              @focus=${() => (this.cursor = first + index)}
              @click=${() => this.open(row, first + index)}
            >
              <strong>${row.title}</strong>
              <span class="meta"
                ><span class="tag stage" data-stage=${row.stage.id}>${row.stage.label}</span>
                ${dueTag(this.t.bind(this), row)}
                <span class="soft">${row.authors}</span>
                ${row.answers === null ? nothing : html`<span class="tag" data-answers=${row.answers}>${this.t('answersCount', { n: row.answers })}</span>`}
                ${row.claimedBy ? html`<span class="tag">${row.claimedBy}</span>` : nothing}</span
              >
            </button>
          </div>`,
      )}
      ${gap(this.rows.length - last)}
    </div>`;
  }
}
