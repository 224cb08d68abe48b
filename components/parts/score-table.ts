import {
  html,
  nothing,
  svg,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { Bulletin } from '../../src/model/bulletin.ts';
import type { ScoreTable, Standing, SummaryLine } from '../../src/model/record.ts';
import { say, type Language } from '../../src/model/text.ts';
import type { Say } from './thing.ts';

/** What stands beside a table: the one of the period before, and what is printed of a subject. */
interface Beside {
  before?: ScoreTable | null;
  papers?: ((subject: Standing) => TemplateResult) | undefined;
}

/** A table of standings by group; each total unfolds to the lines that made it. */
export class ScoreTableView implements ReactiveController {
  private unfolded: string | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly t: Say,
    private readonly language: () => Language,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  template(table: ScoreTable, label: string, beside: Beside = {}): TemplateResult {
    if (table.subjects.length === 0) return html`<p class="soft">${this.t('empty')}</p>`;
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
    const extra = [...(table.heads?.columns ?? []), ...(table.heads?.figures ?? [])];
    const width = 5 + extra.length + (table.heads?.money ? 1 : 0);
    return html`<div class="wide" part="table" tabindex="0" role="region" aria-label=${label}>
        <table>
          <thead>
            <tr>
              <th class="number">${this.t('rank')}</th>
              <th>${this.t('name')}</th>
              <th class="number">${this.t('total_points')}</th>
              ${extra.map(({ name }) => html`<th class="number">${say(name, this.language())}</th>`)}
              ${
                table.heads?.money
                  ? html`<th class="number">${say(table.heads.money, this.language())}</th>`
                  : nothing
              }
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
                        <th colspan=${width} scope="rowgroup">
                          ${group ? say(subjects[0]?.groupName ?? group, this.language()) : this.t('unranked')}
                        </th>
                      </tr>`
                    : nothing
                }
                ${[...subjects]
                  .sort((a, b) => Number(b.points) - Number(a.points))
                  .map((subject) => this.row(table, subject, most, width, beside))}
              </tbody>`,
          )}
        </table>
      </div>
      ${table.summary ? this.summary(table.summary) : nothing}`;
  }

  private row(
    table: ScoreTable,
    subject: Standing,
    most: number,
    columns: number,
    { before, papers }: Beside,
  ): TemplateResult {
    const open = this.unfolded === subject.id;
    const width = Math.max(0, (Number(subject.points) / most) * 120);
    const language = this.language();
    const toggle = () => {
      this.unfolded = open ? null : subject.id;
      this.host.requestUpdate();
    };
    return html`<tr
        data-subject=${subject.id}
        class=${subject.rank === 1 && Number(subject.points) > 0 ? 'first' : ''}
      >
        <td class="number">${subject.rank ?? ''} ${before ? this.moved(subject, before) : nothing}</td>
        <td>
          ${subject.name} ${subject.grade ? html`<span class="tag">${subject.grade}</span>` : nothing}
          ${(subject.outcomes ?? []).map(({ name }) => html` <span class="tag">${say(name, language)}</span>`)}
        </td>
        <td class="number">${subject.points}</td>
        ${(table.heads?.columns ?? []).map(({ id }) => html`<td class="number">${subject.columns?.[id]}</td>`)}
        ${(table.heads?.figures ?? []).map(({ id }) => html`<td class="number">${subject.figures?.[id]}</td>`)}
        ${subject.money ? html`<td class="number">${subject.money.total}</td>` : nothing}
        <td class="chart" aria-hidden="true">
          <svg width="120" height="14">${svg`<rect width=${width} height="14" rx="2"></rect>`}</svg>
        </td>
        <td>
          ${
            subject.lines.length === 0 && !papers
              ? html`<span class="soft">${this.t(subject.points === '0' ? 'silent' : 'notShown')}</span>`
              : html`<button type="button" aria-expanded=${open ? 'true' : 'false'} @click=${toggle}>
                  ${this.t('show')}<span class="seen-by-readers"> ${subject.name}</span>
                </button>`
          }
        </td>
      </tr>
      ${
        open
          ? html`<tr class="lines">
              <td colspan=${columns}>
                ${papers?.(subject)}
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
                          ${say(line.name, language)}
                          <span class="soft">${line.clause ?? ''} ${line.why ?? ''}</span>
                        </td>
                        <td>${line.record ?? ''}</td>
                        <td class="date">${line.moment?.on ?? ''}</td>
                        <td class="number">${line.points}</td>
                      </tr>`,
                  )}
                </table>
              </td>
            </tr>`
          : nothing
      }`;
  }

  /** How many places up or down since the period before; new where it had no place there. */
  private moved({ id, rank, group }: Standing, before: ScoreTable): TemplateResult | typeof nothing {
    if (rank === null) return nothing;
    const was = before.subjects.find((one) => one.id === id);
    const change = was?.rank == null || was.group !== group ? null : was.rank - rank;
    const way = change === null ? 'new' : change > 0 ? 'up' : change < 0 ? 'down' : 'same';
    const n = Math.abs(change ?? 0);
    const signs = { new: '✳', up: `▲${n}`, down: `▼${n}`, same: '=' };
    return html`<span class="moved ${way}" data-moved=${change ?? 'new'} title=${this.t(`rank_${way}`, { n })}
      ><span aria-hidden="true">${signs[way]}</span
      ><span class="seen-by-readers">${this.t(`rank_${way}`, { n })}</span></span
    >`;
  }

  /** Numbers of the whole table; one that a published text says otherwise is shown beside it. */
  private summary(lines: readonly SummaryLine[]): TemplateResult {
    return html`<dl class="figures">
      ${lines.map(
        ({ name, value, share, stated }) =>
          html`<div>
            <dt>${say(name, this.language())}</dt>
            <dd>
              ${value ?? this.t('noValue')} ${share === undefined ? nothing : html`(${share}%)`}
              ${stated === undefined ? nothing : html`<span class="tag late">${this.t('stated', { n: stated })}</span>`}
            </dd>
          </div>`,
      )}
    </dl>`;
  }

  bulletin(bulletin: Bulletin): TemplateResult {
    const { people, units, corrections } = bulletin;
    return html`<section aria-label=${this.t('bulletin')}>
      <p class="soft">${this.t('countedOn', { date: bulletin.countedOn, period: bulletin.period })}</p>
      <h3>${this.t('people')}</h3>
      ${this.template(people, this.t('people'))}
      ${units.subjects.length > 0 ? html`<h3>${this.t('units')}</h3>` : nothing}
      ${units.subjects.length > 0 ? this.template(units, this.t('units')) : nothing}
      ${
        corrections.length > 0
          ? html`<h3>${this.t('corrections')}</h3>
              <table data-corrections>
                ${corrections.map(
                  (one) =>
                    html`<tr>
                      <td>${one.period}</td>
                      <td>${one.name}</td>
                      <td class="number">${one.was} → ${one.now}</td>
                      <td>
                        ${one.causes.map(
                          ({ name, record, moment, points }) =>
                            html`<span class="cause"
                              >${say(name, this.language())} ${record ?? ''} ${moment?.on ?? ''}
                              ${points.startsWith('-') ? points : `+${points}`}</span
                            >`,
                        )}
                      </td>
                    </tr>`,
                )}
              </table>`
          : nothing
      }
    </section>`;
  }
}
