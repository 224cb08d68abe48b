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
      .wide {
        overflow-x: auto;
      }
      input.period {
        width: 140px;
      }
      .bar {
        margin-bottom: 12px;
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
    if (this.period === '')
      this.period = String(new Date(performance.timeOrigin + performance.now()).getFullYear());
    county.client.scores(this.period, this.of).then(
      (value) => (this.table = { at: 'ready', value }),
      (error: unknown) => (this.table = { at: 'failed', error }),
    );
  }
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
            .value=${this.period}
            @change=${(event: Event) => this.show({ period: valueIn(event) })}
        /></label>
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

  private whole(table: ScoreTable) {
    const subjects = [...table.subjects].sort((a, b) => Number(b.points) - Number(a.points));
    if (subjects.length === 0) return html`<p class="soft">${this.t('empty')}</p>`;
    const most = Math.max(1, ...subjects.map((subject) => Number(subject.points)));
    return html`<div class="wide">
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
        <tbody>
          ${subjects.map((subject) => this.row(subject, most))}
        </tbody>
      </table>
    </div>`;
  }
  private row(subject: Standing, most: number) {
    const open = this.unfolded === subject.id;
    const width = Math.max(0, (Number(subject.points) / most) * 120);
    return html`<tr data-subject=${subject.id}>
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
          ? html`<tr>
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
