import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { QuotaProgress } from '../../src/model/record.ts';
import { say, type Language } from '../../src/model/text.ts';
import type { CountyContext } from './context.ts';
import type { Say } from './thing.ts';

/** One's own quotas and how far each has come, in a line each. */
export class QuotaLines implements ReactiveController {
  private quotas: QuotaProgress[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  async load({ client }: CountyContext): Promise<void> {
    this.quotas = await client.quotas().catch(() => []);
    this.host.requestUpdate();
  }
  template(language: Language): TemplateResult[] {
    return this.quotas.map(
      ({ label, need, done }) =>
        html`<p class="notice" data-quota>${this.t('quota', { name: say(label, language), need, done })}</p>`,
    );
  }
}
