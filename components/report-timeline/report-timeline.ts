import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ClientError } from '../../src/client/index.ts';
import { publishedTo } from '../../src/client/published.ts';
import type { PublicStatus } from '../../src/model/published.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { CountyContext, Visit } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things, onPaper } from '../parts/thing-styles.ts';
import { ThingFlow } from '../parts/thing-flow.ts';
import { headTemplate, historyTemplate, pointsTemplate } from '../parts/thing.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { publicStatus } from './public-status.ts';

says(zh);

type Shown = { to: 'reader'; view: ThingView } | { to: 'public'; status: PublicStatus };

/**
 * What happened to one thing, in plain words: to whoever may read it all of it; to anybody else, signed in or not, what
 * the county publishes of it.
 * @csspart button - Every button that acts.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 */
export class ReportTimeline extends CountyElement {
  static override styles = [shared, things, onPaper, flowMapStyles];

  /** `report`, `lead`, `piece`, `handling` or `period`; the public reads `report` and `handling`. */
  @property() kind = 'report';
  /** The thing's id. */
  @property() thing = '';
  @state() private loaded: Loaded<Shown> = { at: 'loading' };
  private readonly flow = new ThingFlow(
    this,
    () => this.county,
    this.t.bind(this),
    (error) => this.errorText(error),
  );

  protected override get public(): boolean {
    return true;
  }
  protected override updated(changed: PropertyValues<this>): void {
    // What it begins with is asked for by whoever comes to know the county.
    if (changed.get('thing') !== undefined || changed.get('kind') !== undefined) this.reload();
  }
  protected override load(county: CountyContext): void {
    void this.show(async () => {
      try {
        return { to: 'reader', view: await county.client.view(this.kind, this.thing) };
      } catch (error) {
        if (!(error instanceof ClientError && (error.status === 403 || error.status === 404))) throw error;
        // Not theirs to read; perhaps it is everybody's.
        return this.published(county).catch(() => {
          throw error;
        });
      }
    });
  }
  protected override welcome(visit: Visit): void {
    void this.show(() => this.published(visit));
  }
  private async published({ client }: Visit): Promise<Shown> {
    return { to: 'public', status: await publishedTo(client, this.kind, this.thing) };
  }
  private async show(fetched: () => Promise<Shown>): Promise<void> {
    const { kind, thing } = this;
    if (thing === '' || kind === '') return;
    const loaded: Loaded<Shown> = await fetched().then(
      (value) => ({ at: 'ready', value }),
      (error: unknown) => ({ at: 'failed', error }),
    );
    // Of two that were asked for, the one that is wanted now.
    if (kind === this.kind && thing === this.thing) this.loaded = loaded;
  }
  protected override errorText(error: unknown): string {
    const unsigned = this.county === null && error instanceof ClientError && error.status === 404;
    return unsigned ? this.t('publicNot') : super.errorText(error);
  }

  protected override render() {
    const { loaded } = this;
    if (this.thing === '') return html`<p class="soft">${this.t('empty')}</p>`;
    if (loaded.at === 'loading') return this.loadingState();
    if (loaded.at === 'failed') return this.errorState(loaded.error);
    const t = this.t.bind(this);
    const { value } = loaded;
    if (value.to === 'public') return publicStatus(t, this.kind, value.status);
    return html`${headTemplate(t, value.view)} ${pointsTemplate(t, value.view)}
    ${this.flow.template(value.view)} ${historyTemplate(t, value.view)}`;
  }
}
