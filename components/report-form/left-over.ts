import { html, type TemplateResult } from 'lit';
import type { DraftField } from '../../src/model/draft.ts';
import type { FieldView } from '../../src/model/view.ts';
import type { Say } from '../parts/thing.ts';

/** What was written into fields that the form has no more: offered, not lost. */
export function leftOverTemplate(
  t: Say,
  left: readonly DraftField[],
  fields: readonly FieldView[],
  /** Into a field, or nowhere. */
  put: (field: DraftField, into: FieldView | null) => void,
): TemplateResult {
  return html`<section class="notice warn" data-left-over role="status">
    <p>${t('leftOver')}</p>
    ${left.map(
      (field) =>
        html`<div class="field" data-left=${field.name}>
          <p>
            <strong>${field.label}</strong><br />
            ${String(field.value)}
          </p>
          <p class="bar">
            ${fields
              .filter(({ type }) => type === 'long-text')
              .map(
                (into) =>
                  html`<button type="button" @click=${() => put(field, into)}>
                    ${t('putInto', { label: into.label })}
                  </button>`,
              )}
            <button type="button" @click=${() => put(field, null)}>${t('letGo')}</button>
          </p>
        </div>`,
    )}
  </section>`;
}
