import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ClientError, type ActInput } from '../../src/client/index.ts';
import type { Fields, FieldValue, ThingKind } from '../../src/model/thing.ts';
import type { ActionView, FieldView, ThingRow, ThingView } from '../../src/model/view.ts';
import { text, type TextKey } from '../texts/texts.ts';
import type { RootHost } from './root-host.ts';
import type { CountyContext } from './context.ts';
import { newActKey } from './act-key.ts';
import { fieldTemplate, type FieldMore, type FieldParts } from './field.ts';

/** Another thing that an act takes along, as far as its form shows it. */
export type Taken = Pick<ThingRow, 'kind' | 'id' | 'version' | 'title' | 'authors'>;
/** What was written, as it can be kept and given back. */
export interface Written {
  values: Record<string, Fields>;
  /** Of the files in it, by their ids. */
  fileNames: Record<string, string>;
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
  /** Kept by the row, so that another search does not lose what was ticked. */
  readonly taken = new Map<string, Taken>();
  /** For whom the office enters it, when that was, and its paper. */
  behalf: { of: string; on: string; scan: string | null } = { of: '', on: '', scan: null };
  /** Fields that the answer asked for, by action: from then on they are drawn. */
  private demanded = new Set<string>();
  private uploads = 0;
  private fileNames: Record<string, string> = {};
  /** Those of the files that can be shown, by their ids. */
  private readonly pictures = new Map<string, string>();
  private more: FieldMore | null = null;
  /** The same act tried again carries the same key. */
  private key: string | null = null;
  private sending = false;
  /** Sends once more what the server could not take, through no fault of what was written. */
  private again: (() => void) | null = null;
  /** An act waits for its files. */
  get busy(): boolean {
    return this.sending || this.uploads > 0;
  }

  constructor(
    private readonly host: RootHost,
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
    this.fileNames = {};
    for (const url of this.pictures.values()) URL.revokeObjectURL(url);
    this.pictures.clear();
    this.demanded.clear();
    this.turn();
  }
  /** Another action, or another version of the thing: what was written stays, the rest is asked anew. */
  turn(): void {
    this.problems = [];
    this.taken.clear();
    this.behalf = { of: '', on: '', scan: null };
    this.changed();
  }
  /** What differs from what was sent is another act. */
  private changed(...fields: string[]): void {
    this.problems = this.problems.filter((problem) => !fields.includes(problem.field));
    this.key = null;
    this.again = null;
    this.host.requestUpdate();
  }

  private t(key: TextKey, gaps?: Record<string, string | number>): string {
    return text(this.county()?.language ?? 'zh', key, gaps);
  }

  get written(): Written {
    return { values: this.values, fileNames: this.fileNames };
  }
  set written({ values, fileNames }: Written) {
    this.values = values;
    this.fileNames = fileNames;
    this.changed();
  }
  valueOf(action: ActionView, field: FieldView): FieldValue {
    return this.values[action.action]?.[field.name] ?? field.value;
  }
  /** The same form as another action keeps it: unfinished. */
  draftOf(action: ActionView, written: ActionView): ActionView {
    const fields = written.fields.map((field) => ({
      ...field,
      required: false,
      value: this.valueOf(written, field),
    }));
    return { ...action, fields };
  }
  set(action: ActionView, field: string, value: FieldValue): void {
    this.values[action.action] = { ...this.values[action.action], [field]: value };
    this.changed(field);
  }
  /** Each by itself: one that is refused takes no other with it. */
  private async upload(field: string, files: File[], keep: (id: string) => void): Promise<void> {
    const client = this.county()?.client;
    if (!client) return;
    this.changed(field);
    for (const file of files) {
      this.uploads += 1;
      try {
        const { id, name, type } = await client.upload(file);
        this.fileNames[id] = name;
        if (type.startsWith('image/')) this.pictures.set(id, URL.createObjectURL(file));
        keep(id);
      } catch (error) {
        this.problems = [...this.problems, { field, message: this.messageOf(error) }];
      }
      this.uploads -= 1;
      this.host.requestUpdate();
    }
  }
  /** Into a field for files behind those that it has, into one for a single file in its place. */
  addFiles(action: ActionView, field: FieldView, files: File[]): Promise<void> {
    return this.upload(field.name, files, (id) => {
      const before = field.type === 'files' ? [this.valueOf(action, field) ?? []].flat() : null;
      this.set(action, field.name, before ? [...before.map(String), id] : id);
    });
  }
  /** What of a field's drawing not every form needs. */
  private moreOf = (): FieldMore | null => {
    if (!this.more)
      void import('./field-more.ts').then(
        (more) => {
          this.more = more;
          this.host.requestUpdate();
        },
        () => undefined,
      );
    return this.more;
  };
  private messageOf(error: unknown): string {
    if (!(error instanceof ClientError)) return this.t('failed');
    return error.code === 'offline' ? this.t('offline') : error.message || this.t('failed');
  }

  /** What is asked now: all but what waits to be demanded; what was written once is never hidden. */
  drawn({ action, fields }: ActionView): FieldView[] {
    return fields.filter(
      ({ name, onDemand, type, required, options }) =>
        // Where there is nothing to name nothing is asked.
        !(onDemand || (type === 'thing' && !required && options.length === 0)) ||
        this.demanded.has(`${action}/${name}`) ||
        Boolean(this.values[action]?.[name]),
    );
  }

  /** What can be seen to be wrong before asking; the server judges all of it again. */
  private early(action: ActionView, complete: boolean): { field: string; message: string }[] {
    const missing = (field: string, label: TextKey) => ({
      field,
      message: this.t('mustFill', { label: this.t(label) }),
    });
    const party =
      action.behalf.length === 0
        ? []
        : [
            ...(this.behalf.of ? [] : [missing('behalf', 'behalf')]),
            ...(this.behalf.on ? [] : [missing('behalf-on', 'behalfOn')]),
          ];
    const fields = action.fields.flatMap((field) => {
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
    return [...fields, ...party];
  }

  async submit(action: ActionView, complete: boolean, more: Fields = {}): Promise<void> {
    if (this.busy) return;
    this.problems = this.early(action, complete);
    if (this.problems.length > 0) return this.showProblems();
    const input: Fields = { ...more };
    for (const field of this.drawn(action)) {
      const value = this.valueOf(action, field);
      if (value !== null && value !== '') input[field.name] = value;
    }
    const takes = [...this.taken.values()].map(
      ({ kind, id, version }): { kind: ThingKind; id: string; version: number } => ({ kind, id, version }),
    );
    this.key ??= newActKey();
    this.sending = true;
    this.host.requestUpdate();
    try {
      const { of, on, scan } = this.behalf;
      const view = await this.send({
        action,
        key: this.key,
        act: {
          action: action.action,
          input,
          takes,
          onBehalf: action.behalf.length > 0 ? { of, on, ...(scan ? { scan } : {}) } : null,
        },
      });
      this.reset();
      this.after(view, action);
    } catch (error) {
      if (error instanceof ClientError && error.fields.length > 0) {
        this.problems = error.fields;
        for (const { field } of error.fields) this.demanded.add(`${action.action}/${field}`);
        this.key = null;
        this.showProblems();
      } else {
        const unable = error instanceof ClientError && (error.status === 0 || error.status >= 500);
        this.again = unable ? () => void this.submit(action, complete, more) : null;
        this.refused(error);
      }
    } finally {
      this.sending = false;
      this.host.requestUpdate();
    }
  }

  /** Beside the words why it was not taken. */
  retry(): TemplateResult | typeof nothing {
    return this.again
      ? html`<button type="button" data-retry ?disabled=${this.busy} @click=${this.again}>
          ${this.t('retry')}
        </button>`
      : nothing;
  }

  /** Whether nothing can be seen to be wrong yet; what is wrong is shown. */
  passes(action: ActionView): boolean {
    this.problems = this.early(action, true);
    if (this.problems.length > 0) void this.showProblems();
    return this.problems.length === 0;
  }
  get wrong(): boolean {
    return this.problems.length > 0;
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

  /** The act that the form is for, and beside it those that only keep what is written. */
  bar(actions: readonly ActionView[], main: ActionView, other: (action: ActionView) => void): TemplateResult {
    return html`<div class="bar">
      <button class="primary" ?disabled=${this.busy}>${this.sending ? this.t('sending') : main.label}</button>
      ${actions
        .filter((action) => action !== main)
        .map(
          (action) =>
            html`<button type="button" ?disabled=${this.busy} @click=${() => other(action)}>
              ${action.label}
            </button>`,
        )}
    </div>`;
  }

  fields(action: ActionView): TemplateResult {
    return html`${this.summary(action)}
    ${this.drawn(action).map((field) =>
      fieldTemplate({
        field,
        value: this.valueOf(action, field),
        error: this.problems.find((problem) => problem.field === field.name)?.message ?? null,
        ...this.parts(),
        change: (value) => this.set(action, field.name, value),
        upload: (files) => this.addFiles(action, field, files),
      }),
    )}`;
  }

  /** One of what it takes along, or none of it any more. */
  take(row: Taken, alone: boolean): void {
    if (alone) this.taken.clear();
    if (this.taken.has(row.id)) this.taken.delete(row.id);
    else this.taken.set(row.id, row);
    this.changed('takes');
  }

  /** What the act is done to has changed: it is another act. */
  renew(): void {
    this.changed('takes');
  }

  /** A field that is none of the action's own. */
  draw(field: FieldView, value: FieldValue, change: (value: FieldValue) => void): TemplateResult {
    return fieldTemplate({
      field,
      value,
      error: this.problems.find((problem) => problem.field === field.name)?.message ?? null,
      ...this.parts(),
      change: (written) => {
        change(written);
        this.changed(field.name);
      },
      upload: (files) => this.upload(field.name, files, change),
    });
  }
  private parts(): Pick<FieldParts, 't' | 'nameOf' | 'pictureOf' | 'uploading' | 'more' | 'client'> {
    return {
      t: (key, gaps) => this.t(key, gaps),
      nameOf: (id) => this.fileNames[id] ?? id,
      pictureOf: (id) => this.pictures.get(id),
      uploading: this.uploads > 0,
      more: this.moreOf,
      client: this.county()?.client,
    };
  }
}
