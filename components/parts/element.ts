import { ContextConsumer } from '@lit/context';
import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { Language } from '../../src/model/text.ts';
import { text, type TextKey } from '../texts/texts.ts';
import { countyContext, type CountyContext } from './context.ts';
import { shared } from './styles.ts';

export type Loaded<Value> =
  { at: 'loading' } | { at: 'ready'; value: Value } | { at: 'failed'; error: unknown };

/** What every element under a county has: its context, its language, its states. */
export abstract class CountyElement extends LitElement {
  static override styles: CSSResultGroup = shared;

  private readonly consumer = new ContextConsumer(this, {
    context: countyContext,
    subscribe: true,
    callback: (value) => this.countyChanged(value ?? null),
  });

  protected get county(): CountyContext | null {
    return this.consumer.value ?? null;
  }
  protected get language(): Language {
    return this.county?.language ?? 'zh';
  }
  /** Loads what the element shows; called when the county, its language or its person changes. */
  protected abstract load(county: CountyContext): void;

  private countyChanged(county: CountyContext | null): void {
    if (county) this.load(county);
    this.requestUpdate();
  }
  protected reload = (): void => {
    if (this.county) this.load(this.county);
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
  protected announce(detail: { kind: string; id: string; action: string }): void {
    this.dispatchEvent(new CustomEvent('mq-done', { detail, bubbles: true, composed: true }));
  }
}
