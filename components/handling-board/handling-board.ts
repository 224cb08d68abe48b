import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { addDays } from '../../src/model/date.ts';
import { lateAfter, type ThingKind } from '../../src/model/thing.ts';
import type { Changed, ThingRow } from '../../src/model/view.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { typing } from '../parts/keys.ts';
import { Live } from '../parts/live.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things, onPaper } from '../parts/thing-styles.ts';
import { clock, day } from '../parts/day.ts';
import { dueTag } from '../parts/thing.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/** No department has more at once; the oldest due come first. */
const MOST = 1000;
/** So many acts of others in a row are one look at the board, in milliseconds. */
const GATHERED = 500;
type Group = { id: string; label: string; rows: ThingRow[] };

/**
 * What a department has to answer: opinions asked and items handed to it, by stage or by due date, as board or table.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 * @csspart paper - A paper as it will print.
 * @csspart papers - What can be printed of it.
 * @csspart table - The table of what is to be answered, or of points.
 * @csspart sources - The reports that a piece is made of.
 * @csspart takes - The things a piece or an issue is made of.
 * @csspart thing - The opened thing.
 */
export class HandlingBoard extends CountyElement {
  static override styles = [
    shared,
    things,
    onPaper,
    flowMapStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
        gap: 14px;
        margin-bottom: 20px;
      }
      .column {
        background: var(--_wash);
        border-radius: var(--_radius);
        padding: 12px;
      }
      .choices-bar {
        margin-bottom: 12px;
      }
      td.what button {
        min-width: 14em;
        white-space: normal;
        text-align: left;
      }
      .column button {
        display: block;
        width: 100%;
        margin-bottom: 8px;
        text-align: left;
      }
    `,
  ];
  @state() private rows: Loaded<ThingRow[]> = { at: 'loading' };
  @state() private by: 'stage' | 'due' = 'stage';
  @state() private as: 'board' | 'table' = 'board';
  private soon: ReturnType<typeof setTimeout> | undefined;
  private readonly live = new Live(this, (changed) => this.heard(changed));

  private readonly desk = new ThingDesk(this, {
    county: () => this.county,
    errorText: (error) => this.errorText(error),
    done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
    reload: () => this.reload(),
    keys: true,
  });

  /** Others act: what is open says so itself, the board is asked for anew. */
  private heard(changed: Changed | null): void {
    if (changed) void this.desk.changed(changed);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.county && this.ask(this.county), GATHERED);
  }
  override disconnectedCallback(): void {
    clearTimeout(this.soon);
    super.disconnectedCallback();
  }

  protected override load(county: CountyContext): void {
    this.live.follow(county.client);
    this.ask(county);
    if (this.desk.view) void this.desk.open(this.desk.view.kind, this.desk.view.id);
  }
  private ask(county: CountyContext): void {
    const asked: Promise<ThingRow[]>[] = [];
    const ask = (kind: ThingKind, view: 'todo' | 'all') => {
      if (county.info.may.includes(`read:${kind}`)) asked.push(everyRow(county, kind, view));
    };
    ask('handling', 'all');
    // An author's own reports that wait for them are no handling.
    const { me } = county.info;
    if (!me.staff && me.posts.some(({ organisation }) => organisation !== null)) ask('report', 'todo');
    Promise.all(asked).then(
      (pages) => (this.rows = { at: 'ready', value: pages.flat() }),
      // What is shown stays when nobody asked for news of it.
      (error: unknown) => {
        if (this.rows.at !== 'ready') this.rows = { at: 'failed', error };
      },
    );
  }
  private onKey(event: KeyboardEvent): void {
    if (!typing(event) && this.desk.press(event.key)) event.preventDefault();
  }

  private groups(rows: readonly ThingRow[]): Group[] {
    const t = this.t.bind(this);
    const inWeek = addDays(this.today, 7);
    const of = (row: ThingRow): [id: string, label: string] => {
      if (this.by === 'stage') return [row.stage.id, row.stage.label];
      const { due } = row;
      if (!due) return ['none', t('dueNone')];
      if (lateAfter(due) < clock()) return ['late', t('late')];
      return due.on <= inWeek ? ['week', t('dueWeek')] : ['later', t('dueLater')];
    };
    const groups = new Map<string, Group>();
    const due = (row: ThingRow) => (row.due ? lateAfter(row.due) : '9999');
    for (const row of [...rows].sort((a, b) => due(a).localeCompare(due(b)))) {
      const [id, label] = of(row);
      const group = groups.get(id) ?? { id, label, rows: [] };
      group.rows.push(row);
      groups.set(id, group);
    }
    return [...groups.values()];
  }
  private get today(): string {
    return day(new Date().toISOString());
  }

  protected override render() {
    const { rows } = this;
    const t = this.t.bind(this);
    if (rows.at === 'loading') return this.loadingState();
    if (rows.at === 'failed') return this.errorState(rows.error);
    const groups = this.groups(rows.value);
    const choice = (name: 'by' | 'as', value: 'stage' | 'due' | 'board' | 'table', label: string) =>
      html`<button
        type="button"
        data-choice=${value}
        aria-pressed=${this[name] === value ? 'true' : 'false'}
        @click=${() => Object.assign(this, { [name]: value })}
      >
        ${label}
      </button>`;
    return html`<h2>${t('board')}</h2>
      ${
        rows.value.length === 0
          ? html`<p class="soft">${t('empty')}</p>`
          : html`<div class="bar choices-bar">
                ${choice('by', 'stage', t('byStage'))} ${choice('by', 'due', t('byDue'))}
                ${choice('as', 'board', t('asBoard'))} ${choice('as', 'table', t('asTable'))}
              </div>
              <p class="soft" role="status">${t('total', { n: rows.value.length })}</p>
              ${this.as === 'board' ? this.columns(groups) : this.table(groups)}`
      }
      <div @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
        ${rows.value.length > 0 || this.desk.shows ? this.desk.template() : nothing}
      </div>`;
  }

  private button(row: ThingRow, rest: unknown) {
    return html`<button
      type="button"
      data-thing=${row.id}
      aria-current=${row.id === this.desk.view?.id ? 'true' : 'false'}
      @click=${() => this.desk.open(row.kind, row.id, true)}
    >
      ${rest}
    </button>`;
  }
  private columns(groups: readonly Group[]) {
    const t = this.t.bind(this);
    return html`<div class="columns">
      ${groups.map(
        ({ id, label, rows }) =>
          html`<section class="column" data-column=${id}>
            <h3>${label} (${rows.length})</h3>
            ${rows.map((row) =>
              this.button(
                row,
                html`<strong>${row.title}</strong><br />${
                    this.by === 'due' ? html`<span class="tag stage">${row.stage.label}</span> ` : nothing
                  }${dueTag(t, row)}`,
              ),
            )}
          </section>`,
      )}
    </div>`;
  }
  private table(groups: readonly Group[]) {
    const t = this.t.bind(this);
    return html`<div class="wide" tabindex="0" role="region" aria-label=${t('board')}>
      <table part="table" data-board>
        <thead>
          <tr>
            <th scope="col">${t('heading')}</th>
            <th scope="col">${t('stage')}</th>
            <th scope="col">${t('dueOn')}</th>
            <th scope="col">${t('sinceWhen')}</th>
          </tr>
        </thead>
        ${groups.map(
          ({ id, label, rows }) =>
            html`<tbody data-column=${id}>
              <tr>
                <th colspan="4" scope="rowgroup">${label} (${rows.length})</th>
              </tr>
              ${rows.map(
                (row) =>
                  html`<tr>
                    <td class="what">${this.button(row, row.title)}</td>
                    <td>${row.stage.label}</td>
                    <td>${dueTag(t, row)}</td>
                    <td class="date">${day(row.since)}</td>
                  </tr>`,
              )}
            </tbody>`,
        )}
      </table>
    </div>`;
  }
}

/** All of a list, page by page. */
async function everyRow(
  { client }: CountyContext,
  kind: ThingKind,
  view: 'todo' | 'all',
): Promise<ThingRow[]> {
  const rows: ThingRow[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof client.queue>> = await client.queue(kind, {
      view,
      after,
      limit: 200,
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < MOST);
  return rows;
}
