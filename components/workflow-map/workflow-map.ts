import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { mapOf } from '../../src/client/map.ts';
import type { FlowMap } from '../../src/client/index.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { directionFor, flowMapTemplate, showCurrent } from '../parts/flow-map.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things } from '../parts/thing-styles.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/**
 * A county's stages as a map, the current one marked; the server lays it out, this draws it.
 * @csspart map - The map of the stages.
 */
export class WorkflowMap extends CountyElement {
  static override styles = [shared, things, flowMapStyles];

  /** `lead`, `report`, `piece`, `handling` or `period`. */
  @property() kind = 'report';
  /** The current stage's id. */
  @property() current = '';
  /** By when it is due there, as 2026-03-12. */
  @property() due = '';
  /** Ids of the stages it has been at, with commas between, each with the day it came if you like: sort@2026-03-02. */
  @property() visited = '';
  /** `right` or `down`; as there is room when empty. */
  @property() direction: '' | FlowMap['direction'] = '';
  @state() private map: Loaded<FlowMap> = { at: 'loading' };
  /** Answers to an older question are dropped. */
  private asked = 0;
  private shown: FlowMap['direction'] | null = null;
  private readonly sizes = new ResizeObserver(() => {
    // Hidden it has no width and keeps what it has.
    if (this.clientWidth > 0 && this.way !== this.shown) this.reload();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }
  override disconnectedCallback(): void {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }
  private get way(): FlowMap['direction'] {
    return this.direction || directionFor(this.clientWidth);
  }
  protected override updated(changed: PropertyValues): void {
    if (['kind', 'current', 'due', 'visited', 'direction'].some((name) => changed.has(name))) this.reload();
    if (changed.has('map')) showCurrent(this.renderRoot);
  }
  protected override load(county: CountyContext): void {
    const { kind, current, due, way } = this;
    if (kind === '') return;
    const turn = (this.asked += 1);
    const set = (map: Loaded<FlowMap>) => {
      if (turn === this.asked) this.map = map;
    };
    this.shown = way;
    mapOf(county.client, kind, { direction: way, current, due, visited: this.visited.split(',') }).then(
      (value) => set({ at: 'ready', value }),
      (error: unknown) => set({ at: 'failed', error }),
    );
  }
  protected override render() {
    const { map } = this;
    if (map.at === 'loading') return this.loadingState();
    if (map.at === 'failed') return this.errorState(map.error);
    return html`<h2>${this.t('map')}</h2>
      ${flowMapTemplate(this.t.bind(this), map.value)}`;
  }
}
