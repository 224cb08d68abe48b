import { html, nothing, type TemplateResult } from 'lit';
import type { PublicHandling, PublicStatus, PublicTold } from '../../src/model/published.ts';
import { day } from '../parts/day.ts';
import type { Say } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zhPublic } from '../texts/zh-public.ts';

says(zhPublic);

/** What the county publishes of a thing: where it stands, what happened, and what is done about it. */
export function publicStatus(t: Say, kind: string, status: PublicStatus): TemplateResult {
  const { told, handling } = status;
  const silent = told.length === 0 && handling.every((item) => item.told.length === 0);
  return html`<p class="soft">${status.county}</p>
    <h3 class="title">${status.title}</h3>
    ${stands(t, status)}
    ${
      kind === 'handling'
        ? handling.map((item) => handled(t, item))
        : html`${history(t, told)}
          ${handling.map(
            (item) =>
              html`<section data-handling>
                <h3>${t('handling')}</h3>
                ${stands(t, item)} ${handled(t, item)}
              </section>`,
          )}`
    }
    ${silent ? html`<p class="notice" data-silent>${t('publicNothing')}</p>` : nothing}`;
}

function stands(t: Say, { stage, since }: Pick<PublicStatus, 'stage' | 'since'>): TemplateResult {
  return html`<p class="bar facts">
    <span class="soft">${t('publicStage')}</span> <span class="tag" data-stage>${stage}</span>
    <span class="soft">${t('since', { date: day(since) })}</span>
  </p>`;
}

function handled(t: Say, { by, due, told, satisfaction }: PublicHandling): TemplateResult {
  const facts = [
    [t('publicBy'), by.join(t('comma'))],
    [t('publicDue'), due ?? ''],
    [t('publicRated'), satisfaction ?? ''],
  ].filter(([, value]) => value !== '');
  return html`${
    facts.length > 0
      ? html`<section>
          <dl>
            ${facts.map(
              ([label, value]) =>
                html`<div>
                  <dt>${label}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>
        </section>`
      : nothing
  }
  ${history(t, told)}`;
}

function history(t: Say, told: readonly PublicTold[]): TemplateResult | typeof nothing {
  if (told.length === 0) return nothing;
  return html`<section>
    <h3>${t('history')}</h3>
    <ol class="history" part="history">
      ${told.map(
        ({ on, what, words }) =>
          html`<li>
            <strong>${what}</strong>
            <div class="soft">${on}</div>
            ${words.map((said) => html`<div class="said">${t('pair', said)}</div>`)}
          </li>`,
      )}
    </ol>
  </section>`;
}
