import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { mapOf } from '../../src/client/map.ts';
import type { FlowMap } from '../../src/client/index.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { RootHost } from './root-host.ts';
import type { CountyContext } from './context.ts';
import type { Loaded } from './element.ts';
import type { Say } from './thing.ts';

/** The flow of the thing that is looked at, with where it stands: folded up, and asked for once it is opened. */
export class ThingFlow implements ReactiveController {
  private map: Loaded<FlowMap> = { at: 'loading' };
  private open = false;
  /** The thing, its version and the language that the map is of. */
  private of = '';
  /** How it is drawn; fetched with the first. */
  private draw: typeof import('./flow-map.ts') | null = null;

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  template(view: ThingView): TemplateResult | typeof nothing {
    if (!this.county()?.info.may.includes('see-config')) return nothing;
    if (this.open) void this.load(view);
    const { map } = this;
    const toggle = (event: Event) => {
      if (!(event.currentTarget instanceof HTMLDetailsElement)) return;
      this.open = event.currentTarget.open;
      this.host.requestUpdate();
    };
    const again = () => {
      this.of = '';
      this.host.requestUpdate();
    };
    return html`<details class="secondary" data-flow ?open=${this.open} @toggle=${toggle}>
      <summary>${this.t('map')}</summary>
      ${
        !this.open
          ? nothing
          : map.at === 'loading'
            ? html`<p class="soft" role="status">${this.t('loading')}</p>`
            : map.at === 'failed'
              ? html`<div class="notice warn" role="alert">
                  <p>${this.errorText(map.error)}</p>
                  <button type="button" part="button" @click=${again}>${this.t('retry')}</button>
                </div>`
              : this.draw?.flowMapTemplate(this.t, map.value)
      }
    </details>`;
  }

  private async load(view: ThingView): Promise<void> {
    const county = this.county();
    const of = `${view.kind}/${view.id}/${view.version}/${county?.language ?? ''}`;
    if (!county || of === this.of) return;
    this.of = of;
    this.map = { at: 'loading' };
    // Where it was more than once, the day it came last.
    const came = new Map<string, string>();
    let before = '';
    for (const { from, stageId, on } of view.history) {
      if (from !== null) continue;
      if (stageId !== before) came.set(stageId, on);
      before = stageId;
    }
    const width = this.host.renderRoot.querySelector('[data-flow]')?.clientWidth ?? 0;
    const set = (map: Loaded<FlowMap>) => {
      if (of !== this.of) return;
      this.map = map;
      this.host.requestUpdate();
      void this.host.updateComplete.then(() => this.draw?.showCurrent(this.host.renderRoot));
    };
    try {
      this.draw ??= await import('./flow-map.ts');
      const value = await mapOf(county.client, view.kind, {
        direction: this.draw.directionFor(width),
        current: view.stage.id,
        due: view.due?.on ?? '',
        visited: [...came].map(([stage, on]) => `${stage}@${on}`),
        skipped: view.skipped,
        version: view.configVersion,
      });
      set({ at: 'ready', value });
    } catch (error) {
      set({ at: 'failed', error });
    }
  }
}
