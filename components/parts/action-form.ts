import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ClientError, type ActInput } from '../../src/client/index.ts';
import type { Fields, FieldValue, ThingKind } from '../../src/model/thing.ts';
import type { ActionView, FieldView, Option, ThingRow, ThingView } from '../../src/model/view.ts';
import { text, type TextKey } from '../texts/texts.ts';
import type { CountyContext } from './context.ts';
import { fieldTemplate } from './field.ts';
import { valueIn } from './value-in.ts';

interface Host extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
}
export interface Filled {
  action: ActionView;
  act: ActInput;
  key: string;
}

/** Draws any action as a form and gathers what is written; it knows no stage and no verb. */
export class ActionForm implements ReactiveController {
  private values: Record<string, Fields> = {};
  private problems: { field: string; message: string }[] = [];
  private taken = new Set<string>();
  private behalf = { of: '', on: '' };
  private fileNames: Record<string, string> = {};
  /** The same act tried again carries the same key. */
  private key: string | null = null;
  busy = false;

  constructor(
    private readonly host: Host,
    private readonly county: () => CountyContext | null,
    private readonly send: (filled: Filled) => Promise<ThingView>,
    private readonly after: (view: ThingView, action: ActionView) => void,
    private readonly refused: (error: unknown) => void,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  reset(): void {
    this.values = {};
    this.problems = [];
    this.taken.clear();
    this.behalf = { of: '', on: '' };
    this.fileNames = {};
    this.key = null;
    this.host.requestUpdate();
  }

  private t(key: TextKey, gaps?: Record<string, string | number>): string {
    return text(this.county()?.language ?? 'zh', key, gaps);
  }

  valueOf(action: ActionView, field: FieldView): FieldValue {
    return this.values[action.action]?.[field.name] ?? field.value;
  }
  /** The same fields in another action of the same form keep what was written. */
  private set(action: ActionView, field: string, value: FieldValue): void {
    this.values[action.action] = { ...this.values[action.action], [field]: value };
    this.problems = this.problems.filter((problem) => problem.field !== field);
    this.key = null;
    this.host.requestUpdate();
  }
  private async upload(action: ActionView, field: FieldView, files: FileList | null): Promise<void> {
    const client = this.county()?.client;
    if (!client || !files) return;
    try {
      const kept = await Promise.all([...files].map((file) => client.upload(file)));
      const ids = kept.map((file) => file.id);
      this.fileNames[field.name] = kept.map((file) => file.name).join('、');
      this.set(action, field.name, field.type === 'files' ? ids : (ids[0] ?? null));
    } catch (error) {
      this.problems = [
        ...this.problems.filter((problem) => problem.field !== field.name),
        { field: field.name, message: this.messageOf(error) },
      ];
      this.host.requestUpdate();
    }
  }
  private messageOf(error: unknown): string {
    if (!(error instanceof ClientError)) return this.t('failed');
    return error.code === 'offline' ? this.t('offline') : error.message || this.t('failed');
  }

  /** What can be seen to be wrong before asking; the server judges all of it again. */
  private early(action: ActionView, complete: boolean): { field: string; message: string }[] {
    return action.fields.flatMap((field) => {
      const value = this.valueOf(action, field);
      const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      if (empty && field.required && complete)
        return [{ field: field.name, message: this.t('mustFill', { label: field.label }) }];
      if (typeof value === 'string' && field.limit !== null && [...value].length > field.limit)
        return [
          { field: field.name, message: this.t('tooLong', { label: field.label, limit: field.limit }) },
        ];
      return [];
    });
  }

  async submit(
    action: ActionView,
    complete: boolean,
    choices: ThingRow[],
    more: Fields = {},
    confirmed = (sentence: string) => window.confirm(sentence),
  ): Promise<void> {
    if (this.busy) return;
    this.problems = this.early(action, complete);
    if (this.problems.length > 0) return this.showProblems();
    if (action.confirm !== null && !confirmed(action.confirm)) return;
    const input: Fields = { ...more };
    for (const field of action.fields) {
      const value = this.valueOf(action, field);
      if (value !== null && value !== '') input[field.name] = value;
    }
    const takes = choices
      .filter((row) => this.taken.has(row.id))
      .map(({ kind, id, version }): { kind: ThingKind; id: string; version: number } => ({
        kind,
        id,
        version,
      }));
    this.key ??= crypto.randomUUID();
    this.busy = true;
    this.host.requestUpdate();
    try {
      const { of, on } = this.behalf;
      const view = await this.send({
        action,
        key: this.key,
        act: {
          action: action.action,
          input,
          takes,
          onBehalf: action.behalf.length > 0 && of && on ? { of, on } : null,
        },
      });
      this.reset();
      this.after(view, action);
    } catch (error) {
      if (error instanceof ClientError && error.fields.length > 0) {
        this.problems = error.fields;
        this.key = null;
        this.showProblems();
      } else this.refused(error);
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  private async showProblems(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.summary')?.focus();
  }

  private summary(action: ActionView): TemplateResult | typeof nothing {
    if (this.problems.length === 0) return nothing;
    const go = (event: Event, field: string) => {
      event.preventDefault();
      this.host.renderRoot.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)?.focus();
    };
    return html`<div class="summary" tabindex="-1" role="alert" data-of=${action.action}>
      <h3>${this.t('problems', { n: this.problems.length })}</h3>
      <ul>
        ${this.problems.map(
          ({ field, message }) =>
            html`<li><a href="#${field}" @click=${(event: Event) => go(event, field)}>${message}</a></li>`,
        )}
      </ul>
    </div>`;
  }

  fields(action: ActionView): TemplateResult {
    return html`${this.summary(action)}
    ${action.fields.map((field) =>
      fieldTemplate({
        field,
        value: this.valueOf(action, field),
        error: this.problems.find((problem) => problem.field === field.name)?.message ?? null,
        files: this.fileNames[field.name] ?? null,
        t: (key, gaps) => this.t(key, gaps),
        change: (value) => this.set(action, field.name, value),
        upload: (files) => this.upload(action, field, files),
      }),
    )}`;
  }

  /** Other things to take along, and for whom it is entered. */
  extras(action: ActionView, choices: ThingRow[]): TemplateResult {
    const error = this.problems.find((problem) => problem.field === 'behalf');
    return html`${
      action.takes !== null && choices.length > 0
        ? html`<fieldset class="field">
            <legend>${this.t(action.takes === 'reports' ? 'takeReports' : 'takeReport')}</legend>
            ${choices.map(
              (row) =>
                html`<div class="choices">
                  <label
                    ><input
                      type=${action.takes === 'reports' ? 'checkbox' : 'radio'}
                      name="takes"
                      .checked=${this.taken.has(row.id)}
                      @change=${() => this.take(row.id, action.takes === 'report')}
                    />${row.title} <span class="soft">${row.authors}</span></label
                  >
                </div>`,
            )}
          </fieldset>`
        : nothing
    }${
      action.behalf.length > 0
        ? html`<div class="field">
              <label for="behalf-of"
                >${this.t('behalf')} <span class="mark">${this.t('required')}</span></label
              >
              ${error ? html`<p class="error">${error.message}</p>` : nothing}
              <select
                id="behalf-of"
                data-field="behalf"
                @change=${(event: Event) => (this.behalf.of = valueIn(event))}
              >
                <option value="">${this.t('choose')}</option>
                ${action.behalf.map((party: Option) => html`<option value=${party.value}>${party.label}</option>`)}
              </select>
            </div>
            <div class="field">
              <label for="behalf-on">${this.t('behalfOn')}</label>
              <input
                id="behalf-on"
                type="date"
                @change=${(event: Event) => (this.behalf.on = valueIn(event))}
              />
            </div>`
        : nothing
    }`;
  }
  private take(id: string, alone: boolean): void {
    if (alone) this.taken.clear();
    if (this.taken.has(id)) this.taken.delete(id);
    else this.taken.add(id);
    this.host.requestUpdate();
  }
}
