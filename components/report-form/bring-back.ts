import { html, type TemplateResult } from 'lit';
import type { DraftField } from '../../src/model/draft.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { ActionView, FieldView } from '../../src/model/view.ts';
import type { ActionForm } from '../parts/action-form.ts';
import type { Say } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zhLater } from '../texts/zh-later.ts';

says(zhLater);

const isText = (type: FieldView['type']) => type === 'text' || type === 'long-text';

/** Whether a field takes what was written: one text as well as another, a choice what it still offers. */
const takes =
  (written: DraftField) =>
  ({ type, options }: FieldView): boolean =>
    isText(type)
      ? isText(written.type)
      : type === written.type &&
        (options.length === 0 ||
          [written.value].flat().every((id) => options.some(({ value }) => value === id)));

/**
 * What was written goes back into the form as it is now: into the same field, or one of the same label. Gives the words
 * whose field is gone.
 */
export function bringBack(
  form: ActionForm,
  action: ActionView,
  written: readonly DraftField[],
): DraftField[] {
  const values: Fields = {};
  const { fileNames, ...rest } = form.written;
  const left: DraftField[] = [];
  for (const field of written) {
    const free = action.fields.filter((one) => takes(field)(one) && values[one.name] === undefined);
    const into =
      free.find(({ name }) => name === field.name) ?? free.find(({ label }) => label === field.label);
    if (into) {
      values[into.name] = field.value;
      const names = field.files === '' ? [] : field.files.split('\n');
      for (const [at, id] of [field.value ?? []].flat().entries())
        if (names[at] !== undefined) fileNames[String(id)] = names[at];
    } else if (isText(field.type)) left.push(field);
  }
  form.written = { values: { ...rest.values, [action.action]: values }, fileNames };
  return left;
}

/** The words of fields that the form has no more: offered, not lost. */
export function leftTemplate(
  t: Say,
  form: ActionForm,
  action: ActionView,
  left: readonly DraftField[],
  /** It went into a field, or nowhere. */
  gone: (field: DraftField, into: FieldView | null) => void,
): TemplateResult {
  const put = (field: DraftField, into: FieldView) => {
    form.set(action, into.name, [form.valueOf(action, into), field.value].filter(Boolean).join('\n'));
    gone(field, into);
  };
  return html`<section class="notice warn" data-left-over role="status">
    <p>${t('leftOver')}</p>
    ${left.map(
      (field) =>
        html`<div class="field" data-left=${field.name}>
          <p><strong>${field.label}</strong><br />${String(field.value)}</p>
          <p class="bar">
            ${action.fields
              .filter(({ type }) => type === 'long-text')
              .map(
                (into) =>
                  html`<button type="button" @click=${() => put(field, into)}>
                    ${t('putInto', { label: into.label })}
                  </button>`,
              )}
            <button type="button" @click=${() => gone(field, null)}>${t('letGo')}</button>
          </p>
        </div>`,
    )}
  </section>`;
}
