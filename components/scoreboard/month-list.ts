import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { filesOf } from '../../src/client/files.ts';
import type { Paper } from '../../src/model/paper.ts';
import type { CountyContext } from '../parts/context.ts';
import { saveFile } from '../parts/save-file.ts';
import type { Say } from '../parts/thing.ts';
import { valueIn } from '../parts/value-in.ts';

/** What an office had to do in a month, to be read and to be taken away. */
export class MonthList implements ReactiveController {
  private of = '';
  private paper: Paper | null = null;
  private failure: unknown = null;
  private turn = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
    private month: string,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  async show(change: { month?: string; of?: string } = {}): Promise<void> {
    this.month = change.month ?? this.month;
    this.of = change.of ?? this.of;
    const turn = (this.turn += 1);
    const { county } = this;
    const info = county()?.info;
    // Whoever is not of the office reads their own units' alone.
    if (this.of === '' && !info?.me.staff) this.of = info?.offices[0]?.value ?? '';
    try {
      const client = county()?.client;
      const paper = client ? await filesOf(client).month(this.month, this.of) : null;
      if (turn !== this.turn) return;
      this.paper = paper;
      this.failure = null;
    } catch (error) {
      if (turn === this.turn) this.failure = error;
    }
    this.host.requestUpdate();
  }
  private async save(as: 'docx' | 'xlsx'): Promise<void> {
    try {
      const client = this.county()?.client;
      if (client)
        saveFile(
          await filesOf(client).monthFile(this.month, this.of, as),
          `${this.paper?.title ?? ''} ${this.month}.${as}`,
        );
    } catch (error) {
      this.failure = error;
      this.host.requestUpdate();
    }
  }

  template() {
    const { t, paper } = this;
    const info = this.county()?.info;
    return html`<div class="bar">
        <label
          >${t('month')}
          <input
            type="month"
            .value=${this.month}
            @change=${(event: Event) => this.show({ month: valueIn(event) })}
        /></label>
        <label
          >${t('monthOffice')}
          <select @change=${(event: Event) => this.show({ of: valueIn(event) })}>
            ${info?.me.staff ? html`<option value="" ?selected=${this.of === ''}>${t('everyOffice')}</option>` : nothing}
            ${info?.offices.map(
              ({ value, label }) =>
                html`<option value=${value} ?selected=${value === this.of}>${label}</option>`,
            )}
          </select></label
        >
        <button type="button" @click=${() => this.save('docx')}>${t('asWord')}</button>
        <button type="button" @click=${() => this.save('xlsx')}>${t('asExcel')}</button>
      </div>
      ${this.failure ? html`<p class="notice warn" role="alert">${this.errorText(this.failure)}</p>` : nothing}
      ${
        paper
          ? html`<section aria-label=${paper.title} data-month=${paper.subtitle}>
              <h3>${paper.title} ${paper.subtitle}</h3>
              ${paper.parts.map(
                (part) =>
                  html`${part.heading === '' ? nothing : html`<h4>${part.heading}</h4>`}
                  ${
                    'paragraphs' in part
                      ? part.paragraphs.map((words) => html`<p>${words}</p>`)
                      : html`<div
                          class="wide"
                          tabindex="0"
                          role="region"
                          aria-label=${part.heading || paper.title}
                        >
                          <table>
                            <thead>
                              <tr>
                                ${part.head.map((cell) => html`<th>${cell}</th>`)}
                              </tr>
                            </thead>
                            <tbody>
                              ${part.rows.map(
                                (row) =>
                                  html`<tr>
                                    ${row.map((cell) => html`<td>${cell}</td>`)}
                                  </tr>`,
                              )}
                            </tbody>
                          </table>
                        </div>`
                  }`,
              )}
            </section>`
          : nothing
      }`;
  }
}
