import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CountyContext } from './context.ts';
import { CountyElement } from './element.ts';

/** An element that asks the server one thing at a time, and tells how it went. */
export abstract class AskingElement extends CountyElement {
  @state() protected told: { words: string; bad: boolean } | null = null;
  @state() protected busy = false;

  protected async ask(work: (county: CountyContext) => Promise<void>): Promise<void> {
    const { county } = this;
    if (!county || this.busy) return;
    this.busy = true;
    this.told = null;
    try {
      await work(county);
    } catch (error) {
      this.told = { words: this.errorText(error), bad: true };
    } finally {
      this.busy = false;
    }
  }
  /** How it went; the place stands there before, so that what comes into it is read out. */
  protected outcome(): TemplateResult {
    const { told } = this;
    return html`<div role="status">
        ${told && !told.bad ? html`<p class="notice good">${told.words}</p>` : nothing}
      </div>
      ${told?.bad ? html`<p class="notice warn" role="alert">${told.words}</p>` : nothing}`;
  }
}
