import { html, nothing, type TemplateResult } from 'lit';
import type { QuotaProgress } from '../../src/model/record.ts';
import { say, type Language } from '../../src/model/text.ts';
import type { Say } from '../parts/thing.ts';

/** How everybody who owes stands: who is behind first, by how much and with how many days left. */
export function quotaTable(quotas: readonly QuotaProgress[], language: Language, t: Say): TemplateResult {
  if (quotas.length === 0) return html`<p class="soft">${t('empty')}</p>`;
  const behind = quotas.filter(({ short }) => short !== '0');
  const rows = [...quotas].sort((a, b) => Number(b.short) - Number(a.short));
  return html`<p role="status">
      ${t('behind', { n: behind.length, of: quotas.length, silent: quotas.filter(({ silent }) => silent).length })}
    </p>
    <div class="wide" tabindex="0" role="region" aria-label=${t('quotas')}>
      <table data-quotas>
        <thead>
          <tr>
            <th>${t('name')}</th>
            <th>${t('task')}</th>
            <th class="number">${t('needed')}</th>
            <th class="number">${t('reached')}</th>
            <th class="number">${t('short')}</th>
            <th class="number">${t('daysLeft')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr data-subject=${row.subject}>
                <td>
                  ${row.name} ${row.silent ? html`<span class="tag late">${t('silent')}</span>` : nothing}
                </td>
                <td>${say(row.label, language)}</td>
                <td class="number">${row.need}</td>
                <td class="number">${row.done}</td>
                <td class="number">${row.short === '0' ? '✓' : row.short}</td>
                <td class="number">${row.daysLeft}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
