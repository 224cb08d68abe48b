import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { Owed } from '../../src/model/obligation.ts';
import type { Changed, ThingRow } from '../../src/model/view.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { day } from '../parts/day.ts';
import { kindLabel } from '../parts/kind-label.ts';
import { Live } from '../parts/live.ts';
import { dueTag } from '../parts/thing.ts';
import { Told } from '../parts/told.ts';
import { NewThing } from '../parts/new-thing.ts';
import { owedNotice } from '../parts/owed-list.ts';
import { QuotaLines } from '../parts/quota-lines.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { PersonPapers } from '../parts/person-papers.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, sides, things, onPaper } from '../parts/thing-styles.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

interface OwnRows {
  rows: ThingRow[];
  /** Those that wait for this person, by id. */
  waiting: Set<string>;
  total: number;
}
const PAGE = 50;
/** So many acts of others in a row are one look at the list, in milliseconds. */
const GATHERED = 500;

/**
 * One's own reports and leads: where each stands and since when, what it earned, what one must do.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart list - The list.
 * @csspart map - The map of the stages.
 * @csspart row - One row of the list.
 * @csspart paper - A paper as it will print.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart sources - The reports that a piece is made of.
 * @csspart takes - The things a piece or an issue is made of.
 * @csspart thing - The opened thing.
 * @csspart told - What one was told.
 */
export class MyReports extends CountyElement {
  static override styles = [
    shared,
    things,
    onPaper,
    sides,
    flowMapStyles,
    css`
      [part='papers'] {
        margin-bottom: 12px;
      }
      ul.rows {
        list-style: none;
        margin: 0 0 16px;
        padding: 0;
        border-top: 1px solid var(--_line);
      }
      ul.rows button {
        display: block;
        width: 100%;
        padding: 12px;
        text-align: left;
        border-width: 0 0 1px;
        border-radius: 0;
      }
      ul.rows strong {
        display: block;
      }
      ul.rows .soft {
        white-space: nowrap;
      }
    `,
  ];

  @state() private own: Loaded<OwnRows> = { at: 'loading' };
  @state() private owed: Owed[] = [];
  @state() private pages = 1;
  /** Others have acted, and the list has it. */
  @state() private renewed = false;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private readonly live = new Live(this, (changed) => this.heard(changed));

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
  private readonly desk = new ThingDesk(this, {
    county: () => this.county,
    errorText: (error) => this.errorText(error),
    done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
    reload: () => this.reload(),
  });

  private readonly papers = new PersonPapers(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    (error) => this.errorText(error),
  );
  private readonly quotas = new QuotaLines(this, (key, gaps) => this.t(key, gaps));
  private readonly told = new Told(
    this,
    () => this.county,
    (key, gaps) => this.t(key, gaps),
    ({ kind, id }) => void this.desk.open(kind, id, true),
  );

  override disconnectedCallback(): void {
    clearTimeout(this.soon);
    super.disconnectedCallback();
  }
  private heard(changed: Changed | null): void {
    if (changed) void this.desk.changed(changed);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.renew(), GATHERED);
  }
  /** The list as it is now; what is open says itself that it has changed. */
  private async renew(): Promise<void> {
    const { county, own } = this;
    if (!county || own.at !== 'ready') return;
    this.renewed = false;
    void this.told.load(county);
    // What is shown stays when nobody asked for news of it.
    const value = await this.ask(county).catch(() => null);
    if (!value || this.own !== own) return;
    const was = new Map(own.value.rows.map(({ id, version }) => [id, version]));
    this.renewed = value.rows.some(({ id, version }) => was.get(id) !== version && id !== this.desk.view?.id);
    this.own = { at: 'ready', value };
  }

  protected override load(county: CountyContext): void {
    this.live.follow(county.client);
    this.renewed = false;
    void this.told.load(county);
    this.ask(county).then(
      (value) => (this.own = { at: 'ready', value }),
      (error: unknown) => (this.own = { at: 'failed', error }),
    );
    void this.quotas.load(county);
    county.client.obligations().then(
      (owed) => (this.owed = owed),
      () => (this.owed = []),
    );
    if (this.desk.view) void this.desk.open(this.desk.view.kind, this.desk.view.id);
  }
  private async ask({ client, info }: CountyContext): Promise<OwnRows> {
    const matters = info.matters.map(({ value }) => value);
    const kinds = ['report', 'lead', 'handling', ...matters].filter((kind) =>
      info.may.includes(`read:${kind}`),
    );
    const asked = await Promise.all(
      kinds.flatMap((kind) =>
        (['mine', 'todo'] as const).map(async (view) => ({
          view,
          page: await client.queue(kind, { view, limit: Math.min(200, PAGE * this.pages) }),
        })),
      ),
    );
    const of = (view: 'mine' | 'todo') => asked.filter((one) => one.view === view).map((one) => one.page);
    const waiting = new Set(
      [
        ...of('todo').flatMap((page) => page.rows),
        ...of('mine').flatMap((page) => page.rows.filter(({ askedJointly }) => askedJointly)),
      ].map(({ id }) => id),
    );
    // What waits for one comes first, then the newest.
    const rows = of('mine')
      .flatMap((page) => page.rows)
      .sort(
        (a, b) => Number(waiting.has(b.id)) - Number(waiting.has(a.id)) || b.since.localeCompare(a.since),
      );
    return { rows, waiting, total: of('mine').reduce((sum, page) => sum + page.total, 0) };
  }

  protected override render() {
    const { own } = this;
    const t = this.t.bind(this);
    return html`<h2>${t('myReports')}</h2>
      ${this.told.template()} ${this.quotas.template(this.language)}
      ${owedNotice(this.owed, this.language, t)} ${this.matters()} ${this.yearly()}
      <p class="soft" role="status">${this.renewed ? t('listRenewed') : nothing}</p>
      ${
        own.at === 'loading'
          ? this.loadingState()
          : own.at === 'failed'
            ? this.errorState(own.error)
            : own.value.rows.length === 0
              ? html`<p class="notice">${t('empty')}</p>`
              : this.both(own.value)
      }`;
  }

  /** What one can record beside reports: a contact, a micro-consultation. */
  private matters() {
    const { county } = this;
    if (!county || county.info.me.staff) return nothing;
    return county.info.matters.map(({ value }) => this.fresh.template(value));
  }

  /** One's own sheet of the year, to be printed. */
  private yearly() {
    if (!this.county) return nothing;
    return this.papers.template(this.county.info.me.id, String(new Date().getFullYear()), ['yearly']);
  }

  private both({ rows, waiting, total }: OwnRows) {
    const t = this.t.bind(this);
    const more = () => {
      this.pages += 1;
      this.reload();
    };
    return html`<div class="sides ${this.desk.view ? 'open' : ''}">
      <div class="left">
        <ul class="rows" part="list">
          ${rows.map(
            (row) =>
              html`<li>
                <button
                  type="button"
                  part="row"
                  data-thing=${row.id}
                  aria-current=${row.id === this.desk.view?.id ? 'true' : 'false'}
                  @click=${() => this.desk.open(row.kind, row.id, true)}
                >
                  <strong>${row.title}</strong>
                  <span class="tag">${kindLabel(t, this.county, row.kind)}</span>
                  <span class="tag stage" data-stage=${row.stage.id}>${row.stage.label}</span>
                  <span class="soft">${t('since', { date: day(row.since) })}</span>
                  ${
                    waiting.has(row.id)
                      ? html`<span class="tag late">${t(row.askedJointly ? 'askedJointly' : 'mustDo')}</span>`
                      : nothing
                  }
                  ${waiting.has(row.id) ? dueTag(t, row) : nothing}
                </button>
              </li>`,
          )}
        </ul>
        ${
          rows.length < total && PAGE * this.pages < 200
            ? html`<button type="button" @click=${more}>${t('more')}</button>`
            : nothing
        }
      </div>
      <div class="right">
        <button type="button" class="back" @click=${() => this.back()}>${t('back')}</button>
        ${this.desk.template()}
      </div>
    </div>`;
  }
  private back(): void {
    const id = this.desk.view?.id ?? '';
    this.desk.close();
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`.rows [data-thing="${CSS.escape(id)}"]`)?.focus(),
    );
  }
}
