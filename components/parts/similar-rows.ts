import { html, nothing, type TemplateResult } from 'lit';
import type { SimilarReport, SimilarReports } from '../../src/model/similar.ts';
import type { ActionView } from '../../src/model/view.ts';
import { markedPassages } from './marked.ts';
import type { Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhSimilar } from '../texts/zh-similar.ts';

says(zhSimilar);

/** What can be done with one that is suggested. */
export interface SimilarActs {
  open?: (row: SimilarReport) => void;
  /** The action that takes another report along, and choosing this one for it. */
  choose?: { action: ActionView; pick: (row: SimilarReport) => void } | undefined;
}

/** Those that are alike, each with what both say marked. */
export function similarTemplate(
  t: Say,
  found: SimilarReports,
  hint: string | null,
  acts: SimilarActs,
): TemplateResult {
  return html`<section class="notice similar" data-similar aria-label=${t('similar')}>
    <h3>${t('similar')}</h3>
    ${hint === null ? nothing : html`<p class="soft">${hint}</p>`}
    <ul class="plain">
      ${found.rows.map((row, at) => similarRow(t, found.text, row, at === 0, acts))}
    </ul>
    ${found.others > 0 ? html`<p class="soft" data-others>${t('similarOthers', { n: found.others })}</p>` : nothing}
  </section>`;
}

function similarRow(
  t: Say,
  text: string,
  row: SimilarReport,
  /** The most alike is shown side by side at once, the others when they are opened. */
  first: boolean,
  { open, choose }: SimilarActs,
): TemplateResult {
  const here = markedPassages(
    text,
    row.phrases.map((phrase) => phrase.here),
  );
  const there = markedPassages(
    row.text,
    row.phrases.map((phrase) => phrase.there),
  );
  return html`<li data-alike=${row.id}>
    ${
      open
        ? html`<button type="button" class="link" @click=${() => open(row)}>${row.title}</button>`
        : html`<strong>${row.title}</strong>`
    }
    <p class="bar facts soft">
      <span>${row.id}</span><span class="tag">${row.stage.label}</span><span>${row.on}</span>
      ${row.authors ? html`<span>${row.authors}</span>` : nothing}
      <span>${t('alike', { n: row.score })}</span>
    </p>
    <details ?open=${first}>
      <summary>${t('similarShared', { n: row.phrases.length })}</summary>
      <dl>
        <div class="long">
          <dt>${t('similarHere')}</dt>
          <dd>${here}</dd>
        </div>
        <div class="long">
          <dt>${t('similarThere')}</dt>
          <dd>${there}</dd>
        </div>
      </dl>
    </details>
    ${
      choose && !row.ended
        ? html`<button type="button" part="button" data-choose=${row.id} @click=${() => choose.pick(row)}>
            ${t('chooseFor', { action: choose.action.label })}<span class="seen-by-readers"
              >${row.title}</span
            >
          </button>`
        : nothing
    }
  </li>`;
}
