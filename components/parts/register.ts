import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { filesOf } from '../../src/client/files.ts';
import type { RegisterView } from '../../src/model/register.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { QueueView } from '../../src/model/view.ts';
import type { CountyContext } from './context.ts';
import { saveFile } from './save-file.ts';
import type { Say } from './thing.ts';

export interface RegisterAsked {
  kind: ThingKind;
  view: QueueView;
  stage: string;
  search: string;
}

/** The list that is shown as a workbook, with the columns that are ticked. */
export class Register implements ReactiveController {
  private of = '';
  private register: RegisterView | null = null;
  private chosen = new Set<string>();
  private failure: unknown = null;
  private busy = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  /** The columns of a kind, asked for when they are first looked at. */
  open(kind: ThingKind): void {
    if (this.of !== kind) void this.ask(kind);
  }
  private async ask(kind: ThingKind): Promise<void> {
    this.of = kind;
    this.register = null;
    this.failure = null;
    try {
      const client = this.county()?.client;
      const register = client ? await filesOf(client).registerView(kind) : null;
      if (this.of !== kind) return;
      this.register = register;
      this.chosen = new Set(register?.shown);
      this.failure = null;
    } catch (error) {
      if (this.of !== kind) return;
      // Asked for anew when it is next looked at.
      this.of = '';
      this.failure = error;
    }
    this.host.requestUpdate();
  }
  private async save(asked: RegisterAsked): Promise<void> {
    const columns = (this.register?.columns ?? []).flatMap(({ value }) =>
      this.chosen.has(value) ? [value] : [],
    );
    this.busy = true;
    this.failure = null;
    this.host.requestUpdate();
    try {
      const client = this.county()?.client;
      if (client)
        saveFile(
          await filesOf(client).register(asked.kind, { ...asked, columns }),
          `${this.t('register')}.xlsx`,
        );
    } catch (error) {
      this.failure = error;
    }
    this.busy = false;
    this.host.requestUpdate();
  }
  private tick(column: string): void {
    if (!this.chosen.delete(column)) this.chosen.add(column);
    this.host.requestUpdate();
  }

  template(asked: RegisterAsked) {
    const { t, register } = this;
    if (this.register && this.of !== asked.kind) void this.ask(asked.kind);
    return html`${
      this.failure
        ? html`<div class="notice warn" role="alert">
            <p>${this.errorText(this.failure)}</p>
            ${
              register
                ? nothing
                : html`<button type="button" part="button" @click=${() => this.ask(asked.kind)}>
                    ${t('retry')}
                  </button>`
            }
          </div>`
        : nothing
    }
    ${
      register
        ? html`<fieldset>
              <legend>${t('columns')}</legend>
              ${register.columns.map(
                ({ value, label }) =>
                  html`<label class="tick"
                    ><input
                      type="checkbox"
                      name=${value}
                      .checked=${this.chosen.has(value)}
                      @change=${() => this.tick(value)}
                    />
                    ${label}</label
                  >`,
              )}
            </fieldset>
            <button
              type="button"
              part="button"
              ?disabled=${this.busy || this.chosen.size === 0}
              @click=${() => this.save(asked)}
            >
              ${t(this.busy ? 'loading' : 'asExcel')}
            </button>`
        : nothing
    } `;
  }
}
