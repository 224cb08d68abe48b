import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { DIGEST, type Notice, type Notices } from '../../src/model/notice.ts';
import type { CountyContext } from './context.ts';
import { day } from './day.ts';
import type { Say } from './thing.ts';

/** What one was told: how much of it is new, and on opening the newest of it, which is then read. */
export class Told implements ReactiveController {
  private notices: Notices = { rows: [], next: null, unread: 0 };

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly open: (notice: Notice) => void,
  ) {
    host.addController(this);
  }
  hostConnected(): void {}

  async load({ client }: CountyContext): Promise<void> {
    // The page is of use without them.
    this.notices = await client.notices().catch(() => this.notices);
    this.host.requestUpdate();
  }
  private async read(): Promise<void> {
    const client = this.county()?.client;
    const [newest] = this.notices.rows;
    if (!client || !newest || this.notices.unread === 0) return;
    const { unread } = await client.readNotices(newest.key).catch(() => this.notices);
    this.notices = { ...this.notices, unread };
    this.host.requestUpdate();
  }

  template(): TemplateResult | typeof nothing {
    const { rows, unread } = this.notices;
    if (rows.length === 0) return nothing;
    const opened = (event: Event) => {
      if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open) void this.read();
    };
    return html`<details class="told" part="told" @toggle=${opened}>
      <summary>
        ${this.t('toldTitle')}
        ${unread > 0 ? html`<span class="tag late">${this.t('toldNew', { n: unread })}</span>` : nothing}
      </summary>
      <ul>
        ${rows.map(
          (notice) =>
            html`<li>
              ${
                notice.kind === DIGEST
                  ? html`<span>${notice.text}</span>`
                  : html`<button type="button" @click=${() => this.open(notice)}>${notice.text}</button>`
              }
              <span class="soft">${day(notice.at)}</span>
            </li>`,
        )}
      </ul>
    </details>`;
  }
}
