import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ClientError } from '../../src/client/index.ts';
import { thingKinds, type ThingKind } from '../../src/model/thing.ts';
import {
  COUNTED_TO,
  manyText,
  queueViews,
  type Changed,
  type Option,
  type ThingRow,
} from '../../src/model/view.ts';
import { valueIn } from '../parts/value-in.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement } from '../parts/element.ts';
import { typing } from '../parts/keys.ts';
import { Live } from '../parts/live.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, scoreStyles, sides, things, onPaper } from '../parts/thing-styles.ts';
import { NewThing } from '../parts/new-thing.ts';
import { kindLabel } from '../parts/kind-label.ts';
import { dueTag } from '../parts/thing.ts';
import type { Register } from '../parts/register.ts';
import { Told } from '../parts/told.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { Choosing } from './choosing.ts';
import { keysHelp } from './keys-help.ts';
import { SavedViews } from './saved-views.ts';
import { Address, type Shown } from './shown.ts';
import { deskStyles } from './styles.ts';

says(zh);

/** Every row is as high, so that ten thousand need not be in the page: this until one can be measured. */
const ROW = 76;
const PAGE = 100;
/** So many acts of others in a row are one look at the list, in milliseconds. */
const GATHERED = 500;
/** A list that is read further down than so many rows is not asked for anew by itself. */
const DEEP = 5 * PAGE;
/**
 * The queues of the office: a list and, beside it, the thing that is open.
 * @csspart actions - What the reader may do now.
 * @csspart bulk - What is done to several at once, and what came of each.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart list - The list.
 * @csspart map - The map of the stages.
 * @csspart register - The list as a workbook.
 * @csspart row - One row of the list.
 * @csspart paper - A paper as it will print.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart sources - The reports that a piece is made of.
 * @csspart takes - The things a piece or an issue is made of.
 * @csspart thing - The opened thing.
 * @csspart told - What one was told.
 */
export class ReviewDesk extends CountyElement {
  static override styles = [shared, things, onPaper, scoreStyles, flowMapStyles, sides, deskStyles];

  /** A name under which the list that is shown and the opened thing are kept in the page's address; without it they are not. */
  @property() address = '';

  @state() private shown: Shown = { kind: 'report', view: 'todo', stage: '', search: '' };
  @state() private stages: Option[] = [];
  @state() private rows: ThingRow[] = [];
  @state() private total = 0;
  @state() private loading = true;
  @state() private failure: unknown = null;
  @state() private scrolled = 0;
  /** What others did is in the list; said once. */
  @state() private renewed = false;
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
    keys: true,
  });

  private readonly kept = new Address();
  /** The address has been read, and from then on is written. */
  private restored = false;
  private readonly saved = new SavedViews(
    this,
    (key, gaps) => this.t(key, gaps),
    (shown) => this.show(shown),
  );

  private readonly choosing = new Choosing(this, {
    county: () => this.county,
    t: (key, gaps) => this.t(key, gaps),
    errorText: (error) => this.errorText(error),
    done: (views, { action }) => {
      for (const { kind, id } of views) this.announce({ kind, id, action });
    },
    open: (kind, id) => {
      this.choosing.leave();
      void this.desk.open(kind, id, true);
    },
  });

  private readonly live = new Live(this, (changed) => this.heard(changed));

  private readonly told = new Told(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    ({ kind, id }) => void this.desk.open(kind, id, true),
  );

  /** The list as a workbook; fetched when it is unfolded. */
  private register: Register | null = null;

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
    if (!this.restored) this.restore();
    this.restored = true;
    const kinds = this.kinds(county);
    if (!kinds.includes(this.shown.kind)) this.shown = { ...this.shown, kind: kinds[0] ?? 'report' };
    void this.ask(county, { keep: this.rows.length });
  }
  private kinds(county: CountyContext): ThingKind[] {
    const all = [...thingKinds, ...county.info.matters.map(({ value }) => value)];
    return all.filter((kind) => county.info.may.includes(`read:${kind}`));
  }

  /** The list and the thing that the address names. */
  private restore(): void {
    if (this.address === '') return;
    const { shown, opened } = this.kept.read(this.address);
    this.shown = shown;
    if (opened) void this.desk.open(opened.kind, opened.id);
    else this.desk.close();
  }
  private wentBack = (): void => {
    const { kind, view, stage, search } = this.shown;
    this.restore();
    const now = this.shown;
    if (kind !== now.kind || view !== now.view || stage !== now.stage || search !== now.search) this.anew();
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.wentBack);
  }
  override disconnectedCallback(): void {
    window.removeEventListener('popstate', this.wentBack);
    clearTimeout(this.soon);
    super.disconnectedCallback();
  }
  private heard(changed: Changed | null): void {
    if (changed) void this.desk.changed(changed);
    if (changed !== null && changed.kind !== this.shown.kind) return;
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
    const { kind, ...narrowed } = this.shown;
    let rows: ThingRow[] = more ? this.rows : [];
    let after = more ? this.next : null;
    this.loading = !quiet;
    this.renewed = false;
    try {
      let page;
      do {
        page = await county.client.queue(kind, { ...narrowed, after, limit: PAGE });
        if (turn !== this.asked) return;
        rows = [...rows, ...page.rows];
        after = page.next;
      } while (after !== null && rows.length < keep);
      // All at once, so that it is read out as one.
      this.renewed = quiet && this.isNews(rows);
      this.total = page.total;
      this.stages = page.stages;
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
  /** What is open says so itself, be it one's own act or another's. */
  private isNews(rows: readonly ThingRow[]): boolean {
    const was = new Map(this.rows.map(({ id, version }) => [id, version]));
    return (
      !this.choosing.acts &&
      rows.some(({ id, version }) => was.get(id) !== version && id !== this.desk.at?.id)
    );
  }
  private show(change: Partial<Shown>): void {
    if (change.kind !== undefined && change.kind !== this.shown.kind) this.desk.close();
    // Another list has other stages.
    const stage = change.kind || change.view ? { stage: '' } : {};
    this.shown = { ...this.shown, ...stage, ...change };
    this.anew();
  }
  private anew(): void {
    this.rows = [];
    this.choosing.clear();
    this.scrolled = 0;
    this.cursor = 0;
    if (this.county) void this.ask(this.county);
  }
  private open(row: ThingRow, index: number): void {
    this.cursor = index;
    this.choosing.leave();
    void this.desk.open(row.kind, row.id, true);
  }
  private async back(): Promise<void> {
    this.desk.close();
    this.choosing.leave();
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
    if (this.restored && this.address !== '') this.kept.write(this.address, this.shown, this.desk.at);
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
  /** One key each, from anywhere in the desk but a field; the arrows from the list. */
  private onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || typing(event)) return;
    const inList = target.closest('.list') !== null;
    const down = key === 'j' || (inList && key === 'ArrowDown');
    const up = key === 'k' || (inList && key === 'ArrowUp');
    if (key === 'x') this.choosing.toggle(this.rows[this.cursor]);
    if (key === '/') this.renderRoot.querySelector<HTMLElement>('.search')?.focus();
    if (key === '?') this.renderRoot.querySelector('details.keys')?.toggleAttribute('open');
    if ('x/?'.includes(key) || (!this.choosing.acts && this.desk.press(key))) event.preventDefault();
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
    const t = this.t.bind(this);
    const open = this.desk.shows || this.choosing.acts ? 'open' : '';
    return html`<h2>${this.t('desk')}</h2>
      ${this.told.template()}
      <div class="filters ${open}">
        <div class="bar kinds" role="group" aria-label=${this.t('desk')}>
          ${this.kinds(county).map(
            (kind) =>
              html`<button
                type="button"
                data-kind=${kind}
                aria-pressed=${kind === this.shown.kind ? 'true' : 'false'}
                @click=${() => this.show({ kind })}
              >
                ${kindLabel(this.t.bind(this), county, kind)}
              </button>`,
          )}
        </div>
        <div class="bar">
          ${queueViews.map(
            (view) =>
              html`<button
                type="button"
                data-view=${view}
                aria-pressed=${view === this.shown.view ? 'true' : 'false'}
                @click=${() => this.show({ view })}
              >
                ${this.t(view === 'overdue' ? 'late' : view)}
              </button>`,
          )}
          <select
            class="stage"
            aria-label=${this.t('stage')}
            @change=${(event: Event) => this.show({ stage: valueIn(event) })}
          >
            <option value="" ?selected=${this.shown.stage === ''}>${this.t('everyStage')}</option>
            ${this.stages.map(
              ({ value, label }) =>
                html`<option value=${value} ?selected=${value === this.shown.stage}>${label}</option>`,
            )}
          </select>
          <input
            class="search"
            type="search"
            aria-label=${this.t('search')}
            placeholder=${this.t('search')}
            .value=${this.shown.search}
            @change=${(event: Event) => this.show({ search: valueIn(event) })}
          />
        </div>
        ${this.saved.template(county, this.shown)}
        ${county.info.matters.some(({ value }) => value === this.shown.kind) ? this.fresh.template(this.shown.kind) : nothing}
      </div>
      <div class="sides ${open}" @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
        <div class="left">
          <p class="soft" role="status">
            ${this.loading ? this.t('loading') : this.failure ? nothing : this.t('total', { n: manyText(this.total) })}
            ${this.renewed ? this.t('listRenewed') : nothing}
          </p>
          ${this.choosing.bar(t, this.rows)}
          ${
            this.stale
              ? html`<p class="notice">
                  ${this.t('stale')}
                  <button type="button" part="button" @click=${this.reload}>${this.t('showNow')}</button>
                </p>`
              : nothing
          }
          ${this.failure ? this.errorState(this.failure) : this.queue()} ${this.workbook()} ${keysHelp(t)}
        </div>
        <div class="right">
          <button type="button" class="back" @click=${() => this.back()}>${this.t('back')}</button>
          ${this.choosing.template() ?? this.desk.template()}
        </div>
      </div>`;
  }

  private workbook() {
    const toggle = async (event: Event) => {
      if (!(event.currentTarget instanceof HTMLDetailsElement) || !event.currentTarget.open) return;
      try {
        const { Register } = await import('../parts/register.ts');
        this.register ??= new Register(
          this,
          () => this.county,
          (key, gaps) => this.t(key, gaps),
          (error) => this.errorText(error),
        );
        this.register.open(this.shown.kind);
      } catch {
        this.failure = new ClientError('offline', 0, '');
      }
    };
    return html`<details class="register" part="register" @toggle=${toggle}>
      <summary>${this.t('register')} .xlsx</summary>
      ${this.register?.template(this.shown) ?? nothing}
    </details>`;
  }
  /** Only the rows in sight are in the page; the rest are two empty heights, drawn by SVG as no inline style may be. */
  private queue() {
    const t = this.t.bind(this);
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
          html`<div
            role="listitem"
            aria-setsize=${this.total > COUNTED_TO ? -1 : this.total}
            aria-posinset=${first + index + 1}
          >
            ${this.choosing.box(t, row, () => (this.cursor = first + index))}
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
