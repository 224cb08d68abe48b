import { html, type TemplateResult } from 'lit';
import type { Invitation } from '../../src/model/view.ts';
import { says } from '../texts/texts.ts';
import { zhCompile } from '../texts/zh-compile.ts';
import type { Say } from './thing.ts';

says(zhCompile);

/** The link that an author answers by, to be copied and handed over. */
export function invitationLink(t: Say, { name, until, path }: Invitation, endpoint: string): TemplateResult {
  const address = new URL(`${endpoint.replace(/\/$/, '')}${path}`, location.href).href;
  const copy = async (event: Event) => {
    const { currentTarget: button } = event;
    if (!(button instanceof HTMLElement)) return;
    const field = button.closest('section')?.querySelector('input');
    field?.select();
    // Without https there is no clipboard, and the older way remains; else the address is chosen, ready for the hand.
    const copied = await (
      navigator.clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'))
    ).then(
      () => true,
      () => {
        field?.select();
        return document.execCommand('copy');
      },
    );
    button.textContent = t(copied ? 'copied' : 'copyByHand');
  };
  return html`<section class="notice" data-invitation>
    <label
      >${t('invitationOf', { name, until })}
      <input
        readonly
        .value=${address}
        @focus=${(event: Event) => event.target instanceof HTMLInputElement && event.target.select()}
    /></label>
    <div class="bar"><button type="button" part="button" @click=${copy}>${t('copy')}</button></div>
  </section>`;
}
