import { css, html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ClientError, type Client } from '../../src/client/index.ts';
import type { DraftField } from '../../src/model/draft.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { ActionView, FieldView, ThingView } from '../../src/model/view.ts';
import { ActionForm, type Written } from '../parts/action-form.ts';
import type { OpenCalls } from '../parts/calls.ts';
import type { CountyContext } from '../parts/context.ts';
import { SimilarView } from '../parts/similar.ts';
import { CountyElement } from '../parts/element.ts';
import type { QuotaLines } from '../parts/quota-lines.ts';
import type { Say } from '../parts/thing.ts';
import { shared } from '../parts/styles.ts';
import { Drafts } from './drafts.ts';
import type { ForOthers, Origin } from './for-others.ts';

/** What a browser keeps of a form that its page was left with. */
interface Kept {
  kind: ReportForm['kind'];
  written: Written;
  opening: Origin | null;
}

/**
 * The form by which a report or a lead is sent. Inside a host's form its value is the report's id, once sent; it
 * is reset and disabled (`disabled`, or a fieldset's) with the host's form, and what was written is there again when the
 * page is gone back to or loaded again.
 * @csspart button - Every button that acts.
 * @csspart calls - The open calls that can be answered.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart takes - The things a piece is made of.
 */
export class ReportForm extends CountyElement {
  static override styles = [
    shared,
    css`
      fieldset.whole {
        display: contents;
      }
    `,
  ];
  static formAssociated = true;
  private readonly internals = this.attachInternals();

  /** `report` or `lead`: what the form begins with. */
  @property() kind: Extract<ThingKind, 'report' | 'lead'> = 'report';
  /** The name of its value in the host's form. */
  @property({ reflect: true }) name = '';
  /** Nothing can be written or sent; a disabled form or fieldset around it does the same. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** The call that it answers, by its id, as a link to the page may say it. */
  @property() answers = '';

  @state() private actions: ActionView[] | null = null;
  @state() private failure: unknown = null;
  @state() private sent: ThingView | null = null;
  /** All is written, and looked over before it is sent. */
  @state() private checking = false;
  /** Fetched with the first that is looked over. */
  private lookedOver: typeof import('./check-answers.ts') | null = null;
  /** What came of a Word file. */
  @state() private fromWord = '';
  /** Written into fields that the form has no more. */
  @state() private left: DraftField[] = [];
  /** By the host's form or fieldset, or by itself. */
  @state() private hostDisabled = false;

  /** Whose it was when the page was left. */
  private restored: Origin | null = null;
  private readonly form = new ActionForm(
    this,
    () => this.county,
    async ({ act, key }) => {
      const client = this.county?.client;
      if (!client) throw new ClientError('offline', 0, '');
      await this.drafts.settle();
      return client.open(this.kind, { ...act, onBehalf: this.forOthers?.behalf() ?? null }, key);
    },
    (view, action) => {
      this.sent = view;
      this.checking = false;
      this.left = [];
      this.drafts.sent();
      if (this.county) void this.quotas?.load(this.county);
      this.tellHost();
      this.announce({ kind: view.kind, id: view.id, action: action.action });
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h3')?.focus());
    },
    (error) => {
      this.failure = error;
      this.drafts.again();
    },
  );
  /** What was asked before it was known who comes. */
  private early: {
    client: Client;
    kind: ReportForm['kind'];
    blank: ReturnType<Client['blank']>;
    draft: ReturnType<Client['draft']>;
  } | null = null;
  private readonly say: Say = (key, gaps) => this.t(key, gaps);
  private readonly drafts = new Drafts(this, this.say);
  /** Fetched where something was written before. */
  private back: typeof import('./bring-back.ts') | null = null;

  /** Fetched once the form stands. */
  private quotas: QuotaLines | null = null;
  /** Where a call can be answered. */
  private calls: OpenCalls | null = null;
  /** For the office alone. */
  private forOthers: ForOthers | null = null;
  private readonly similar = new SimilarView(this, () => this.county, this.say);

  /** What this page's own sending changed is nothing it shows. */
  protected override reload = (): void => {
    this.failure = null;
    if (this.county && this.actions === null) this.load(this.county);
  };
  protected override updated(changed: PropertyValues<this>): void {
    this.lookForSimilar();
    this.tellHost();
    if (this.form.wrong) this.checking = false;
    if (this.actions) this.drafts.note(this.writtenFields());
    // Set from outside, or by the switch; the first time the county's arrival asks.
    if (changed.get('kind') === undefined) return;
    this.actions = null;
    this.sent = null;
    this.checking = false;
    this.left = [];
    if (this.county) this.load(this.county);
  }
  protected override expect(client: Client): void {
    const { kind } = this;
    const early = { client, kind, blank: client.blank(kind), draft: client.draft(kind) };
    this.early = early;
    // Whoever comes is told of what fails.
    Promise.all([early.blank, early.draft]).catch(() => {});
  }
  protected override load(county: CountyContext): void {
    const { kind, early } = this;
    const { client } = county;
    this.early = null;
    const asked = early?.client === client && early.kind === kind ? early : null;
    this.similar.clear();
    // The form may have changed while somebody writes: then it is theirs that is brought over, and else what was kept.
    const kept = this.actions ? null : this.drafts.open(county, kind, asked?.draft);
    Promise.all([asked?.blank ?? client.blank(kind), kept]).then(
      async ([blank, fields]) => {
        if ((fields ?? this.writtenFields()).length > 0) this.back ??= await import('./bring-back.ts');
        if (kind !== this.kind) return;
        // With what was written until now.
        const written = fields ?? this.writtenFields();
        this.actions = blank.actions;
        const last = this.handsIn();
        if (last && this.back && written.length > 0)
          this.left = this.back.bringBack(this.form, last, written);
        const field = this.answering();
        void this.readIn(county, field);
        if (this.answers !== '' && field?.options.some(({ value }) => value === this.answers))
          this.answer(this.answers);
        this.failure = null;
      },
      (error: unknown) => (this.failure = error),
    );
  }
  /** All that is written, with the labels under which it was. */
  private writtenFields(): DraftField[] {
    const action = this.handsIn();
    const { values, fileNames } = this.form.written;
    const fields = (action?.fields ?? []).flatMap(({ name, label, type }): DraftField[] => {
      const value = values[action?.action ?? '']?.[name] ?? null;
      const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      const files = [value].flat().flatMap((id) => fileNames[String(id)] ?? []);
      return empty ? [] : [{ name, label, type, value, files: files.join('\n') }];
    });
    return [...fields, ...this.left];
  }
  private leaves(field: DraftField, into: FieldView | null): void {
    this.left = this.left.filter((one) => one !== field);
    if (into) this.focusField(into.name);
  }
  private focusField(name: string): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`form [data-field="${CSS.escape(name)}"]`)?.focus(),
    );
  }
  private async readWord(file: File | undefined): Promise<void> {
    const action = this.handsIn();
    if (!action || !file) return;
    const { readInto } = await import('./word-file.ts');
    this.fromWord = await readInto(this.form, action, file, this.say);
  }
  /** What not every form needs is fetched for those that do. */
  private async readIn(county: CountyContext, answering: FieldView | undefined): Promise<void> {
    const { info } = county;
    void import('../parts/quota-lines.ts').then(
      ({ QuotaLines }) => (this.quotas ??= new QuotaLines(this, this.say)).load(county),
      () => undefined,
    );
    if (info.me.staff && !this.forOthers) {
      const { ForOthers } = await import('./for-others.ts');
      this.forOthers ??= new ForOthers(this, this.form, this.say);
      this.forOthers.origin = this.restored ?? this.forOthers.origin;
      this.requestUpdate();
    }
    if (answering && answering.options.length > 0 && !this.calls) {
      const { OpenCalls } = await import('../parts/calls.ts');
      this.calls ??= new OpenCalls(this, () => this.county, this.say);
    }
    await this.calls?.load(answering);
  }
  /** Whether there is something like it, as soon as enough is written to tell. */
  private lookForSimilar(): void {
    const action = this.sent ? undefined : this.handsIn();
    if (!action) return this.similar.clear();
    const written = action.fields.filter(({ type }) => type === 'text' || type === 'long-text');
    this.similar.writing(
      this.kind,
      Object.fromEntries(written.map((field) => [field.name, this.form.valueOf(action, field)])),
    );
  }
  /** The field that names the call which is answered, where there is one to answer. */
  private answering(): FieldView | undefined {
    return this.handsIn()?.fields.find(({ tie }) => tie?.link === 'answers');
  }
  private answer(id: string): void {
    const action = this.handsIn();
    const field = this.answering();
    if (!action || !field) return;
    this.form.set(action, field.name, id);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('form [data-field]')?.focus(),
    );
  }
  /** One form, several ways to send it: the primary one hands it in and so asks for everything. */
  private handsIn(): ActionView | undefined {
    return this.actions?.find((action) => action.tone === 'primary') ?? this.actions?.at(-1);
  }
  /** The host's form sends the value; the browser keeps the state for when the page is shown again. */
  private tellHost(): void {
    const { kind, sent } = this;
    const kept: Kept = { kind, written: this.form.written, opening: this.forOthers?.origin ?? null };
    this.internals.setFormValue(sent?.id ?? null, sent ? '' : JSON.stringify(kept));
  }
  formResetCallback(): void {
    this.clear();
    this.forOthers?.reset();
    this.tellHost();
  }
  formDisabledCallback(disabled: boolean): void {
    // The attribute may be set in the midst of an update.
    queueMicrotask(() => (this.hostDisabled = disabled));
  }
  formStateRestoreCallback(state: string): void {
    // Empty when the page was left with a report sent.
    if (state === '') return;
    const { kind, written, opening }: Kept = JSON.parse(state);
    this.kind = kind;
    this.restored = opening;
    if (this.forOthers && opening) this.forOthers.origin = opening;
    this.form.written = written;
  }
  private clear(): void {
    this.sent = null;
    this.failure = null;
    this.checking = false;
    this.left = [];
    this.fromWord = '';
    this.forOthers?.next();
    this.form.reset();
  }

  protected override render() {
    const { county } = this;
    if (this.sent) return this.thanks(this.sent);
    if (this.failure && !this.actions) return this.errorState(this.failure);
    if (!county || !this.actions) return this.loadingState();
    const last = this.handsIn();
    if (!last) return html`<p class="notice">${this.t('refused')}</p>`;
    const answers = this.answering();
    return html`<h2>${this.t('formTitle')}</h2>
      <fieldset class="whole" role="none" ?disabled=${this.hostDisabled}>
        ${answers ? this.calls?.template(this.form.valueOf(last, answers), (id) => this.answer(id)) : nothing}
        <form
          novalidate
          part="form"
          aria-label=${this.t('formTitle')}
          @submit=${(event: Event) => this.send(event, last)}
          @dragover=${(event: DragEvent) => event.preventDefault()}
          @drop=${(event: DragEvent) => this.dropped(event)}
        >
          <p class="notice warn">${this.t('secrecy')}</p>
          ${this.quotas?.template(this.language)}
          ${
            this.checking
              ? this.lookedOver?.answersTemplate(this.say, this.form, this.asked(last), ({ name }) =>
                  this.changeAnswer(name),
                )
              : this.questions(county, last)
          }
          ${
            this.failure
              ? html`<div class="notice warn" role="alert">
                  <p>${this.form.busy ? nothing : this.errorText(this.failure)}</p>
                  ${this.form.retry()}
                </div>`
              : nothing
          }
          <div role="status">${this.similar.template(this.t('similarHint'))}</div>
          ${
            this.checking
              ? this.lookedOver?.barTemplate(this.say, this.form, last, () => this.changeAnswer(null))
              : this.form.bar(this.actions, last, (action) => this.keep(action, last))
          }
          ${this.drafts.template()}
        </form>
      </fieldset>`;
  }

  /** All that is asked. */
  private questions({ info }: CountyContext, last: ActionView) {
    const kinds = (['report', 'lead'] as const).filter((kind) => info.may.includes(`create:${kind}`));
    return html`${
      this.left.length > 0
        ? this.back?.leftTemplate(this.say, this.form, last, this.left, (field, into) =>
            this.leaves(field, into),
          )
        : nothing
    }
    ${
      kinds.length > 1
        ? html`<fieldset class="field">
            <legend>${this.t('formKind')}</legend>
            <div class="choices">
              ${kinds.map(
                (kind) =>
                  html`<label
                    ><input
                      type="radio"
                      name="kind"
                      .checked=${kind === this.kind}
                      @change=${() => (this.kind = kind)}
                    />${this.t(kind === 'report' ? 'asReport' : 'asLead')}</label
                  >`,
              )}
            </div>
          </fieldset>`
        : nothing
    }
    ${this.kind === 'report' ? this.wordFile() : nothing} ${this.forOthers?.template(info)}
    ${this.form.fields(this.asked(last))}`;
  }
  /** Whoever enters another's report names its joint authors with the first: they have signed the paper. */
  private asked(last: ActionView): ActionView {
    const entered = (this.forOthers?.origin.authors ?? []).length > 0;
    return entered ? { ...last, fields: last.fields.filter(({ type }) => type !== 'people') } : last;
  }
  /** Dropped anywhere on the form: pictures are its photos, a text is read in, and the page stays. */
  private dropped(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files[0]) return;
    event.preventDefault();
    const last = this.handsIn();
    if (!last || this.checking || this.hostDisabled) return;
    const photos = last.fields.find(({ pictures }) => pictures);
    const images = files.filter(({ type }) => type.startsWith('image/'));
    if (photos && images[0]) void this.form.addFiles(last, photos, images);
    else if (this.kind === 'report') void this.readWord(files[0]);
  }
  private wordFile() {
    const chosen = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      void this.readWord(target.files?.[0]);
      target.value = '';
    };
    return html`<div class="field">
      <label class="button file">
        ${this.t('fromWord')}
        <input
          type="file"
          class="seen-by-readers"
          accept=".docx"
          aria-describedby="word-hint"
          @change=${chosen}
        />
      </label>
      <div class="hint" id="word-hint" role="status">${this.fromWord || this.t('fromWordHint')}</div>
    </div>`;
  }
  private async lookOver(): Promise<void> {
    try {
      this.lookedOver ??= await import('./check-answers.ts');
      this.checking = true;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('form h3')?.focus();
    } catch {
      this.failure = new ClientError('offline', 0, '');
    }
  }
  /** Back to what is asked: to one of the questions, or to the first. */
  private changeAnswer(name: string | null): void {
    this.checking = false;
    this.focusField(name ?? this.handsIn()?.fields[0]?.name ?? '');
  }

  private send(event: Event, action: ActionView): void {
    event.preventDefault();
    this.failure = null;
    // A lead is a minute's matter; a report is looked over once more.
    if (this.kind === 'report' && !this.checking) {
      if (!this.form.passes(action)) return;
      void this.lookOver();
      return;
    }
    void this.form.submit(this.asked(action), true, this.forOthers?.opening());
  }
  private keep(action: ActionView, written: ActionView): void {
    this.failure = null;
    void this.form.submit(this.form.draftOf(action, written), false, this.forOthers?.opening());
  }

  private thanks(view: ThingView) {
    const again = () => {
      this.clear();
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('[data-field]')?.focus(),
      );
    };
    return html`<div class="notice good" role="status" data-thing=${view.id} data-stage=${view.stage.id}>
      <h3 tabindex="-1">${this.t('sent', { id: view.id, stage: view.stage.label })}</h3>
      <p>${view.title}</p>
      ${this.quotas?.template(this.language)}
      <button type="button" @click=${again}>${this.t('another')}</button>
    </div>`;
  }
}
