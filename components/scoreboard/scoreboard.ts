import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ClientError } from '../../src/client/index.ts';
import type { Owed } from '../../src/model/obligation.ts';
import { scoresOf } from '../../src/client/scores.ts';
import type { QuotaProgress, ScoreTable } from '../../src/model/record.ts';
import type { ActionView, ThingRow } from '../../src/model/view.ts';
import { ActionForm } from '../parts/action-form.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import type { PersonPapers } from '../parts/person-papers.ts';
import { saveFile } from '../parts/save-file.ts';
import { ScoreTableView } from '../parts/score-table.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, scoreStyles, things, onPaper } from '../parts/thing-styles.ts';
import { says, type TextKey } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { day } from '../parts/day.ts';
import type { ThingDesk } from '../parts/thing-desk.ts';
import { valueIn } from '../parts/value-in.ts';
import type { owedTable } from '../parts/owed-list.ts';
import type { MonthList } from './month-list.ts';
import type { quotaTable } from './quota-table.ts';

says(zh);

/**
 * A period's table as it stands today, and the closings: counted, checked, approved, issued.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 * @csspart paper - A paper as it will print.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart sources - The reports that a piece is made of.
 * @csspart takes - The things a piece or an issue is made of.
 * @csspart thing - The opened thing.
 */
export class Scoreboard extends CountyElement {
  static override styles = [
    shared,
    things,
    onPaper,
    scoreStyles,
    flowMapStyles,
    css`
      input.period {
        width: 150px;
      }
      .bar {
        align-items: end;
        margin-bottom: 16px;
      }
      .bar label {
        font-weight: 600;
      }
      .bar label .hint {
        display: block;
        font-weight: 400;
      }
      .bar input,
      .bar select {
        display: block;
        font-weight: 400;
      }
      .closings [aria-current='true'] {
        border-color: var(--_main);
        box-shadow: inset 0 -3px var(--_main);
      }
      details.count {
        margin-bottom: 16px;
      }
      details.count form {
        max-width: 420px;
      }
    `,
  ];
  /** `2026`, `2026-Q1`, `2026-03` …; the current year when empty. */
  @property() period = '';
  /** `people` or `units`. */
  @property() of: 'people' | 'units' = 'people';
  /** What stands under the buttons. */
  @state() private panel: 'table' | 'quotas' | 'obligations' | 'month' = 'table';
  @state() private owing: Loaded<QuotaProgress[]> = { at: 'loading' };
  @state() private duties: Loaded<Owed[]> = { at: 'loading' };
  /** What draws the panels besides the table, and the papers of a person: fetched when first asked for. */
  private months: MonthList | null = null;
  private quotaTable: typeof quotaTable | null = null;
  private owedTable: typeof owedTable | null = null;
  private papers: PersonPapers | null = null;
  @state() private table: Loaded<ScoreTable> = { at: 'loading' };
  /** As it stood in the period before. */
  @state() private last: ScoreTable | null = null;
  @state() private periodsClosed: ThingRow[] = [];
  @state() private counting: ActionView | null = null;
  @state() private refusedBy: unknown = null;

  private readonly scores = new ScoreTableView(this, this.t.bind(this), () => this.language);
  /** Where a closing is looked at; fetched with the first. */
  private desk: ThingDesk | null = null;
  private readonly form = new ActionForm(
    this,
    () => this.county,
    ({ act, key }) => {
      const client = this.county?.client;
      if (!client) throw new ClientError('offline', 0, '');
      return client.open('period', act, key);
    },
    (view, action) => {
      this.refusedBy = null;
      this.form.reset();
      this.renderRoot.querySelector('details.count')?.removeAttribute('open');
      this.announce({ kind: view.kind, id: view.id, action: action.action });
      void this.open(view);
    },
    (error) => (this.refusedBy = error),
  );

  protected override load(county: CountyContext): void {
    if (!county.info.may.includes('see-scores')) return;
    if (this.period === '') this.period = String(new Date().getFullYear());
    const turn = (this.turn += 1);
    const { client } = county;
    const into = <Value>(asked: Promise<Value>, set: (loaded: Loaded<Value>) => void) =>
      asked.then(
        (value) => turn === this.turn && set({ at: 'ready', value }),
        (error: unknown) => turn === this.turn && set({ at: 'failed', error }),
      );
    void into(scoresOf(client, this.period, this.of), (table) => {
      this.table = table;
      this.last = null;
      if (table.at !== 'ready' || !table.value.before) return;
      // Without it the table stands as well.
      scoresOf(client, table.value.before, this.of).then(
        (last) => turn === this.turn && (this.last = last),
        () => undefined,
      );
    });
    if (this.panel === 'quotas') void into(client.quotas('all'), (owing) => (this.owing = owing));
    if (this.panel === 'obligations')
      void into(client.obligations('all'), (duties) => (this.duties = duties));
    if (this.panel === 'month') void this.months?.show();
    // The table above says when the server cannot be reached.
    this.loadClosings(county).catch(() => undefined);
    if (this.desk?.view) void this.desk.open(this.desk.view.kind, this.desk.view.id);
  }
  private async open({ kind, id }: Pick<ThingRow, 'kind' | 'id'>): Promise<void> {
    try {
      const { ThingDesk } = await import('../parts/thing-desk.ts');
      this.desk ??= new ThingDesk(this, {
        county: () => this.county,
        errorText: (error) => this.errorText(error),
        reload: () => this.reload(),
        done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
      });
    } catch {
      this.table = { at: 'failed', error: new ClientError('offline', 0, '') };
    }
    await this.desk?.open(kind, id, true);
  }
  private async loadClosings({ client, info }: CountyContext): Promise<void> {
    if (info.may.includes('read:period'))
      this.periodsClosed = (await client.queue('period', { view: 'all', limit: 50 })).rows;
    if (info.may.includes('create:period') && this.counting === null)
      this.counting = (await client.blank('period')).actions[0] ?? null;
  }
  private show(panel: Scoreboard['panel'], change: { of?: 'people' | 'units'; period?: string } = {}): void {
    Object.assign(this, change);
    this.panel = panel;
    void this.equip(panel).then(this.reload, () => (this.refusedBy = new ClientError('offline', 0, '')));
  }
  private async equip(panel: Scoreboard['panel']): Promise<void> {
    if (panel === 'quotas') ({ quotaTable: this.quotaTable } = await import('./quota-table.ts'));
    if (panel === 'obligations') ({ owedTable: this.owedTable } = await import('../parts/owed-list.ts'));
    if (panel !== 'month' || this.months) return;
    const { MonthList } = await import('./month-list.ts');
    this.months = new MonthList(
      this,
      () => this.county,
      this.t.bind(this),
      (error) => this.errorText(error),
      day(new Date().toISOString()).slice(0, 7),
    );
  }
  private papersOf(person: string) {
    if (this.papers) return this.papers.template(person, this.period, ['yearly', 'employer']);
    void this.equipPapers().catch(() => (this.refusedBy = new ClientError('offline', 0, '')));
    return this.loadingState();
  }
  private async equipPapers(): Promise<void> {
    const { PersonPapers } = await import('../parts/person-papers.ts');
    this.papers ??= new PersonPapers(
      this,
      () => this.county,
      this.t.bind(this),
      (error) => this.errorText(error),
    );
    this.requestUpdate();
  }
  private turn = 0;
  protected override render() {
    const { county, table } = this;
    if (county && !county.info.may.includes('see-scores'))
      return html`<p class="notice">${this.t('refused')}</p>`;
    return html`<h2>${this.t('scoreboard')}</h2>
      ${county ? this.closings(county) : nothing}
      ${this.desk?.shows ? this.desk.template() : this.live(table)}`;
  }

  /** The table as it stands today. */
  private live(table: Loaded<ScoreTable>) {
    return html`<div class="bar">
        <label
          >${this.t('periodLabel')}
          <input
            class="period"
            list="periods"
            aria-describedby="period-hint"
            .value=${this.period}
            @change=${(event: Event) => this.show('table', { period: valueIn(event) })}
          />
          <datalist id="periods">
            ${this.periods().map((period) => html`<option value=${period}></option>`)}
          </datalist>
          <span class="hint" id="period-hint">${this.t('periodHint')}</span></label
        >
        ${(['people', 'units'] as const).map((of) =>
          this.button(of, this.panel === 'table' && of === this.of, () => this.show('table', { of })),
        )}
        ${
          this.county?.info.me.staff
            ? html`${this.panelButton('quotas', 'quotas')} ${this.panelButton('obligations', 'obligations')}
                <button type="button" @click=${() => this.save('anthology')}>${this.t('anthology')}</button>`
            : nothing
        }
        ${(this.county?.info.offices.length ?? 0) > 0 ? this.panelButton('month', 'monthList') : nothing}
      </div>
      ${this.refusedBy ? html`<p class="notice warn" role="alert">${this.errorText(this.refusedBy)}</p>` : nothing}
      ${this.shown(table)}`;
  }
  private button(
    label: TextKey,
    pressed: boolean,
    click: () => void,
    panel: string | typeof nothing = nothing,
  ) {
    return html`<button
      type="button"
      data-panel=${panel}
      aria-pressed=${pressed ? 'true' : 'false'}
      @click=${click}
    >
      ${this.t(label)}
    </button>`;
  }
  private panelButton(panel: Scoreboard['panel'], label: TextKey) {
    return this.button(label, this.panel === panel, () => this.show(panel), panel);
  }
  private shown(table: Loaded<ScoreTable>) {
    const t = this.t.bind(this);
    switch (this.panel) {
      case 'month':
        return this.months?.template() ?? this.loadingState();
      case 'obligations':
        return this.loaded(
          this.duties,
          (owed) => this.owedTable?.(owed, this.language, t) ?? this.loadingState(),
        );
      case 'quotas':
        return this.loaded(
          this.owing,
          (quotas) => this.quotaTable?.(quotas, this.language, t) ?? this.loadingState(),
        );
      case 'table':
        return this.loaded(table, (value) => this.standings(value));
    }
  }
  /** The table, with what is printed of each person for the office, and ways to take it away. */
  private standings(table: ScoreTable) {
    const staff = this.county?.info.me.staff ?? false;
    return html`<div class="bar">
        <button type="button" part="button" data-print @click=${() => this.print()}>
          ${this.t('printTable')}
        </button>
        ${
          this.county?.info.may.includes('export')
            ? html`<button type="button" part="button" data-download @click=${() => this.save('table')}>
                ${this.t('asExcel')}
              </button>`
            : nothing
        }
      </div>
      <div class="standings">
        <p class="soft">${this.t('tableOf', { of: this.t(this.of), period: table.period })}</p>
        ${this.scores.template(table, this.t('scoreboard'), {
          before: this.last,
          papers: staff && this.of === 'people' ? ({ id }) => this.papersOf(id) : undefined,
        })}
      </div>`;
  }
  private async print(): Promise<void> {
    const { printAlone } = await import('../parts/print-alone.ts');
    const part = this.renderRoot.querySelector('.standings');
    if (part) printAlone(part);
  }
  /** The table for work with data, or the excellent reports of the period to be printed for all members. */
  private async save(what: 'table' | 'anthology'): Promise<void> {
    const { county, period, of } = this;
    this.refusedBy = null;
    if (!county) return;
    try {
      const { filesOf } = await import('../../src/client/files.ts');
      const files = filesOf(county.client);
      const name = period.replaceAll(/[/:]/g, '_');
      if (what === 'anthology')
        saveFile(await files.anthology(period), `${this.t('anthology')} ${name}.docx`);
      else
        saveFile(await files.exported('scores.xlsx', { period, of }), `${this.t('scoreboard')} ${name}.xlsx`);
    } catch (error) {
      this.refusedBy = error;
    }
  }
  private loaded<Value>(what: Loaded<Value>, draw: (value: Value) => TemplateResult) {
    if (what.at === 'loading') return this.loadingState();
    return what.at === 'failed' ? this.errorState(what.error) : draw(what.value);
  }
  private periods(): string[] {
    const year = Number.parseInt(this.period, 10);
    if (Number.isNaN(year)) return [];
    return [
      String(year),
      ...['H1', 'H2', 'Q1', 'Q2', 'Q3', 'Q4'].map((part) => `${year}-${part}`),
      String(year - 1),
    ];
  }
  /** The period's closings: each counted, checked, approved and issued as a thing of its own. */
  private closings(county: CountyContext) {
    const opens = county.info.may.includes('create:period');
    if (!opens && this.periodsClosed.length === 0) return nothing;
    const open = this.desk?.view?.id;
    const now = () => {
      this.desk?.close();
      this.requestUpdate();
    };
    return html`<nav class="bar closings" aria-label=${this.t('closings')}>
        <button type="button" aria-current=${this.desk?.shows ? 'false' : 'true'} @click=${now}>
          ${this.t('asOfToday')}
        </button>
        ${this.periodsClosed.map(
          (row) =>
            html`<button
              type="button"
              data-thing=${row.id}
              aria-current=${row.id === open ? 'true' : 'false'}
              @click=${() => this.open(row)}
            >
              ${row.title} <span class="tag stage" data-stage=${row.stage.id}>${row.stage.label}</span>
            </button>`,
        )}
      </nav>
      ${
        opens && this.counting
          ? html`<details class="count">
              <summary>${this.t('newClosing')}</summary>
              ${this.newClosing()}
            </details>`
          : nothing
      }`;
  }
  private newClosing() {
    const { counting } = this;
    if (!counting) return nothing;
    const send = (event: Event) => {
      event.preventDefault();
      this.refusedBy = null;
      void this.form.submit(counting, true);
    };
    return html`<form class="action-form" novalidate aria-label=${counting.label} @submit=${send}>
      ${this.form.fields(counting)}
      ${this.refusedBy ? html`<p class="error" role="alert">${this.errorText(this.refusedBy)}</p>` : nothing}
      <button class="primary" ?disabled=${this.form.busy}>
        ${this.form.busy ? this.t('sending') : counting.label}
      </button>
    </form>`;
  }
}
