import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { SimilarReport } from '../../src/model/similar.ts';
import type { ActionView, Changed, FieldView, ThingRow, ThingView } from '../../src/model/view.ts';
import { text, type TextKey } from '../texts/texts.ts';
import type { RootHost } from './root-host.ts';
import { extras } from './action-extras.ts';
import { ActionForm } from './action-form.ts';
import type { CountyContext } from './context.ts';
import { PastView } from './past.ts';
import type { Remarking } from './remarks.ts';
import { saveFile } from './save-file.ts';
import { SimilarView } from './similar.ts';
import { askAlike } from './similar-about.ts';
import type { ScoreTableView } from './score-table.ts';
import type { Beside } from './beside.ts';
import type { invitationLink } from './invitation-link.ts';
import type { IssueOrder } from './issue-order.ts';
import type { ThingPapers } from './thing-papers.ts';
import { ThingFlow } from './thing-flow.ts';
import { type Differ, contentTemplate, headTemplate, historyTemplate, pointsTemplate } from './thing.ts';

export interface ThingDeskOptions {
  county: () => CountyContext | null;
  errorText: (error: unknown) => string;
  done: (view: ThingView, action: ActionView) => void;
  /** Asks anew for the list that things are opened from. */
  reload: () => void;
  /** Draws this one action alone, opened at once, and what to say when it is not offered. */
  only?: { action: ActionView['action']; otherwise: TextKey };
  /** Every action has a key, which the host hands on. */
  keys?: true;
}

/** The keys of the actions in their order; j, k, x and z have another meaning. */
const KEYS = '123456789abcdefghilmnopqrstuvwy';

/** One thing open on the page, with what may be done to it: the same in the desk, the board and one's own list. */
export class ThingDesk implements ReactiveController {
  view: ThingView | null = null;
  private failure: unknown = null;
  /** What was last asked for, whether it came or not. */
  private wanted: { kind: ThingKind; id: string } | null = null;
  private opened: ActionView | null = null;
  private choices: ThingRow[] = [];
  /** What the last act came to, read out. */
  private told: { words: string; bad: boolean; mine?: true } | null = null;
  /** Answers to an older question are dropped. */
  private asked = 0;
  /** The newest version of it that was heard of. */
  private newest = 0;
  private readonly pictures = new Map<string, string>();
  /** How a changed text is drawn; fetched with the first. */
  private differ: Differ | null = null;
  /** What a piece is made of, what an issue is put together of, a paper as it prints: each fetched with the first. */
  private beside: Beside | null = null;
  private order: IssueOrder | null = null;
  private paper: ThingPapers | null = null;
  /** How a link to be handed over is drawn; fetched with the first. */
  private invite: typeof invitationLink | null = null;
  private readonly form: ActionForm;
  /** A period's table; fetched with the first. */
  private scores: ScoreTableView | null = null;
  private readonly flow: ThingFlow;
  private readonly similar: SimilarView;
  private readonly past: PastView;

  constructor(
    private readonly host: RootHost,
    private readonly options: ThingDeskOptions,
  ) {
    host.addController(this);
    this.flow = new ThingFlow(host, options.county, this.t, options.errorText);
    this.past = new PastView(host, options.county, this.t, options.errorText);
    this.similar = new SimilarView(host, options.county, this.t);
    this.form = new ActionForm(
      host,
      options.county,
      ({ act, key }) => {
        const { view } = this;
        const client = options.county()?.client;
        if (!view || !client) throw new ClientError('failed', 0, '');
        return this.opened?.takes === 'pieces' && this.order
          ? this.order.send(client, view, act, key)
          : client.act(view, act, key);
      },
      (view, action) => {
        this.view = view;
        askAlike(this.similar, this.options.county(), view);
        void this.learnToInvite(view);
        void this.learnToCount(view);
        this.opened = null;
        this.told = { words: this.t('done', { action: action.label }), bad: false, mine: true };
        options.done(view, action);
        void this.focusTitle();
      },
      (error) => void this.refused(error),
    );
  }
  /** Something is open, or was meant to be and could not. */
  get shows(): boolean {
    return this.view !== null || this.failure !== null;
  }
  /** What is open, or on its way. */
  get at(): { kind: ThingKind; id: string } | null {
    return this.wanted;
  }
  hostConnected(): void {}

  private t = (key: TextKey, gaps?: Record<string, string | number>): string =>
    text(this.options.county()?.language ?? 'zh', key, gaps);

  async open(kind: ThingKind, id: string, focus = false): Promise<void> {
    const client = this.options.county()?.client;
    if (!client) return;
    const turn = (this.asked += 1);
    const other = this.view?.id !== id;
    // Whoever opens it again wants it as it is.
    if (other || focus) this.past.close();
    this.wanted = { kind, id };
    try {
      const view = await client.view(kind, id);
      if (turn !== this.asked) return;
      if (other) {
        this.told = null;
        this.newest = 0;
        this.paper?.close();
        this.form.reset();
      }
      this.show(view, other);
      this.failure = null;
    } catch (error) {
      if (turn !== this.asked) return;
      this.failure = error;
      // What is shown stays when only its refreshing failed.
      if (other) this.view = null;
    }
    this.host.requestUpdate();
    if (focus) await this.focusTitle();
  }
  /** Somebody did something. What is being written is never taken from under the hand: then it is only said. */
  async changed({ kind, id, version }: Changed): Promise<void> {
    const { view } = this;
    if (view?.kind !== kind || view.id !== id || version <= view.version) return;
    this.newest = Math.max(this.newest, version);
    if (this.opened === null) await this.renew();
    else this.host.requestUpdate();
  }
  private async renew(): Promise<void> {
    const { view } = this;
    if (!view) return;
    // The same words are read out again only where they were gone.
    this.told = null;
    this.host.requestUpdate();
    await this.open(view.kind, view.id);
    if (this.view === view || this.failure) return;
    this.told = { words: this.t('renewed'), bad: false };
    this.host.requestUpdate();
  }
  close(): void {
    this.asked += 1;
    this.past.close();
    this.view = null;
    this.wanted = null;
    this.failure = null;
    this.opened = null;
    this.told = null;
    this.form.reset();
    this.similar.clear();
  }

  /** An action that is open stays open while it is offered, in its newest form. */
  private show(view: ThingView, other: boolean): void {
    const opened = other ? this.options.only?.action : this.opened?.action;
    this.view = view;
    if (other) {
      for (const address of this.pictures.values()) URL.revokeObjectURL(address);
      this.pictures.clear();
    }
    void this.loadPictures(view);
    void this.learnToDiffer(view);
    void this.learnToInvite(view);
    void this.learnToCount(view);
    askAlike(this.similar, this.options.county(), view);
    this.opened = view.actions.find((action) => action.action === opened) ?? null;
  }
  /** How this reader comments on the fields, where that is offered. */
  private remarking({ actions }: ThingView): Remarking | null {
    const action = actions.find(({ fields }) => fields.some(({ type }) => type === 'field'));
    if (!action || this.options.only) return null;
    const of = (type: FieldView['type']) => action.fields.find((field) => field.type === type);
    return {
      may: (field) => of('field')?.options.some(({ value }) => value === field) ?? false,
      open: (preset) => {
        const [named, value] =
          'field' in preset ? [of('field'), preset.field] : [of('comment'), preset.settles];
        if (named) void this.openWith(action, named, value);
      },
    };
  }
  private async openWith(action: ActionView, field: FieldView, value: string): Promise<void> {
    if (this.opened?.action !== action.action) await this.choose(action);
    this.form.set(action, field.name, value);
    await this.host.updateComplete;
    const what = field.type === 'field' ? 'textarea' : 'button';
    this.host.renderRoot.querySelector<HTMLElement>(`.action-form ${what}`)?.focus();
  }
  private async learnToDiffer({ history, actions }: ThingView): Promise<void> {
    const wanted =
      history.some(({ changed }) => changed.length > 0) || actions.some(({ action }) => action === 'edit');
    if (this.differ || !wanted) return;
    this.differ = (await import('./text-diff.ts')).differenceTemplate;
    this.host.requestUpdate();
  }
  private async learnToInvite({ invitation }: ThingView): Promise<void> {
    if (this.invite || !invitation) return;
    this.invite = (await import('./invitation-link.ts')).invitationLink;
    this.host.requestUpdate();
  }
  private async learnToCount({ bulletin }: ThingView): Promise<void> {
    if (this.scores || !bulletin) return;
    const { ScoreTableView } = await import('./score-table.ts');
    this.scores ??= new ScoreTableView(this.host, this.t, () => this.options.county()?.language ?? 'zh');
    this.host.requestUpdate();
  }
  private async focusTitle(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.title')?.focus();
  }

  /** After a conflict the thing is shown as it is now; what was written stays, to be looked at again. */
  private async refused(error: unknown): Promise<void> {
    this.told = { words: this.options.errorText(error), bad: true };
    if (error instanceof ClientError && error.status === 409) {
      const { view } = this;
      if (error.current) this.show(error.current, false);
      else if (view) await this.open(view.kind, view.id);
      this.form.turn();
      this.told = { words: error.current ? this.t('conflict') : this.options.errorText(error), bad: true };
      if (this.opened) await this.equip(this.opened);
      await this.focusTitle();
    }
    this.host.requestUpdate();
  }

  /** Takes the action whose key it is; whether there is one. */
  press(key: string): boolean {
    const action = this.view && !this.past.shows && this.view.actions.find((one) => this.keyOf(one) === key);
    if (action) void this.choose(action, true);
    return Boolean(action);
  }
  private keyOf(action: ActionView): string {
    if (!this.options.keys || !this.view) return '';
    if (action.action === 'take-back') return 'z';
    const { actions } = this.view;
    const inOrder = [...actions.filter(({ aside }) => !aside), ...actions.filter(({ aside }) => aside)];
    return KEYS[inOrder.filter((one) => one.action !== 'take-back').indexOf(action)] ?? '';
  }

  private async choose(action: ActionView, byKey = false): Promise<void> {
    this.told = null;
    this.opened = this.opened?.action === action.action ? null : action;
    this.form.turn();
    this.choices = [];
    if (this.opened) await this.equip(this.opened);
    this.host.requestUpdate();
    await this.host.updateComplete;
    const { renderRoot } = this.host;
    // What stands folded up is unfolded for the key that opens it.
    if (byKey && action.aside) renderRoot.querySelector('details.aside')?.setAttribute('open', '');
    renderRoot.querySelector<HTMLElement>('.action-form [data-field], .action-form button')?.focus();
  }
  private cancel(action: ActionView): void {
    this.opened = null;
    this.told = null;
    this.form.reset();
    void this.host.updateComplete.then(() =>
      this.host.renderRoot
        .querySelector<HTMLElement>(`[data-action="${CSS.escape(action.action)}"]`)
        ?.focus(),
    );
  }

  /** Opens the action with a report that was suggested chosen for it; it is still to be sent. */
  private async chooseFor(action: ActionView, row: SimilarReport): Promise<void> {
    if (this.opened?.action !== action.action) await this.choose(action);
    this.form.take(row, true);
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.action-form .along input:checked')?.focus();
  }

  /** What the open action needs beside its fields. */
  private async equip(action: ActionView): Promise<void> {
    const { view, host, form, t } = this;
    const { county, errorText } = this.options;
    if (!view) return;
    try {
      if (action.takes === 'pieces') {
        const { IssueOrder } = await import('./issue-order.ts');
        this.order ??= new IssueOrder(host, county, form, t, errorText);
        return await this.order.begin(view, action);
      }
      if (action.takes === 'reports' || (view.kind === 'piece' && action.action === 'edit')) {
        const { Beside } = await import('./beside.ts');
        this.beside ??= new Beside(host, county, form, t);
      }
    } catch (error) {
      this.told = { words: errorText(error), bad: true };
    }
    if (action.takes !== null) await this.offer();
  }

  /** What the open action could take along: those at the same stage, or any report to join. */
  private async offer(search = ''): Promise<void> {
    const client = this.options.county()?.client;
    const { view, opened } = this;
    if (!client || !view || !opened) return;
    const several = opened.takes === 'reports';
    try {
      const page = await client.queue('report', {
        view: several ? 'todo' : 'all',
        search,
        limit: several ? 200 : 30,
      });
      this.choices = page.rows.filter(
        (row) => row.id !== view.id && (!several || row.stage.id === view.stage.id),
      );
    } catch (error) {
      this.told = { words: this.options.errorText(error), bad: true };
    }
    this.host.requestUpdate();
  }

  template(): TemplateResult {
    const { view, failure, told } = this;
    if (failure && !view) return this.unopened(failure);
    if (!view) return html`<p class="soft pick">${this.t('pickOne')}</p>`;
    const { only } = this.options;
    const info = this.options.county()?.info;
    const follow = (of: ThingView) => ({
      may: (kind: ThingKind) => info?.may.includes(`read:${kind}`) ?? false,
      open: (kind: ThingKind, id: string) => void this.open(kind, id, true),
      picture: (id: string) => this.pictures.get(id) ?? null,
      download: (file: ThingView['files'][number]) => void this.download(of, file),
      remarking: this.remarking(of),
    });
    if (this.past.shows)
      return html`<article part="thing" data-past=${view.id}>
        ${this.past.template(
          (then, on) =>
            html`${headTemplate(this.t, then, on)} ${contentTemplate(this.t, then, follow(then))}
            ${pointsTemplate(this.t, then)} ${historyTemplate(this.t, then, null, this.differ)}`,
        )}
      </article>`;
    return html`<article part="thing" data-thing=${view.id} data-version=${view.version}>
      ${headTemplate(this.t, view)}
      <div role="status" aria-live="polite">
        ${told && !told.bad ? html`<p class="notice good">${told.words} ${this.undo(view)}</p>` : nothing}
        ${failure ? html`<p class="notice warn">${this.options.errorText(failure)}</p>` : nothing}
        ${
          this.newest > view.version && this.opened && !this.form.busy
            ? html`<p class="notice">
                ${this.t('changedMeanwhile')}
                <button type="button" part="button" class="renew" @click=${() => this.renew()}>
                  ${this.t('showNow')}
                </button>
              </p>`
            : nothing
        }
      </div>
      ${told?.bad && !this.opened ? this.alert(told.words) : nothing}
      ${view.invitation && !only ? this.invite?.(this.t, view.invitation, this.options.county()?.client.endpoint ?? '') : nothing}
      ${contentTemplate(this.t, view, follow(view))} ${this.actions(view)} ${this.alike(view)}
      ${(view.bulletin && this.scores?.bulletin(view.bulletin)) ?? nothing} ${pointsTemplate(this.t, view)}
      ${this.papers(view)} ${this.flow.template(view)}
      ${historyTemplate(this.t, view, only ? null : (at) => void this.past.open(view, at), this.differ)}
      ${only || view.history.length < 2 ? nothing : this.past.dayField(view)}
    </article>`;
  }
  /** What was just done can be taken back where it is said, while nobody has acted since. */
  private undo({ actions }: ThingView) {
    const back = this.told?.mine && actions.find(({ action }) => action === 'take-back');
    return back
      ? html`<button type="button" part="button" class="undo" @click=${() => this.choose(back)}>
          ${back.label}
        </button>`
      : nothing;
  }
  /** What is printed of it; fetched with the first that is looked at. */
  private papers(view: ThingView) {
    if (this.options.only) return nothing;
    if (this.paper) return this.paper.template(view);
    return html`<p>
      <button type="button" part="button" data-papers @click=${() => this.openPapers()}>
        ${this.t('papers')}
      </button>
    </p>`;
  }
  private async openPapers(): Promise<void> {
    const { host, t } = this;
    const { county, errorText } = this.options;
    try {
      const { ThingPapers } = await import('./thing-papers.ts');
      this.paper ??= new ThingPapers(host, county, t, errorText);
    } catch {
      this.told = { words: errorText(new ClientError('offline', 0, '')), bad: true };
    }
    host.requestUpdate();
    await host.updateComplete;
    host.renderRoot.querySelector<HTMLElement>('[part="papers"] button')?.focus();
  }
  private alike(view: ThingView) {
    const action = view.actions.find(({ takes }) => takes === 'report');
    return this.similar.template(null, {
      open: (row) => void this.open(row.kind, row.id, true),
      choose: action && { action, pick: (row) => void this.chooseFor(action, row) },
    });
  }
  private async download(view: ThingView, file: ThingView['files'][number]): Promise<void> {
    const blob = await this.options.county()?.client.file(view, file.id);
    if (blob) saveFile(blob, file.name);
  }
  /** Photos are shown as they come; a missing one leaves its name. */
  private async loadPictures(view: ThingView): Promise<void> {
    for (const file of view.files) {
      if (!file.type.startsWith('image/') || this.pictures.has(file.id)) continue;
      const blob = await this.options
        .county()
        ?.client.file(view, file.id)
        .catch(() => null);
      if (!blob) continue;
      this.pictures.set(file.id, URL.createObjectURL(blob));
      this.host.requestUpdate();
    }
  }
  /** What does not open has a way on: to a list that is newer where it may not be seen, else to another try. */
  private unopened(failure: unknown): TemplateResult {
    const { only, reload, errorText } = this.options;
    const gone = !only && failure instanceof ClientError && [403, 404].includes(failure.status);
    const on = () => {
      if (gone) {
        this.close();
        reload();
        this.host.renderRoot.querySelector<HTMLElement>('button[data-thing]')?.focus();
      } else if (this.wanted) void this.open(this.wanted.kind, this.wanted.id, true);
    };
    return html`<div class="notice warn" role="alert">
      <p>${errorText(failure)}</p>
      <button type="button" part="button" @click=${on}>${this.t(gone ? 'back' : 'retry')}</button>
    </div>`;
  }
  private alert(words: string): TemplateResult {
    return html`<div class="notice warn" role="alert">${words} ${this.form.retry()}</div>`;
  }

  private actions(view: ThingView): TemplateResult {
    const { only } = this.options;
    const actions = only ? view.actions.filter((action) => action.action === only.action) : view.actions;
    const own = actions.filter(({ aside }) => !aside);
    const aside = actions.filter((action) => action.aside);
    return html`<section class="acts" part="actions" aria-label=${this.t('actions')}>
      ${actions.flatMap((action) =>
        (action.proposed ?? []).map(
          (reason) =>
            html`<p class="notice">
              ${this.t('proposedWhy', {
                action: action.label,
                reasons: reason.because.join(this.t('semicolon')),
              })}
            </p>`,
        ),
      )}
      ${
        own.length > 0
          ? html`<div class="bar">${own.map((action) => this.button(action))}</div>`
          : html`<p class="soft">${this.t(only?.otherwise ?? 'noActions')}</p>`
      }
      ${
        aside.length > 0
          ? html`<details class="aside">
              <summary>${this.t('otherActions')}</summary>
              <div class="bar">${aside.map((action) => this.button(action))}</div>
            </details>`
          : nothing
      }
      ${this.opened ? this.actionForm(this.opened) : nothing}
    </section>`;
  }

  private button(action: ActionView): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class=${action.tone}
      data-action=${action.action}
      aria-keyshortcuts=${this.keyOf(action) || nothing}
      aria-expanded=${this.opened?.action === action.action ? 'true' : 'false'}
      @click=${() => this.choose(action)}
    >
      ${action.label}${this.keyOf(action) ? html` <kbd aria-hidden="true">${this.keyOf(action)}</kbd>` : nothing}${action.proposed ? html` <span class="tag">${this.t('proposed')}</span>` : nothing}
    </button>`;
  }

  /** What tidying has made of the text so far; the original stays in the log. */
  private changes(action: ActionView) {
    if (action.action !== 'edit') return nothing;
    return action.fields.map((field) => {
      const now = this.form.valueOf(action, field);
      if (typeof field.value !== 'string' || field.value === '' || field.value === now) return nothing;
      return html`<section
        data-changed=${field.name}
        aria-label=${this.t('changedText', { label: field.label })}
      >
        <h3>${this.t('changedText', { label: field.label })}</h3>
        ${this.differ?.(field.value, typeof now === 'string' ? now : '')}
      </section>`;
    });
  }
  /** What is written, and beside it what it is made of. */
  private written(action: ActionView): TemplateResult {
    const { view, beside } = this;
    const made = action.takes === 'reports' || action.action === 'edit';
    const written = html`${this.form.fields(action)} ${this.changes(action)}
    ${extras(this.form, this.t, action, this.choices, (words) => void this.offer(words))}`;
    return view && beside && made ? beside.template(view, action, written) : written;
  }
  private actionForm(action: ActionView): TemplateResult {
    const send = (event: Event) => {
      event.preventDefault();
      this.told = null;
      // A draft may have gaps; what hands it in asks for everything.
      void this.form.submit(action, action.action !== 'save');
    };
    const byKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
    };
    return html`<form
      class="action-form"
      part="form"
      novalidate
      aria-label=${action.label}
      @submit=${send}
      @keydown=${byKey}
    >
      <h3>${action.label}</h3>
      ${action.confirm ? html`<p class="notice warn">${action.confirm}</p>` : nothing} ${this.written(action)}
      ${action.takes === 'pieces' ? this.order?.template(action) : nothing}
      ${this.told?.bad ? html`<div class="notice warn" role="alert">${this.form.busy ? nothing : this.told.words} ${this.form.retry()}</div>` : nothing}
      <div class="bar">
        <button
          part="button"
          class=${action.tone === 'danger' ? 'danger' : 'primary'}
          ?disabled=${this.form.busy}
        >
          ${this.form.busy ? this.t('sending') : `${action.label} ✓`}
        </button>
        <button type="button" part="button" @click=${() => this.cancel(action)}>${this.t('cancel')}</button>
      </div>
    </form>`;
  }
}
