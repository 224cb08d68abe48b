import { css, html, svg, type PropertyValues } from 'lit';
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
        font-size: 14px;
        text-anchor: middle;
      }
      path {
        fill: none;
        stroke: var(--_soft);
        opacity: 0.55;
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
  protected override render() {
    const { map } = this;
    if (map.at === 'loading') return this.loadingState();
    if (map.at === 'failed') return this.errorState(map.error);
    const { stages, edges, width, height, text } = map.value;
    return html`<h2>${this.t('map')}</h2>
      <div class="wide" tabindex="0" role="region" aria-label=${this.t('map')}>
        <svg width=${width} height=${height} role="img" aria-label=${text}>
          ${edges.map(({ points: [start, end] }) => {
            if (!start || !end) return svg``;
            const bend = (start[0] + end[0]) / 2;
            return svg`<path d="M${start[0]},${start[1]} C${bend},${start[1]} ${bend},${end[1]} ${end[0]},${end[1]}"></path>`;
          })}
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
