import { html, nothing, type TemplateResult } from 'lit';
import type { ThingView } from '../../src/model/view.ts';
import type { Say } from './thing.ts';

/** How a field is commented on, and a comment seen to; null for whoever may not. */
export interface Remarking {
  /** Opens the form for a field, or for the comment that is seen to. */
  open: (preset: { field: string } | { settles: string }) => void;
  may: (field: string) => boolean;
}

/** What was said of one field, beside it; what was seen to stays to be read. */
export function remarksTemplate(
  t: Say,
  { remarks }: Pick<ThingView, 'remarks'>,
  field: string,
  remarking: Remarking | null,
): TemplateResult {
  return html`${remarks
    .filter((remark) => remark.field === field)
    .map(
      ({ id, text, by, on, forAuthor, settled, label }) =>
        html`<div class="remark ${settled ? 'settled' : ''}" data-remark=${id}>
          ${text} <span class="soft">${by ?? nothing} ${on}</span>
          ${forAuthor ? html`<span class="tag">${t('remarkForAuthor')}</span>` : nothing}
          ${
            settled
              ? html`<span class="tag">${t('remarkSettled', { by: settled.by, date: settled.on })}</span>`
              : remarking
                ? html`<button
                    type="button"
                    class="link"
                    aria-label=${t('remarkSettleThis', { label })}
                    @click=${() => remarking.open({ settles: id })}
                  >
                    ${t('remarkSettle')}
                  </button>`
                : nothing
          }
        </div>`,
    )}${
    remarking?.may(field)
      ? html`<button
          type="button"
          class="link remark-on"
          data-remark-on=${field}
          @click=${() => remarking.open({ field })}
        >
          ${t(field === 'title' ? 'remarkOnTitle' : 'remarkOn')}
        </button>`
      : nothing
  }`;
}
