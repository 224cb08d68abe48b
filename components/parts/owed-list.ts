import { html, nothing, type TemplateResult } from 'lit';
import type { Owed } from '../../src/model/obligation.ts';
import { say, type Language } from '../../src/model/text.ts';
import type { Say } from './thing.ts';

const words = { open: 'owedOpen', met: 'owedMet', late: 'owedLate', missed: 'owedMissed' } as const;

/** What is owed after something: by whom, till when, and whether it was met. */
export function owedTable(owed: readonly Owed[], language: Language, t: Say): TemplateResult {
  if (owed.length === 0) return html`<p class="soft">${t('empty')}</p>`;
  const order = ['missed', 'open', 'late', 'met'];
  const rows = [...owed].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.due.localeCompare(b.due),
  );
  const met = owed.filter(({ by }) => by !== null).length;
  const missed = owed.filter(({ state }) => state === 'missed').length;
  return html`<p role="status">${t('owedCount', { n: owed.length, met, missed })}</p>
    <div class="wide" tabindex="0" role="region" aria-label=${t('obligations')}>
      <table data-obligations>
        <thead>
          <tr>
            <th>${t('name')}</th>
            <th>${t('obligation')}</th>
            <th>${t('owedAfter')}</th>
            <th class="date">${t('owedTill')}</th>
            <th>${t('owedState')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr data-after=${row.after} data-state=${row.state}>
                <td>${row.name}</td>
                <td>
                  ${say(row.label, language)}
                  ${row.clause ? html`<span class="soft">${row.clause}</span>` : nothing}
                </td>
                <td>${row.title} <span class="soft">${row.on}</span></td>
                <td class="date">${row.due}</td>
                <td>
                  <span class="tag ${row.state === 'missed' ? 'late' : ''}">${t(words[row.state])}</span>
                  ${row.by ? html`<span class="soft">${row.by.record} ${row.by.on}</span>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** What one still owes, in a line each. */
export function owedNotice(
  owed: readonly Owed[],
  language: Language,
  t: Say,
): TemplateResult | typeof nothing {
  const left = owed.filter(({ by }) => by === null);
  if (left.length === 0) return nothing;
  return html`<section aria-label=${t('obligations')}>
    ${left.map(
      (row) =>
        html`<p class="notice ${row.state === 'missed' ? 'warn' : ''}" data-owed=${row.after}>
          ${t('owedLine', { name: row.name, what: say(row.label, language), title: row.title, due: row.due })}
        </p>`,
    )}
  </section>`;
}
