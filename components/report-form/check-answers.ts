import { html, type TemplateResult } from 'lit';
import type { ActionView, FieldView } from '../../src/model/view.ts';
import type { ActionForm } from '../parts/action-form.ts';
import type { Say } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zhChecking } from '../texts/zh-checking.ts';

says(zhChecking);

/** What was written, to be looked over before it is sent, each with a way back to it. */
export function answersTemplate(
  t: Say,
  form: ActionForm,
  action: ActionView,
  change: (field: FieldView) => void,
): TemplateResult {
  return html`<h3 tabindex="-1">${t('checkAnswers')}</h3>
    <dl>
      ${form.drawn(action).map(
        (field) =>
          html`<div class="long">
            <dt>
              ${field.label}
              <button
                type="button"
                class="link"
                aria-label=${t('changeNamed', { label: field.label })}
                @click=${() => change(field)}
              >
                ${t('changeIt')}
              </button>
            </dt>
            <dd>${answer(t, form, action, field) || t('notFilled')}</dd>
          </div>`,
      )}
    </dl>`;
}

/** To send it as it is, or to go back. */
export function barTemplate(
  t: Say,
  form: ActionForm,
  { label }: ActionView,
  back: () => void,
): TemplateResult {
  return html`<div class="bar">
    <button class="primary" ?disabled=${form.busy}>
      ${form.busy ? t('sending') : t('confirmSend', { action: label })}
    </button>
    <button type="button" @click=${back}>${t('changeAnswers')}</button>
  </div>`;
}

function answer(t: Say, form: ActionForm, action: ActionView, field: FieldView): string {
  const value = form.valueOf(action, field);
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  const chosen = (id: string) => field.options.find((option) => option.value === id)?.label ?? id;
  const named = (id: string) => form.written.fileNames[id] ?? chosen(id);
  return Array.isArray(value) ? value.map(named).join(t('comma')) : named(String(value));
}
