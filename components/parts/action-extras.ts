import { html, nothing, type TemplateResult } from 'lit';
import type { ActionView, FieldView, Option, ThingRow } from '../../src/model/view.ts';
import type { ActionForm } from './action-form.ts';
import type { Say } from './thing.ts';
import { valueIn } from './value-in.ts';

/** Other things to take along, and for whom it is entered. */
export function extras(
  form: ActionForm,
  t: Say,
  action: ActionView,
  choices: readonly ThingRow[],
  search: (words: string) => void,
): TemplateResult {
  return html`${action.takes === null || action.takes === 'pieces' ? nothing : along(form, t, action.takes, choices, search)}
  ${
    action.behalf.length === 0
      ? nothing
      : html`${form.draw(
          plainField('behalf', t('behalf'), 'choice', [...action.behalf]),
          form.behalf.of,
          (value) => (form.behalf.of = String(value ?? '')),
        )}
        ${behalfDate(form, t, true)}${behalfScan(form, t)}`
  }`;
}

function along(
  form: ActionForm,
  t: Say,
  takes: 'reports' | 'report',
  choices: readonly ThingRow[],
  search: (words: string) => void,
): TemplateResult {
  const unseen = [...form.taken.values()].filter((row) => !choices.some((choice) => choice.id === row.id));
  return html`<fieldset class="field" part="takes">
    <legend>${t(takes === 'reports' ? 'takeReports' : 'takeReport')}</legend>
    <input
      type="search"
      data-field="takes"
      aria-label=${t('search')}
      placeholder=${t('search')}
      @change=${(event: Event) => search(valueIn(event))}
    />
    <div class="along">
      ${[...unseen, ...choices].map(
        (row) =>
          html`<label
            ><input
              type=${takes === 'reports' ? 'checkbox' : 'radio'}
              name="takes"
              .checked=${form.taken.has(row.id)}
              @change=${() => form.take(row, takes === 'report')}
            /><span>${row.title} <span class="soft">${row.authors}</span></span></label
          >`,
      )}
      ${choices.length === 0 ? html`<p class="soft">${t('noneToTake')}</p>` : nothing}
    </div>
  </fieldset>`;
}

/** When what is entered for another happened. */
export function behalfDate(form: ActionForm, t: Say, required: boolean): TemplateResult {
  return form.draw(
    { ...plainField('behalf-on', t('behalfOn'), 'date'), required },
    form.behalf.on,
    (value) => (form.behalf.on = String(value ?? '')),
  );
}
/** The paper it came on. */
export function behalfScan(form: ActionForm, t: Say): TemplateResult {
  return form.draw(
    { ...plainField('behalf-scan', t('behalfScan'), 'file'), required: false },
    form.behalf.scan,
    (value) => (form.behalf.scan = typeof value === 'string' ? value : null),
  );
}

function plainField(name: string, label: string, type: FieldView['type'], options: Option[] = []): FieldView {
  return {
    name,
    label,
    hint: null,
    type,
    required: true,
    onDemand: false,
    limit: null,
    pictures: false,
    headings: [],
    options,
    tie: null,
    value: null,
  };
}
