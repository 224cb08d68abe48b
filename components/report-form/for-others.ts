import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CountyInfo } from '../../src/client/index.ts';
import type { Fields, OnBehalf } from '../../src/model/thing.ts';
import type { Option } from '../../src/model/view.ts';
import { behalfDate, behalfScan } from '../parts/action-extras.ts';
import type { ActionForm } from '../parts/action-form.ts';
import { day } from '../parts/day.ts';
import type { Say } from '../parts/thing.ts';
import type { RootHost } from '../parts/root-host.ts';
import { valueIn } from '../parts/value-in.ts';
import { says, type TextKey } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/** Whose it is, by what unit and channel it came: what the office says of a report that came by paper, telephone or chat. */
export interface Origin {
  /** First the first author; none for oneself. */
  authors: string[];
  unit: string;
  channel: string;
}
const own: Origin = { authors: [], unit: '', channel: '' };

/** The part of the form in which the office enters what others said. */
export class ForOthers implements ReactiveController {
  origin = own;

  constructor(
    private readonly host: RootHost,
    private readonly form: ActionForm,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  /** The next one comes from somebody else, and as a rule by the same way. */
  next(): void {
    this.set({ authors: [] });
  }
  reset(): void {
    this.set(own);
  }
  private set(change: Partial<Origin>): void {
    this.origin = { ...this.origin, ...change };
    this.host.requestUpdate();
  }
  opening(): Fields {
    const { authors, unit, channel } = this.origin;
    return {
      ...(authors.length > 0 ? { authors } : {}),
      ...(unit ? { unit } : {}),
      ...(channel ? { channel } : {}),
    };
  }
  /** When the author wrote or told it, where that was before today, and the paper it came on. */
  behalf(): OnBehalf | null {
    const [of] = this.origin.authors;
    const { on, scan } = this.form.behalf;
    if (of === undefined || (on === '' && scan === null)) return null;
    return { of, on: on || day(new Date().toISOString()), ...(scan ? { scan } : {}) };
  }

  template({ authors: all, units, channels }: CountyInfo): TemplateResult {
    const { authors, unit, channel } = this.origin;
    const nameOf = (id: string) => all.find((author) => author.value === id)?.label ?? id;
    const left = all.filter((author) => !authors.includes(author.value));
    const first = (id: string) =>
      this.set({ authors: id ? [id, ...authors.slice(1).filter((other) => other !== id)] : [] });
    const joint = (id: string) => this.set({ authors: [...authors, id] });
    const without = (id: string) => this.set({ authors: authors.filter((one) => one !== id) });
    return html`${this.picker('author', 'authors', this.t('myself'), all, authors[0] ?? '', first)}
    ${
      authors.length > 0
        ? html`${this.picker('joint', 'coAuthor', this.t('addCoAuthor'), left, '', joint)}
          ${
            authors.length > 1
              ? html`<p class="bar field">
                  ${authors
                    .slice(1)
                    .map(
                      (id) =>
                        html`<button
                          type="button"
                          aria-label=${this.t('remove', { name: nameOf(id) })}
                          @click=${() => without(id)}
                        >
                          ${nameOf(id)} ×
                        </button>`,
                    )}
                </p>`
              : nothing
          }
          ${behalfDate(this.form, this.t, false)}${behalfScan(this.form, this.t)}`
        : nothing
    }
    ${
      units.length > 0
        ? this.picker('unit', 'unit', this.t('choose'), units, unit, (id) => this.set({ unit: id }))
        : nothing
    }
    ${this.picker('channel', 'channel', null, channels, channel, (id) => this.set({ channel: id }))}`;
  }
  private picker(
    id: string,
    label: TextKey,
    none: string | null,
    options: readonly Option[],
    value: string,
    pick: (id: string) => void,
  ): TemplateResult {
    return html`<div class="field" part="field">
      <label for=${id}>${this.t(label)}</label>
      <select
        id=${id}
        .value=${live(value || (none === null ? (options[0]?.value ?? '') : ''))}
        @change=${(event: Event) => pick(valueIn(event))}
      >
        ${none === null ? nothing : html`<option value="">${none}</option>`}
        ${repeat(
          options,
          (option) => option.value,
          (option) => html`<option value=${option.value}>${option.label}</option>`,
        )}
      </select>
    </div>`;
  }
}
