import { css, html, nothing, svg, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { FlowMap } from '../../src/client/index.ts';
import { isThingKind } from '../../src/model/thing.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';

/** A county's stages as a map, the current one marked; the server lays it out, this draws it. */
export class WorkflowMap extends CountyElement {
  static override styles = [
    shared,
    css`
      .wide {
        overflow: auto;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
      }
      rect {
        fill: var(--_wash);
        stroke: var(--_soft);
      }
      .end rect {
        fill: var(--_paper);
        stroke-dasharray: 4 3;
      }
      .current rect {
        fill: var(--_main);
        stroke: var(--_main);
      }
      .current text {
        fill: var(--_main-ink);
      }
      text {
        fill: var(--_ink);
        font-size: 16px;
        text-anchor: middle;
      }
      svg {
        display: block;
        width: 100%;
        min-width: 960px;
      }
      .edge {
        fill: none;
        stroke: var(--_soft);
        stroke-width: 1.2;
        opacity: 0.5;
      }
      .edge:hover,
      .edge.now {
        stroke: var(--_main);
        stroke-width: 2.5;
        opacity: 1;
      }
      .arrow {
        fill: var(--_soft);
      }
      .arrow-now {
        fill: var(--_main);
      }
      .draft rect {
        fill: var(--_tint);
      }
      details {
        margin-top: 12px;
      }
      summary {
        min-height: 44px;
        padding: 8px 0;
        cursor: pointer;
      }
      pre {
        white-space: pre-wrap;
        font: inherit;
      }
    `,
  ];
  /** `lead`, `report`, `piece`, `handling` or `period`. */
  @property() kind = 'report';
  /** The current stage's id. */
  @property() current = '';
  @state() private map: Loaded<FlowMap> = { at: 'loading' };

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('kind')) this.reload();
  }
  protected override load(county: CountyContext): void {
    if (!isThingKind(this.kind)) return;
    county.client.map(this.kind).then(
      (value) => (this.map = { at: 'ready', value }),
      (error: unknown) => (this.map = { at: 'failed', error }),
    );
  }
  private edge({ points, label }: FlowMap['edges'][number], now: boolean) {
    const [start, end] = points;
    if (!start || !end) return nothing;
    const [[x1, y1], [x2, y2]] = [start, end];
    // Onward from side to side; back, or within a column, in a bow below.
    const bow = Math.min(60, 26 + Math.abs(x2 - x1) / 8);
    const middle = (x1 + x2) / 2;
    const way =
      x2 > x1
        ? `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`
        : `M${x1},${y1} C${x1},${y1 + bow} ${x2 + 20},${y2 + bow} ${x2},${y2}`;
    return svg`<path class="edge ${now ? 'now' : ''}" d=${way} marker-end="url(#${now ? 'arrow-now' : 'arrow'})">
      <title>${label}</title>
    </path>`;
  }
  protected override render() {
    const { map } = this;
    if (map.at === 'loading') return this.loadingState();
    if (map.at === 'failed') return this.errorState(map.error);
    const { stages, edges, width, height, text } = map.value;
    return html`<h2>${this.t('map')}</h2>
      <div class="wide" part="map" tabindex="0" role="region" aria-label=${this.t('map')}>
        <svg viewBox="0 0 ${width} ${height + 40}" role="img" aria-label=${text}>
          <defs>
            ${['arrow', 'arrow-now'].map(
              (id) =>
                svg`<marker id=${id} viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
                  <path class=${id} d="M0,0 L8,4 L0,8 z"></path>
                </marker>`,
            )}
          </defs>
          ${edges.map((edge) => this.edge(edge, edge.from === this.current && this.current !== ''))}
          ${stages.map(
            (stage) =>
              svg`<g class="${stage.kind} ${stage.id === this.current ? 'current' : ''}">
                <rect x=${stage.x} y=${stage.y} width=${stage.width} height=${stage.height} rx="6"></rect>
                <text x=${stage.x + stage.width / 2} y=${stage.y + stage.height / 2 + 5}>${stage.label}</text>
              </g>`,
          )}
        </svg>
      </div>
      <details>
        <summary>${this.t('inWords')}</summary>
        <pre>${text}</pre>
      </details>`;
  }
}
