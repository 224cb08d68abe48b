import { html, LitElement, type TemplateResult } from 'lit';
import { ClientError, type Client } from '../../src/client/index.ts';
import type { Language } from '../../src/model/text.ts';
import { text, type TextKey } from '../texts/texts.ts';
import { CountyConsumer, type CountyContext, type Visit } from './context.ts';

export type Loaded<Value> =
  { at: 'loading' } | { at: 'ready'; value: Value } | { at: 'failed'; error: unknown };

/** What `mq-done` tells. */
export interface Done {
  kind: string;
  id: string;
  action: string;
}

/**
 * What every element under a county has: its context, its language, its states.
 * @fires {CustomEvent<Done>} mq-done - Something was done here; `detail` says to what and which action.
 * @cssprop --mq-color-ink - Text.
 * @cssprop --mq-color-soft - Text of less weight.
 * @cssprop --mq-color-line - Lines between things.
 * @cssprop --mq-color-field-line - Lines around what can be filled in.
 * @cssprop --mq-color-paper - The ground.
 * @cssprop --mq-color-wash - The ground of what stands apart.
 * @cssprop --mq-color-tint - The ground of what is chosen.
 * @cssprop --mq-color-main - Buttons and links.
 * @cssprop --mq-color-main-ink - Text on the main colour.
 * @cssprop --mq-color-alert - What went wrong or is overdue.
 * @cssprop --mq-color-good - What went well.
 * @cssprop --mq-color-focus - The ring around what has the keyboard.
 * @cssprop --mq-color-shared - The ground of words that two texts share.
 * @cssprop --mq-color-shared-ink - Words that two texts share.
 * @cssprop --mq-font - The whole font, where the portal has its own.
 * @cssprop --mq-font-size - The size of text.
 * @cssprop --mq-radius - How round corners are.
 * @cssprop --mq-target - How high what can be pressed is at least.
 * @cssprop --mq-space - The room around things.
 */
export abstract class CountyElement extends LitElement {
  private readonly consumer = new CountyConsumer(
    this,
    (_county, visit) => this.countyChanged(visit),
    () => this.public,
  );
  private visit: Visit | null = null;

  protected get county(): CountyContext | null {
    return this.consumer.value;
  }
  protected get language(): Language {
    return this.visit?.language ?? 'zh';
  }
  /** Whether it is of use without a login. */
  protected get public(): boolean {
    return false;
  }
  /** Loads what the element shows; called when the county, its language or its person changes. */
  protected abstract load(county: CountyContext): void;

  /** Loads what it shows to whoever has not signed in. */
  protected welcome(_visit: Visit): void {}

  /** Asks beforehand what it would ask of whoever comes. */
  protected expect(_client: Client): void {}

  private countyChanged(visit: Visit | null): void {
    this.visit = visit;
    this.toggleAttribute('data-elder', visit?.elder ?? false);
    this.loadFor();
    this.requestUpdate();
  }
  private loadFor(): void {
    if (this.county) this.load(this.county);
    else if (this.visit?.early) this.expect(this.visit.client);
    else if (this.visit) this.welcome(this.visit);
  }
  private reloading = false;
  /** Several acts that are told at once are one look. */
  protected reload = (): void => {
    if (this.reloading) return;
    this.reloading = true;
    queueMicrotask(() => {
      this.reloading = false;
      this.loadFor();
    });
  };
  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('mq-done', this.reload);
  }
  override disconnectedCallback(): void {
    window.removeEventListener('mq-done', this.reload);
    super.disconnectedCallback();
  }

  protected t(key: TextKey, gaps?: Record<string, string | number>): string {
    return text(this.language, key, gaps);
  }

  protected loadingState(): TemplateResult {
    return html`<p class="soft" role="status">${this.t('loading')}</p>`;
  }
  protected errorState(error: unknown): TemplateResult {
    return html`<div class="notice warn" role="alert">
      <p>${this.errorText(error)}</p>
      <button type="button" @click=${this.reload}>${this.t('retry')}</button>
    </div>`;
  }
  protected errorText(error: unknown): string {
    if (error instanceof ClientError) {
      if (error.code === 'offline') return this.t('offline');
      return error.message || this.t(error.status === 403 ? 'refused' : 'failed');
    }
    return this.t('failed');
  }
  /** Tells the page, and other elements on it, that something was done. */
  protected announce(detail: Done): void {
    this.dispatchEvent(new CustomEvent<Done>('mq-done', { detail, bubbles: true, composed: true }));
  }
}
