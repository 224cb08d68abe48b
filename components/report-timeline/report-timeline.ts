import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ThingView } from '../../src/model/view.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things, onPaper } from '../parts/thing-styles.ts';
import { ThingFlow } from '../parts/thing-flow.ts';
import { headTemplate, historyTemplate, pointsTemplate } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/**
 * What happened to one thing, in plain words.
 * @csspart button - Every button that acts.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 */
export class ReportTimeline extends CountyElement {
  static override styles = [shared, things, onPaper, flowMapStyles];

  /** `report`, `lead`, `piece`, `handling` or `period`. */
  @property() kind = 'report';
  /** The thing's id. */
  @property() thing = '';
  @state() private loaded: Loaded<ThingView> = { at: 'loading' };
  private readonly flow = new ThingFlow(
    this,
    () => this.county,
    this.t.bind(this),
    (error) => this.errorText(error),
  );

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('thing') || changed.has('kind')) this.reload();
  }
  protected override load(county: CountyContext): void {
    if (this.thing === '' || this.kind === '') return;
    county.client.view(this.kind, this.thing).then(
      (value) => (this.loaded = { at: 'ready', value }),
      (error: unknown) => (this.loaded = { at: 'failed', error }),
    );
  }
  protected override render() {
    const { loaded } = this;
    if (this.thing === '') return html`<p class="soft">${this.t('empty')}</p>`;
    if (loaded.at === 'loading') return this.loadingState();
    if (loaded.at === 'failed') return this.errorState(loaded.error);
    const t = this.t.bind(this);
    const view = loaded.value;
    return html`${headTemplate(t, view)} ${pointsTemplate(t, view)} ${this.flow.template(view)}
    ${historyTemplate(t, view)}`;
  }
}
