import { html, nothing, type TemplateResult } from 'lit';
import type { ThingRow } from '../../src/model/view.ts';
import type { RootHost } from '../parts/root-host.ts';
import type { Say } from '../parts/thing.ts';
import type { Bulk, BulkOptions } from './bulk.ts';

/** So many can be acted on at once. */
const AT_ONCE = 200;

/** Rows chosen to be acted on together; what is then done with them is fetched when it is asked for. */
export class Choosing {
  /** By id; null while rows are only opened. */
  private chosen: Map<string, ThingRow> | null = null;
  private bulk: Bulk | null = null;

  constructor(
    private readonly host: RootHost,
    private readonly options: BulkOptions,
  ) {}

  get on(): boolean {
    return this.chosen !== null;
  }
  /** What is done with the chosen ones stands where a thing would. */
  get acts(): boolean {
    return this.bulk !== null;
  }
  has(row: ThingRow): boolean {
    return this.chosen?.has(row.id) ?? false;
  }
  /** Another list: nothing of it is chosen yet. */
  clear(): void {
    if (this.chosen) this.chosen = new Map();
    this.leave();
  }
  leave(): void {
    this.bulk = null;
    this.host.requestUpdate();
  }
  toggle(row: ThingRow | undefined): void {
    if (!row) return;
    const chosen = new Map(this.chosen);
    if (!chosen.delete(row.id) && chosen.size < AT_ONCE) chosen.set(row.id, row);
    this.set(chosen);
  }
  private set(chosen: Map<string, ThingRow> | null): void {
    this.chosen = chosen;
    this.host.requestUpdate();
  }

  private async act(): Promise<void> {
    const { Bulk } = await import('./bulk.ts');
    this.bulk = new Bulk(this.host, this.options);
    const begun = this.bulk.begin([...(this.chosen?.values() ?? [])]);
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.bulk .title')?.focus();
    await begun;
  }

  /** `rows` are those that all of them are. */
  bar(t: Say, rows: readonly ThingRow[]): TemplateResult {
    const { chosen } = this;
    const some = chosen !== null && chosen.size > 0;
    const mode = () => {
      this.set(chosen ? null : new Map());
      this.leave();
    };
    const all = () =>
      this.set(some ? new Map() : new Map(rows.slice(0, AT_ONCE).map((row) => [row.id, row])));
    return html`<div class="bar" role="group" aria-label=${t('bulk')}>
      <button
        type="button"
        part="button"
        data-bulk-mode
        aria-pressed=${chosen ? 'true' : 'false'}
        @click=${mode}
      >
        ${t('bulk')}
      </button>
      ${
        chosen
          ? html`<button type="button" part="button" data-choose-all @click=${all}>
                ${t(some ? 'chooseNone' : 'chooseAll')}
              </button>
              <button
                type="button"
                part="button"
                class="primary"
                data-act-on
                ?disabled=${!some}
                @click=${() => this.act()}
              >
                ${t('actOnChosen', { n: chosen.size })}
              </button>`
          : nothing
      }
    </div>`;
  }
  box(t: Say, row: ThingRow, focused: () => void): TemplateResult | typeof nothing {
    if (!this.on) return nothing;
    return html`<label class="pick-row"
      ><input
        type="checkbox"
        aria-label=${t('chooseRow', { title: row.title })}
        data-choose=${row.id}
        .checked=${this.has(row)}
        @focus=${focused}
        @change=${() => this.toggle(row)}
    /></label>`;
  }
  template(): TemplateResult | null {
    return this.bulk?.template() ?? null;
  }
}
