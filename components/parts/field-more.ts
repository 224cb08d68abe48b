import { html, nothing, type TemplateResult } from 'lit';
import { says } from '../texts/texts.ts';
import { zhLater } from '../texts/zh-later.ts';
import type { FieldView, Option } from '../../src/model/view.ts';
import type { FieldParts } from './field.ts';

says(zhLater);

/** The keyboard stays with the field that something is taken out of. */
function toField({ currentTarget: button }: Event): void {
  if (button instanceof HTMLElement)
    button.closest('.field')?.querySelector<HTMLElement>('[data-field]')?.focus();
}

/** The files of a field, each to be taken out again. */
export function chosenTemplate(
  { field, t, change, nameOf, pictureOf }: FieldParts,
  ids: readonly string[],
): TemplateResult {
  const without = (event: Event, id: string) => {
    const left = ids.filter((one) => one !== id);
    toField(event);
    change(field.type === 'files' && left.length > 0 ? left : null);
  };
  return html`<div class="bar" role="group" aria-label=${field.label}>
    ${ids.map((id) => {
      const picture = pictureOf(id);
      return html`<button
        type="button"
        data-file=${id}
        aria-label=${t('takeOut', { name: nameOf(id) })}
        @click=${(event: Event) => without(event, id)}
      >
        ${picture ? html`<img src=${picture} height="56" alt="" /> ` : nothing}${nameOf(id)} ×
      </button>`;
    })}
  </div>`;
}

/** What is offered after a search, and how many it found; null where there are no words to look for. */
interface Found {
  options: Option[];
  n: number | null;
}
const finds = new WeakMap<FieldView, Found>();
export const foundOf = (field: FieldView): Option[] | undefined => finds.get(field)?.options;

/** What each box was last asked for: answers to older words are dropped. */
const asked = new WeakMap<EventTarget, string>();
const PAUSE = 250;

/** A box above the choices in which one types what the title says; down or Enter goes on to what was found. */
export function findTemplate({ field, value, client, change, t }: FieldParts): TemplateResult {
  const found = finds.get(field);
  const show = (next: Found) => {
    finds.set(field, next);
    // The same value again: it is only drawn anew.
    change(value);
  };
  const type = async ({ currentTarget: box }: Event) => {
    if (!(box instanceof HTMLInputElement)) return;
    const words = box.value.trim();
    asked.set(box, words);
    // What is chosen stays chosen, whatever else is looked for.
    const chosen = [...(found?.options ?? []), ...field.options].find((option) => option.value === value);
    const withChosen = (all: readonly Option[]) =>
      chosen && !all.some((option) => option.value === chosen.value) ? [chosen, ...all] : [...all];
    if (words === '') return show({ options: withChosen(field.options), n: null });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const old = () => asked.get(box) !== words;
    if (old()) return;
    const all = (await client?.choices(field.tie?.of ?? '', field.name, words).catch(() => [])) ?? [];
    if (!old()) show({ options: withChosen(all), n: all.length });
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const { currentTarget: box } = event;
    if (box instanceof HTMLElement) box.closest('.field')?.querySelector('select')?.focus();
  };
  return html`<input
      type="search"
      data-find=${field.name}
      aria-label=${`${t('findTitle')} · ${field.label}`}
      placeholder=${t('findTitle')}
      @input=${type}
      @keydown=${key}
    />
    <div class="hint" role="status">
      ${found && found.n !== null ? t('foundTitles', { n: found.n }) : nothing}
    </div>`;
}

/** The people who were named, each to be taken out again. */
export function namedTemplate({ field, t, change }: FieldParts, named: readonly string[]): TemplateResult {
  return html`<div class="bar" role="group" aria-label=${field.label}>
    ${named.map((one) => {
      const name = field.options.find((option) => option.value === one)?.label ?? one;
      return html`<button
        type="button"
        data-person=${one}
        aria-label=${t('takeOut', { name })}
        @click=${(event: Event) => {
          toField(event);
          change(named.filter((other) => other !== one));
        }}
      >
        ${name} ×
      </button>`;
    })}
  </div>`;
}

/** So much of what may stay, and of what may not, is shown where a text goes over. */
const BEFORE = 20;
const AFTER = 200;

/** Where a text goes over what the county takes. */
export function overTemplate({ field, t }: FieldParts, words: string, limit: number): TemplateResult {
  const all = [...words];
  const stays = all.slice(0, limit);
  const goes = all.slice(limit);
  const show = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    const control = target
      .closest('.field')
      ?.querySelector<HTMLInputElement | HTMLTextAreaElement>('textarea, input');
    control?.focus();
    control?.setSelectionRange(stays.join('').length, words.length);
  };
  return html`<div data-over=${field.name}>
    <p class="error" role="status">${t('goesOver')}</p>
    <p>
      ${stays.length > BEFORE ? '…' : nothing}${stays.slice(-BEFORE).join('')}<mark>${goes.slice(0, AFTER).join('')}</mark>${goes.length > AFTER ? '…' : nothing}
    </p>
    <button type="button" class="link" @click=${show}>${t('selectOver')}</button>
  </div>`;
}
