import { html, nothing, type TemplateResult } from 'lit';
import type { HistoryItem, ThingRow, ThingView } from '../../src/model/view.ts';
import type { TextKey } from '../texts/texts.ts';

export type Say = (key: TextKey, gaps?: Record<string, string | number>) => string;

/** An instant as its day, the way the page's language writes it. */
export function day(at: string): string {
  return at.slice(0, 10);
}

export function dueTag(t: Say, row: Pick<ThingRow, 'due' | 'supervised'>): TemplateResult {
  return html`${
    row.due
      ? html`<span class="tag ${row.supervised ? 'late' : ''}"
          >${t('due', { date: row.due.on })}${row.due.provisional ? t('provisional') : nothing}</span
        >`
      : nothing
  }${row.supervised ? html` <span class="tag late">${t('supervised')}</span>` : nothing}`;
}

/** The head of a thing: its title, where it stands and since when. */
export function headTemplate(t: Say, view: ThingView): TemplateResult {
  return html`<h3 tabindex="-1" class="title">${view.title}</h3>
    <p class="bar soft">
      <span class="tag" data-stage=${view.stage.id}>${view.stage.label}</span>
      <span>${t('since', { date: day(view.since) })}</span>
      ${dueTag(t, view)}
      <span>${view.authors.map((author) => author.name).join('、')}</span>
      <span>${view.unit ?? nothing}</span>
    </p>`;
}

export function contentTemplate(t: Say, view: ThingView): TemplateResult {
  return html`${
    view.fields.length > 0
      ? html`<section aria-label=${t('content')}>
          <dl>
            ${view.fields.map(
              (field) =>
                html`<dt>${field.label}</dt>
                  <dd>${field.value}</dd>`,
            )}
          </dl>
        </section>`
      : nothing
  }
  ${
    view.decisions.length > 0
      ? html`<section>
          <h3>${t('decisions')}</h3>
          <ul>
            ${view.decisions.map(
              (decision) =>
                html`<li>
                  ${decision.rule}<span class="soft">
                    ${t('because', { reasons: decision.because.join('; ') })}</span
                  >
                </li>`,
            )}
          </ul>
        </section>`
      : nothing
  }
  ${
    view.links.length > 0
      ? html`<section>
          <h3>${t('links')}</h3>
          <ul>
            ${view.links.map((link) => html`<li>${t(link.kind)} · ${link.title} <span class="tag">${link.stage}</span></li>`)}
          </ul>
        </section>`
      : nothing
  }`;
}

export function pointsTemplate(t: Say, view: ThingView): TemplateResult | typeof nothing {
  if (view.points.length === 0) return nothing;
  return html`<section>
    <h3>${t('points')}</h3>
    <table data-points>
      ${view.points.map(
        (line) =>
          html`<tr>
            <td>${line.name}</td>
            <td>${line.line}${line.clause ? html` <span class="soft">${line.clause}</span>` : nothing}</td>
            <td>${line.on}</td>
            <td class="number">${line.points}</td>
          </tr>`,
      )}
    </table>
  </section>`;
}

/** What happened, in order, each with its date, its hand, its words and its reasons. */
export function historyTemplate(t: Say, history: readonly HistoryItem[]): TemplateResult {
  return html`<section aria-label=${t('history')}>
    <h3>${t('history')}</h3>
    <ol class="history">
      ${history.map(
        (item) =>
          html`<li data-action=${item.action}>
            <strong>${item.label}</strong> <span class="tag">${item.stage}</span>
            <div class="soft">
              ${item.on} ${item.action === 'tick' ? t('clock') : (item.by ?? nothing)}
              ${item.onBehalf ? t('behalfOf', { name: item.onBehalf.of }) : nothing}
              ${item.from ? t('from', { title: item.from.title }) : nothing}
            </div>
            ${item.said.map((said) => html`<div>${said.label}:${said.value}</div>`)}
            ${item.reasons.map(
              (reason) => html`<div class="soft">${reason.rule}:${reason.because.join('; ')}</div>`,
            )}
          </li>`,
      )}
    </ol>
  </section>`;
}
