import { html, nothing, type TemplateResult } from 'lit';
import { say, type Language } from '../../src/model/text.ts';
import type { ConfigMistake, ConfigValue, ValueGroup } from '../../src/model/version.ts';
import { valueIn } from '../parts/value-in.ts';
import type { Say } from '../parts/thing.ts';

export interface ValuesParts {
  values: readonly ConfigValue[];
  /** By path: what was written over it. */
  changed: ReadonlyMap<string, ConfigValue['value']>;
  mistakes: readonly ConfigMistake[];
  language: Language;
  t: Say;
  change: (value: ConfigValue, written: ConfigValue['value']) => void;
  readOnly: boolean;
}

const groups: readonly ValueGroup[] = ['quotas', 'method', 'flows', 'forms'];

/** The values of a config as a form: what belongs together under one heading, a mistake at its field. */
export function valuesForm(parts: ValuesParts): TemplateResult {
  return html`${groups.map((group) => {
    const values = parts.values.filter((value) => value.group === group);
    if (values.length === 0) return nothing;
    const changes = values.filter(({ path }) => parts.changed.has(path)).length;
    const wrong = parts.mistakes.some(({ path }) => path.startsWith(`${group}/`));
    return html`<details class="group" data-group=${group} ?open=${group === 'quotas' || wrong}>
      <summary>
        ${parts.t(`values_${group}`)}
        ${changes > 0 ? html`<span class="tag">${parts.t('changedValues', { n: changes })}</span>` : nothing}
      </summary>
      ${byName(values, parts.language).map(
        ([name, own]) =>
          html`<fieldset class="values">
            <legend>${name}</legend>
            ${own.map((value) => field(value, parts))}
          </fieldset>`,
      )}
    </details>`;
  })}`;
}

/** What a value belongs to heads it; tables of tables name the inner rows themselves. */
function byName(values: readonly ConfigValue[], language: Language): [string, ConfigValue[]][] {
  const heads = new Map<string, ConfigValue[]>();
  for (const value of values) {
    const name = value.names.map((one) => say(one, language)).join(' › ');
    heads.set(name, [...(heads.get(name) ?? []), value]);
  }
  return [...heads];
}

function field(value: ConfigValue, parts: ValuesParts): TemplateResult {
  const { path } = value;
  const { language, t } = parts;
  const written = parts.changed.get(path) ?? value.value;
  const mistake = parts.mistakes.find((one) => one.path === path || path.startsWith(`${one.path}/`));
  const id = `value-${path}`;
  const label = say(value.label, language);
  if (typeof value.value === 'boolean')
    return html`<label class="value"
      ><input
        type="checkbox"
        data-path=${path}
        .checked=${written === true}
        ?disabled=${parts.readOnly}
        @change=${() => parts.change(value, written !== true)}
      />${label}</label
    >`;
  return html`<div class="value">
    <label for=${id}
      >${label}${value.own ? nothing : html` <span class="soft">${t('fromBase')}</span>`}</label
    >
    <input
      id=${id}
      data-path=${path}
      inputmode="decimal"
      .value=${String(written)}
      ?disabled=${parts.readOnly}
      aria-invalid=${mistake ? 'true' : 'false'}
      aria-describedby=${mistake ? `wrong-${path}` : nothing}
      @input=${(event: Event) => parts.change(value, numberIn(valueIn(event), value))}
    />
    ${parts.changed.has(path) ? html`<span class="hint">${t('wasValue', { value: String(value.value) })}</span>` : nothing}
    ${mistake ? html`<p class="error" id="wrong-${path}">${mistake.message}</p>` : nothing}
  </div>`;
}

/** A plain number is written as one; 1/3 and 0.05 that stood as text stay text, so that nothing is rounded. */
function numberIn(text: string, { value }: ConfigValue): number | string {
  const plain = text.trim();
  return typeof value === 'number' && /^-?\d{1,9}(\.\d{1,6})?$/.test(plain) ? Number(plain) : plain;
}
