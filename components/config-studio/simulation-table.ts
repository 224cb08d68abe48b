import { html, nothing, type TemplateResult } from 'lit';
import type { Move, Simulation } from '../../src/model/simulation.ts';
import { say, type Language, type Text } from '../../src/model/text.ts';
import type { Say } from '../parts/thing.ts';

/** Who would move, by how much and by which rule; the largest move first. */
export function simulationTable(simulation: Simulation, language: Language, t: Say): TemplateResult {
  const { moves, unmoved } = simulation;
  const arrow = (was: string | number | null, now: string | number | null) =>
    was === now ? html`<span class="soft">${now ?? '—'}</span>` : html`${was ?? '—'} → ${now ?? '—'}`;
  const words = (text: Text | null) => (text === null ? null : say(text, language));
  const reasons = ({ lines, others }: Move) => [
    ...lines.map(({ name, was, now }) => `${say(name, language)} ${was} → ${now}`),
    ...others.map(
      ({ name, was, now }) => `${say(name, language)} ${words(was) ?? '—'} → ${words(now) ?? '—'}`,
    ),
  ];
  return html`<p role="status">${t('moves', { n: moves.length, unmoved, period: simulation.period })}</p>
    ${
      moves.length === 0
        ? nothing
        : html`<div class="wide" tabindex="0" role="region" aria-label=${t('trial')}>
            <table data-moves>
              <thead>
                <tr>
                  <th>${t('name')}</th>
                  <th class="number">${t('total_points')}</th>
                  <th class="number">${t('change')}</th>
                  <th class="number">${t('rank')}</th>
                  <th>${t('byRule')}</th>
                </tr>
              </thead>
              <tbody>
                ${moves.slice(0, 100).map(
                  (move) =>
                    html`<tr data-subject=${move.id}>
                      <td>${move.name}</td>
                      <td class="number">${arrow(move.was.points, move.now.points)}</td>
                      <td class="number">
                        ${move.difference === null || move.difference === '0' ? '' : signed(move.difference)}
                      </td>
                      <td class="number">${arrow(move.was.rank, move.now.rank)}</td>
                      <td>${reasons(move).map((reason) => html`<span class="cause">${reason}</span>`)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }`;
}

const signed = (difference: string) => (difference.startsWith('-') ? difference : `+${difference}`);
