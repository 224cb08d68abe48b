import { html, type TemplateResult } from 'lit';
import type { Say } from '../parts/thing.ts';

/** Which key does what in the desk; folded up until it is asked for. */
export function keysHelp(t: Say): TemplateResult {
  const rows: [keys: string, what: string][] = [
    ['j k ↓ ↑ Enter', t('keysMove')],
    ['1 … 9 a b c …', t('keysAct')],
    ['z', t('keysTakeBack')],
    ['x', t('keysChoose')],
    ['Ctrl+Enter', t('keysSend')],
    ['/', t('search')],
    ['?', t('keysHelp')],
  ];
  return html`<details class="keys">
    <summary>${t('keys')}</summary>
    <dl>
      ${rows.map(
        ([keys, what]) =>
          html`<dt>${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${what}</dd>`,
      )}
    </dl>
  </details>`;
}
