import { css, html, nothing, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ScoreTable, Standing } from '../../src/model/record.ts';
import { valueIn } from '../parts/value-in.ts';
import { say } from '../../src/model/text.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';

/** A period's table: points, ranks, grades; each total unfolds to the lines that made it. */
export class Scoreboard extends CountyElement {
  static override styles = [
    shared,
    css`
      svg rect {
        fill: var(--_main);
      }
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
      .bar input {
        display: block;
        font-weight: 400;
      }
      thead th {
        border-bottom: 2px solid var(--_main);
      }
      .group th {
        padding-top: 18px;
        color: var(--_soft);
      }
      tr.first td.number:first-child {
        color: var(--_alert);
        font-weight: 700;
      }
      .lines {
        background: var(--_wash);
      }
      @media (max-width: 600px) {
        .chart {
          display: none;
        }
      }
    `,
  ];
  /** `2026`, `2026-Q1`, `2026-03` …; the current year when empty. */
  @property() period = '';
  /** `people` or `units`. */
  @property() of: 'people' | 'units' = 'people';
  @state() private table: Loaded<ScoreTable> = { at: 'loading' };
  @state() private unfolded: string | null = null;

  protected override load(county: CountyContext): void {
    if (!county.info.may.includes('see-scores')) return;
    if (this.period === '') this.period = String(new Date().getFullYear());
    const turn = (this.turn += 1);
    const set = (table: Loaded<ScoreTable>) => {
      if (turn === this.turn) this.table = table;
    };
    county.client.scores(this.period, this.of).then(
      (value) => set({ at: 'ready', value }),
      (error: unknown) => set({ at: 'failed', error }),
    );
  }
  private turn = 0;
  private show(change: { of?: 'people' | 'units'; period?: string }): void {
    Object.assign(this, change);
    this.reload();
  }

  protected override render() {
    const { county, table } = this;
    if (county && !county.info.may.includes('see-scores'))
      return html`<p class="notice">${this.t('refused')}</p>`;
    return html`<h2>${this.t('scoreboard')}</h2>
      <div class="bar">
        <label
          >${this.t('periodLabel')}
          <input
            class="period"
            list="periods"
            aria-describedby="period-hint"
            .value=${this.period}
            @change=${(event: Event) => this.show({ period: valueIn(event) })}
          />
          <datalist id="periods">
            ${this.periods().map((period) => html`<option value=${period}></option>`)}
          </datalist>
          <span class="hint" id="period-hint">${this.t('periodHint')}</span></label
        >
        ${(['people', 'units'] as const).map(
          (of) =>
            html`<button
              type="button"
              aria-pressed=${of === this.of ? 'true' : 'false'}
              @click=${() => this.show({ of })}
            >
              ${this.t(of)}
            </button>`,
        )}
      </div>
      ${
        table.at === 'loading'
          ? this.loadingState()
          : table.at === 'failed'
            ? this.errorState(table.error)
            : this.whole(table.value)
      }`;
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
  private whole(table: ScoreTable) {
    // Ranks are taken within a group: those of a group stand together, the unranked last.
    const groups = new Map<string, Standing[]>();
    for (const subject of table.subjects) {
      const group = subject.rank === null ? '' : (subject.group ?? '');
      groups.set(group, [...(groups.get(group) ?? []), subject]);
    }
    const most = Math.max(1, ...table.subjects.map((subject) => Number(subject.points)));
    const best = (subjects: Standing[]) => Math.max(...subjects.map((subject) => Number(subject.points)));
    const inOrder = [...groups].sort(
      ([a, one], [b, other]) => Number(a === '') - Number(b === '') || best(other) - best(one),
    );
    if (table.subjects.length === 0) return html`<p class="soft">${this.t('empty')}</p>`;
    return html`<div class="wide" part="table" tabindex="0" role="region" aria-label=${this.t('scoreboard')}>
      <table>
        <thead>
          <tr>
            <th class="number">${this.t('rank')}</th>
            <th>${this.t('name')}</th>
            <th class="number">${this.t('total_points')}</th>
            <th class="chart"><span class="seen-by-readers">${this.t('total_points')}</span></th>
            <th>${this.t('lines')}</th>
          </tr>
        </thead>
        ${inOrder.map(
          ([group, subjects]) =>
            html`<tbody>
              ${
                groups.size > 1
                  ? html`<tr class="group">
                      <th colspan="5" scope="rowgroup">${group || this.t('unranked')}</th>
                    </tr>`
                  : nothing
              }
              ${subjects
                .sort((a, b) => Number(b.points) - Number(a.points))
                .map((subject) => this.row(subject, most))}
            </tbody>`,
        )}
      </table>
    </div>`;
  }
  private row(subject: Standing, most: number) {
    const open = this.unfolded === subject.id;
    const width = Math.max(0, (Number(subject.points) / most) * 120);
    return html`<tr
        data-subject=${subject.id}
        class=${subject.rank === 1 && Number(subject.points) > 0 ? 'first' : ''}
      >
        <td class="number">${subject.rank ?? ''}</td>
        <td>${subject.name} ${subject.grade ? html`<span class="tag">${subject.grade}</span>` : nothing}</td>
        <td class="number">${subject.points}</td>
        <td class="chart" aria-hidden="true">
          <svg width="120" height="14">${svg`<rect width=${width} height="14" rx="2"></rect>`}</svg>
        </td>
        <td>
          ${
            subject.lines.length === 0
              ? html`<span class="soft">${this.t('silent')}</span>`
              : html`<button
                  type="button"
                  aria-expanded=${open ? 'true' : 'false'}
                  @click=${() => (this.unfolded = open ? null : subject.id)}
                >
                  ${this.t('show')}<span class="seen-by-readers"> ${subject.name}</span>
                </button>`
          }
        </td>
      </tr>
      ${
        open
          ? html`<tr class="lines">
              <td colspan="5">
                <table>
                  <tr>
                    <th>${this.t('rule')}</th>
                    <th>${this.t('record')}</th>
                    <th>${this.t('day')}</th>
                    <th class="number">${this.t('total_points')}</th>
                  </tr>
                  ${subject.lines.map(
                    (line) =>
                      html`<tr>
                        <td>
                          ${say(line.name, this.language)}
                          <span class="soft">${line.clause ?? ''} ${line.why ?? ''}</span>
                        </td>
                        <td>${line.record ?? ''}</td>
                        <td>${line.moment?.on ?? ''}</td>
                        <td class="number">${line.points}</td>
                      </tr>`,
                  )}
                </table>
              </td>
            </tr>`
          : nothing
      }`;
  }
}
