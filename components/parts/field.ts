import { html, nothing, type TemplateResult } from 'lit';
import type { Client } from '../../src/client/index.ts';
import type { FieldValue } from '../../src/model/thing.ts';
import type { FieldView } from '../../src/model/view.ts';
import type { TextKey } from '../texts/texts.ts';
import { valueIn } from './value-in.ts';

/** What most forms never show. */
export type FieldMore = typeof import('./field-more.ts');
export interface FieldParts {
  field: FieldView;
  value: FieldValue;
  error: string | null;
  /** What a file is called, and how it looks where it is a picture chosen just now. */
  nameOf: (id: string) => string;
  pictureOf: (id: string) => string | undefined;
  uploading: boolean;
  /** Fetched when it is first wanted. */
  more: () => FieldMore | null;
  /** Through which choices beyond those that are offered are looked for. */
  client: Client | undefined;
  t: (key: TextKey, gaps?: Record<string, string | number>) => string;
  change: (value: FieldValue) => void;
  upload: (files: File[]) => void;
}

/** From so many on, what a field can name is looked for by its title. */
const MANY = 8;

/** The ids of what explains the control, of those that are drawn. */
function describedBy({ field, error }: FieldParts, counted: boolean): string | typeof nothing {
  const ids = [
    ...(field.hint ? [`hint-${field.name}`] : []),
    ...(error ? [`error-${field.name}`] : []),
    ...(counted && field.limit !== null ? [`count-${field.name}`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : nothing;
}

/** One field of any form: its label, hint, error and control. */
export function fieldTemplate(parts: FieldParts): TemplateResult {
  const { field, error, t } = parts;
  const mark = field.required ? html` <span class="mark">${t('required')}</span>` : nothing;
  const hint = field.hint ? html`<div class="hint" id="hint-${field.name}">${field.hint}</div>` : nothing;
  const problem = error ? html`<p class="error" id="error-${field.name}">${error}</p>` : nothing;
  if (field.type === 'choices' || field.type === 'yes-no')
    return html`<fieldset class="field" part="field" aria-describedby=${describedBy(parts, false)}>
      <legend>${field.label}${mark}</legend>
      ${hint}${problem}
      <div class="choices">${field.type === 'choices' ? several(parts) : yesNo(parts)}</div>
    </fieldset>`;
  return html`<div class="field" part="field">
    <label for="field-${field.name}">${field.label}${mark}</label>
    ${hint}${problem}${control(parts)}
  </div>`;
}

function control(parts: FieldParts): TemplateResult {
  const { field, value, error, t, change } = parts;
  const id = `field-${field.name}`;
  const described = describedBy(parts, field.type === 'text' || field.type === 'long-text');
  const invalid = error ? 'true' : 'false';
  const words = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const write = (event: Event) => change(valueIn(event));
  const many = field.tie && field.options.length > MANY ? parts.more() : null;
  switch (field.type) {
    case 'long-text':
      return html`${phrases(parts, words)}<textarea
          id=${id}
          data-field=${field.name}
          aria-describedby=${described}
          aria-invalid=${invalid}
          .value=${words}
          @input=${write}
        ></textarea
        >${counted(parts, words)}`;
    case 'choice':
    case 'person':
    case 'people':
    case 'post':
    case 'stage':
    case 'thing':
    case 'field':
    case 'comment': {
      // People are named one after another.
      const named = field.type === 'people' ? [value ?? []].flat().map(String) : null;
      const add = (event: Event) => {
        const one = valueIn(event);
        if (event.target instanceof HTMLSelectElement) event.target.value = '';
        if (named && one !== '') change([...named, one]);
      };
      return html`${many?.findTemplate(parts)}<select
          id=${id}
          data-field=${field.name}
          aria-describedby=${described}
          aria-invalid=${invalid}
          @change=${named ? add : write}
        >
          <option value="" ?selected=${words === ''}>${t('choose')}</option>
          ${(many?.foundOf(field) ?? field.options).map((option) =>
            named?.includes(option.value)
              ? nothing
              : html`<option value=${option.value} ?selected=${option.value === words}>
                  ${option.label}
                </option>`,
          )}</select
        >${named && named.length > 0 ? parts.more()?.namedTemplate(parts, named) : nothing}`;
    }
    case 'file':
    case 'files':
      return files(parts, id, described, invalid);
    default:
      return html`<input
          id=${id}
          data-field=${field.name}
          type=${field.type === 'date' ? 'date' : field.type === 'number' ? 'number' : 'text'}
          aria-describedby=${described}
          aria-invalid=${invalid}
          .value=${words}
          @input=${(event: Event) => {
            const written = valueIn(event);
            change(field.type === 'number' ? (written === '' ? null : Number(written)) : written);
          }}
        />${field.type === 'text' ? counted(parts, words) : nothing}`;
  }
}

/** Texts of the county to start from: each goes behind what is written, never in its place. */
function phrases({ field, t, change }: FieldParts, words: string): TemplateResult | typeof nothing {
  if (field.options.length === 0) return nothing;
  const put = (event: Event) => {
    const phrase = valueIn(event);
    if (phrase !== '') change(words === '' ? phrase : `${words}\n${phrase}`);
    if (event.target instanceof HTMLSelectElement) event.target.value = '';
  };
  return html`<select class="phrases" aria-label=${t('phrases')} @change=${put}>
    <option value="">${t('phrases')}</option>
    ${field.options.map(({ label }) => html`<option value=${label}>${label}</option>`)}
  </select>`;
}

function counted(parts: FieldParts, words: string): TemplateResult | typeof nothing {
  const { name, limit } = parts.field;
  if (limit === null) return nothing;
  const n = [...words].length;
  return html`<div class="hint" id="count-${name}">${parts.t('counted', { n, limit })}</div>
    ${n > limit ? parts.more()?.overTemplate(parts, words, limit) : nothing}`;
}

/** Files are added one after another; a picture may be taken on the spot. */
function files(
  parts: FieldParts,
  id: string,
  described: string | typeof nothing,
  invalid: string,
): TemplateResult {
  const { field, value, t, upload } = parts;
  const ids = [value ?? []].flat();
  const chosen = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    upload([...(target.files ?? [])]);
    target.value = '';
  };
  const adds = (words: TextKey, camera: boolean) =>
    html`<label class="button file ${camera ? 'camera' : ''}"
      >${t(words)}<input
        id=${camera ? nothing : id}
        data-field=${camera ? nothing : field.name}
        class="seen-by-readers"
        type="file"
        accept=${field.pictures ? 'image/*' : nothing}
        capture=${camera ? 'environment' : nothing}
        ?multiple=${field.type === 'files' && !camera}
        aria-describedby=${described}
        aria-invalid=${invalid}
        @change=${chosen}
    /></label>`;
  return html`<div class="bar">
      ${field.pictures ? adds('takePicture', true) : nothing}
      ${adds(field.pictures ? 'addPictures' : 'addFiles', false)}
    </div>
    <div class="hint" role="status">
      ${parts.uploading ? t('sending') : ids.length > 0 ? t('filesChosen', { n: ids.length }) : nothing}
    </div>
    ${ids.length > 0 ? parts.more()?.chosenTemplate(parts, ids.map(String)) : nothing}`;
}

function several({ field, value, change }: FieldParts): TemplateResult[] {
  const chosen = Array.isArray(value) ? value : [];
  return field.options.map(
    (option, index) =>
      html`<label
        ><input
          type="checkbox"
          data-field=${index === 0 ? field.name : nothing}
          .checked=${chosen.includes(option.value)}
          @change=${() =>
            change(
              chosen.includes(option.value)
                ? chosen.filter((one) => one !== option.value)
                : [...chosen, option.value],
            )}
        />${option.label}</label
      >`,
  );
}

function yesNo({ field, value, t, change }: FieldParts): TemplateResult[] {
  return [true, false].map(
    (answer) =>
      html`<label
        ><input
          type="radio"
          name="radio-${field.name}"
          data-field=${answer ? field.name : nothing}
          .checked=${value === answer}
          @change=${() => change(answer)}
        />${t(answer ? 'yes' : 'no')}</label
      >`,
  );
}
