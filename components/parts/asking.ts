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
}
