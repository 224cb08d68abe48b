import { html, nothing, svg, type TemplateResult } from 'lit';
import type { FlowMap } from '../../src/client/index.ts';
import type { Say } from './thing.ts';

type Edge = FlowMap['edges'][number];
type Stage = FlowMap['stages'][number];

/** From this width on a flow has room to run to the right. */
const ROOM = 720;
export const directionFor = (width: number): FlowMap['direction'] => (width < ROOM ? 'down' : 'right');

/** Straight where it keeps its place, else in a bow along the flow: so the server reckoned that it meets no box. */
function pathOf({ points }: Edge, direction: FlowMap['direction']): string {
  return points
    .map(([x, y], index) => {
      const [beforeX, beforeY] = points[index - 1] ?? [x, y];
      if (index === 0) return `M${x},${y}`;
      const [middleX, middleY] = [(beforeX + x) / 2, (beforeY + y) / 2];
      return direction === 'right'
        ? `C${middleX},${beforeY} ${middleX},${y} ${x},${y}`
        : `C${beforeX},${middleY} ${x},${middleY} ${x},${y}`;
    })
    .join(' ');
}

function edge(one: Edge, direction: FlowMap['direction'], now: boolean) {
  const arrow = `url(#arrow-${now ? 'now' : one.way === 'main' ? 'main' : 'on'})`;
  const [x, y] = one.at;
  return svg`<g class="edge ${one.way} ${now ? 'now' : ''}" data-edge="${one.from} ${one.to}">
    <title>${one.label}</title>
    <path d=${pathOf(one, direction)} marker-end=${arrow} marker-start=${one.both ? arrow : nothing}></path>
    ${rows(one.lines, x, y, 16, 'small')}
  </g>`;
}
function rows(lines: readonly string[], x: number, y: number, high: number, look: string) {
  const top = y - ((lines.length - 1) * high) / 2 + high * 0.28;
  return lines.map((line, index) => svg`<text class=${look} x=${x} y=${top + index * high}>${line}</text>`);
}

function stage(one: Stage) {
  const middle = one.x + one.width / 2;
  const lift = one.notes.length * 10;
  const mark = one.mark ?? '';
  return svg`<g class="stage ${one.kind} ${mark}" data-stage=${one.id} data-mark=${mark}>
    <title>${one.label}</title>
    <rect x=${one.x} y=${one.y} width=${one.width} height=${one.height} rx="6"></rect>
    ${rows(one.lines, middle, one.y + one.height / 2 - lift, 20, '')}
    ${rows(one.notes, middle, one.y + one.height / 2 + one.lines.length * 10, 20, 'small')}
  </g>`;
}

/** A flow as the server laid it out, as large as the page's type is, and the same in words. */
export function flowMapTemplate(t: Say, map: FlowMap): TemplateResult {
  const { stages, edges, width, height, direction, text } = map;
  const current = stages.find(({ mark }) => mark === 'current')?.id;
  const isNow = ({ from, to, both }: Edge) => from === current || (both && to === current);
  // What leads on from here lies over the rest.
  const inOrder = [...edges].sort((a, b) => Number(isNow(a)) - Number(isNow(b)));
  return html`<div class="flow" part="map" tabindex="0" role="region" aria-label=${t('map')}>
      <svg
        viewBox="0 0 ${width} ${height}"
        width="${width / 16}em"
        height="${height / 16}em"
        data-direction=${direction}
        role="img"
        aria-label=${text}
      >
        <defs>
          ${['main', 'on', 'now'].map(
            (look) =>
              svg`<marker id="arrow-${look}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
                <path d="M0,0 L8,4 L0,8 z"></path>
              </marker>`,
          )}
        </defs>
        ${inOrder.map((one) => edge(one, direction, isNow(one)))} ${stages.map(stage)}
      </svg>
    </div>
    <details class="in-words">
      <summary>${t('inWords')}</summary>
      <ul>
        ${text.split('\n').map((line) => html`<li>${line}</li>`)}
      </ul>
    </details>`;
}

/** Brings the current stage, or else the first, into sight, where the map is larger than its place. */
export function showCurrent(root: HTMLElement | DocumentFragment): void {
  const place = root.querySelector('.flow');
  const box = place?.querySelector('.current rect') ?? place?.querySelector('.stage rect');
  if (!place || !box) return;
  const [around, at] = [place.getBoundingClientRect(), box.getBoundingClientRect()];
  place.scrollLeft += at.left + at.width / 2 - around.left - around.width / 2;
  place.scrollTop += at.top + at.height / 2 - around.top - around.height / 2;
}
