import { html, nothing, type TemplateResult } from 'lit';
import { lateAfter, type ThingKind } from '../../src/model/thing.ts';
import type { HistoryItem, ThingRow, ThingView } from '../../src/model/view.ts';
import type { TextKey } from '../texts/texts.ts';
import { says } from '../texts/texts.ts';
import { zhLater } from '../texts/zh-later.ts';
import { clock, day } from './day.ts';
import { remarksTemplate, type Remarking } from './remarks.ts';

says(zhLater);

export type Say = (key: TextKey, gaps?: Record<string, string | number>) => string;

/** Draws what became of a text; fetched where something was changed. */
export type Differ = (was: string, now: string) => TemplateResult;

/** How a linked thing is reached from the one that is open. */
export interface Follow {
  may: (kind: ThingKind) => boolean;
  open: (kind: ThingKind, id: string) => void;
  /** The address of a picture that has come; null while it comes. */
  picture: (id: string) => string | null;
  download: (file: ThingView['files'][number]) => void;
  remarking: Remarking | null;
}

export function dueTag(t: Say, row: Pick<ThingRow, 'due' | 'supervised'>, on = clock()): TemplateResult {
  const late = row.due !== null && lateAfter(row.due) < on;
  return html`${
    row.due
      ? html`<span class="tag ${late ? 'late' : ''}"
          >${t(late ? 'wasDue' : 'due', { date: row.due.time ? `${row.due.on} ${row.due.time.by}` : row.due.on })}${
            row.due.provisional ? t('provisional') : nothing
          }</span
        >`
      : nothing
  }${row.supervised ? html` <span class="tag late">${t('supervised')}</span>` : nothing}`;
}

/** The head of a thing: its title, where it stands and since when; late or not, as of a day or now. */
export function headTemplate(t: Say, view: ThingView, on = clock()): TemplateResult {
  const authors = view.authors.map((author) => author.name).join(t('comma'));
  // Shown where the office typed it in for somebody.
  const entered =
    view.enteredBy !== null &&
    authors !== '' &&
    !view.authors.some((author) => author.name === view.enteredBy);
  return html`<h3 tabindex="-1" class="title">${view.title}</h3>
    <p class="bar facts">
      <span class="tag stage" data-stage=${view.stage.id}>${view.stage.label}</span>
      <span class="soft">${t('since', { date: day(view.since) })}</span>
      ${dueTag(t, view, on)} ${view.dueBecause ? html`<span class="soft">${view.dueBecause}</span>` : nothing}
    </p>
    <p class="bar facts soft secondary">
      <span>${view.id}</span>
      ${authors ? html`<span>${t('pair', { label: t('authors'), value: authors })}</span>` : nothing}
      ${view.unit ? html`<span>${t('pair', { label: t('unit'), value: view.unit })}</span>` : nothing}
      ${view.channel ? html`<span>${t('pair', { label: t('channel'), value: view.channel })}</span>` : nothing}
      ${entered ? html`<span>${t('pair', { label: t('enteredBy'), value: view.enteredBy ?? '' })}</span>` : nothing}
    </p>
    ${view.notices.map((words) => html`<p class="notice" data-notice>${words}</p>`)}`;
}

export function contentTemplate(t: Say, view: ThingView, follow: Follow): TemplateResult {
  return html`${remarksTemplate(t, view, 'title', follow.remarking)}
  ${
    view.fields.length > 0
      ? html`<section aria-label=${t('content')}>
          <dl>
            ${view.fields.map(
              (field) =>
                html`<div class=${[...field.value].length > 10 ? 'long' : ''}>
                  <dt>${field.label}</dt>
                  <dd>${field.value}</dd>
                  ${
                    follow.remarking || view.remarks.some((remark) => remark.field === field.name)
                      ? html`<dd class="remarks">
                          ${remarksTemplate(t, view, field.name, follow.remarking)}
                        </dd>`
                      : nothing
                  }
                </div>`,
            )}
          </dl>
        </section>`
      : nothing
  }
  ${view.files.length > 0 ? filesTemplate(t, view, follow) : nothing}
  ${
    view.decisions.length > 0
      ? html`<section>
          <h3>${t('decisions')}</h3>
          <ul class="plain">
            ${view.decisions.map(
              (decision) =>
                html`<li>
                  ${decision.rule}<span class="soft">
                    ${t('because', { reasons: decision.because.join(t('semicolon')) })}</span
                  >
                </li>`,
            )}
          </ul>
        </section>`
      : nothing
  }
  ${
    view.answers === null
      ? nothing
      : html`<p class="notice" data-answers=${view.answers}>${t('answersCount', { n: view.answers })}</p>`
  }
  ${
    view.links.length > 0
      ? html`<section>
          <h3>${t('links')}</h3>
          <ul class="plain">
            ${view.links.map(
              (link) =>
                html`<li>
                  <span class="soft" data-role=${link.role}>${link.label}</span>
                  ${
                    follow.may(link.kind)
                      ? html`<button
                          type="button"
                          class="link"
                          data-link=${link.id}
                          @click=${() => follow.open(link.kind, link.id)}
                        >
                          ${link.title}
                        </button>`
                      : link.title
                  }
                  ${link.stage ? html`<span class="tag">${link.stage}</span>` : nothing}
                </li>`,
            )}
          </ul>
        </section>`
      : nothing
  }`;
}

function filesTemplate(t: Say, view: ThingView, follow: Follow): TemplateResult {
  return html`<section aria-label=${t('files')}>
    <h3>${t('files')}</h3>
    <ul class="plain files">
      ${view.files.map((file) => {
        const picture = follow.picture(file.id);
        return html`<li>
          ${picture ? html`<img src=${picture} alt=${file.name} />` : nothing}
          <button type="button" class="link" data-file=${file.id} @click=${() => follow.download(file)}>
            ${file.name}
          </button>
          <span class="soft">${file.label}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

export function pointsTemplate(t: Say, view: ThingView): TemplateResult | typeof nothing {
  if (view.points.length === 0) return nothing;
  return html`<section>
    <h3>${t('points')}</h3>
    <div class="wide" tabindex="0" role="region" aria-label=${t('points')}>
      <table data-points>
        ${view.points.map(
          (line) =>
            html`<tr>
              <td>${line.name}</td>
              <td>${line.line}${line.clause ? html` <span class="soft">${line.clause}</span>` : nothing}</td>
              <td class="date">${line.on}</td>
              <td class="number">${line.points}</td>
            </tr>`,
        )}
      </table>
    </div>
  </section>`;
}

/**
 * What happened, in order, each with its date, its hand, its words and its reasons; with `then`, each but the last with
 * a way to the thing as it stood after it.
 */
export function historyTemplate(
  t: Say,
  view: Pick<ThingView, 'history'>,
  then: ((at: string) => void) | null = null,
  differ: Differ | null = null,
): TemplateResult {
  const last = view.history.at(-1);
  const item = (one: HistoryItem) =>
    html`<li data-action=${one.action}>
      <strong>${one.label}</strong> <span class="tag">${one.stage}</span>
      <div class="soft">
        ${one.on} ${one.action === 'tick' ? t('clock') : (one.by ?? nothing)}
        ${one.standIn ? t('inPlace', { words: one.standIn }) : nothing}
        ${one.onBehalf ? t('behalfOf', { name: one.onBehalf.name }) : nothing}
        ${one.from ? t('from', { title: one.from.title }) : nothing}
        ${
          then && one !== last
            ? html`<button
                type="button"
                class="link secondary"
                data-then=${one.at}
                aria-label=${t('asThenAfter', { date: one.on, action: one.label })}
                @click=${() => then(one.at)}
              >
                ${t('asThen')}
              </button>`
            : nothing
        }
      </div>
      ${one.skipped.length > 0 ? html`<div class="soft" data-skipped>${t('skipped', { stages: one.skipped.join(t('comma')) })}</div>` : nothing}
      ${one.automatic ? html`<div class="soft" data-automatic>${one.automatic}</div>` : nothing}
      ${one.said.map((said) => html`<div class="said">${t('pair', said)}</div>`)}
      ${one.changed.map(
        ({ label, was, now }) =>
          html`<details class="changed" data-changed>
            <summary>${t('changedText', { label })}</summary>
            ${differ?.(was, now)}
          </details>`,
      )}
      ${one.reasons.map(
        (reason) =>
          html`<div class="soft">
            ${t('pair', { label: reason.rule, value: reason.because.join(t('semicolon')) })}
          </div>`,
      )}
    </li>`;
  return html`<section aria-label=${t('history')}>
    <h3>${t('history')}</h3>
    <ol class="history" part="history">
      ${view.history.map(item)}
    </ol>
  </section>`;
}
