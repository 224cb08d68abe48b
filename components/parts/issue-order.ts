import { css, html, nothing, type TemplateResult } from 'lit';
import { filesOf } from '../../src/client/files.ts';
import type { ActInput, Client } from '../../src/client/index.ts';
import type { ActionView, ThingRow, ThingView } from '../../src/model/view.ts';
import type { ActionForm } from './action-form.ts';
import { adopt } from './adopt.ts';
import type { CountyContext } from './context.ts';
import { PaperView } from './paper-view.ts';
import type { RootHost } from './root-host.ts';
import type { Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhCompile } from '../texts/zh-compile.ts';

says(zhCompile);

type Piece = Pick<ThingRow, 'kind' | 'id' | 'version' | 'title' | 'authors'>;

/** The pieces of one issue in their order, put so by hand, by keys or by buttons; and the issue as it will print. */
export class IssueOrder {
  private order: Piece[] = [];
  private others: Piece[] = [];
  private dragged: string | null = null;
  /** The last change, read out. */
  private said = '';
  private readonly paper: PaperView;

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly form: ActionForm,
    private readonly t: Say,
    errorText: (error: unknown) => string,
  ) {
    adopt(host, orderStyles);
    this.paper = new PaperView(host, t, errorText);
  }

  /** The pieces at the same stage, as they were last arranged. */
  async begin(view: ThingView, action: ActionView): Promise<void> {
    this.said = '';
    this.paper.close();
    const stage = view.stage.id;
    const page = await this.county()?.client.queue(view.kind, { view: 'all', stage, limit: 200 });
    const rows = new Map<string, Piece>((page?.rows ?? []).map((row) => [row.id, row]));
    rows.set(view.id, { ...view, authors: view.authors.map(({ name }) => name).join(this.t('comma')) });
    const ids = action.arranged.length > 0 ? action.arranged : [view.id];
    this.order = ids.flatMap((id) => rows.get(id) ?? []);
    this.others = [...rows.values()].filter(({ id }) => !ids.includes(id));
    this.host.requestUpdate();
  }
  /** Done to the first of the issue, the others in their order after it; gives the one that is open as it is then. */
  async send(client: Client, open: ThingView, act: ActInput, key: string): Promise<ThingView> {
    const [first, ...rest] = this.order;
    const takes = rest.map(({ kind, id, version }) => ({ kind, id, version }));
    const view = await client.act(first ?? open, { ...act, takes }, key);
    return view.id === open.id ? view : client.view(open.kind, open.id);
  }

  private tell(words: string): void {
    this.said = words;
    this.host.requestUpdate();
  }
  private move(id: string, to: number): void {
    const from = this.order.findIndex((one) => one.id === id);
    const piece = this.order[from];
    if (!piece || to < 0 || to >= this.order.length || to === from) return;
    this.order.splice(from, 1);
    this.order.splice(to, 0, piece);
    this.form.renew();
    this.tell(this.t('nowPlace', { title: piece.title, n: to + 1, of: this.order.length }));
  }
  private async moveByKey(id: string, to: number, part: string): Promise<void> {
    this.move(id, to);
    await this.host.updateComplete;
    const row = this.host.renderRoot.querySelector(`.issue [data-piece="${CSS.escape(id)}"]`);
    // At the end of the list a button goes out, and the handle takes its place.
    const same = row?.querySelector<HTMLButtonElement>(part);
    (same?.disabled ? row?.querySelector<HTMLElement>('.handle') : same)?.focus();
  }
  private join(piece: Piece): void {
    this.others = this.others.filter((one) => one !== piece);
    this.order = [...this.order, piece];
    this.form.renew();
    this.tell(this.t('nowPlace', { title: piece.title, n: this.order.length, of: this.order.length }));
  }
  private leave(piece: Piece): void {
    this.order = this.order.filter((one) => one !== piece);
    this.others = [...this.others, piece];
    this.form.renew();
    this.tell(this.t('leftIssue', { title: piece.title }));
  }
  private onKey(event: KeyboardEvent, id: string, at: number): void {
    const to = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: this.order.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    void this.moveByKey(id, to, '.handle');
  }
  private preview(action: ActionView): void {
    const { county, order } = this;
    const [first] = order;
    const client = county()?.client;
    if (!first || !client) return;
    const issue: Record<string, string> = { pieces: order.map(({ id }) => id).join() };
    for (const field of action.fields) {
      const value = this.form.valueOf(action, field);
      if (value !== null && value !== '') issue[field.name] = String(value);
    }
    void this.paper.show(this.t('theIssue'), filesOf(client).paperPage(first, 'issue', issue));
  }

  template(action: ActionView): TemplateResult {
    const { t, order, others } = this;
    return html`<fieldset class="field issue" part="takes">
        <legend>${t('theIssue')}</legend>
        <p class="hint" id="order-hint">${t('orderHint')}</p>
        <ol>
          ${order.map((piece, at) => this.row(piece, at))}
        </ol>
        <p class="seen-by-readers" role="status">${this.said}</p>
        ${
          others.length > 0
            ? html`<details open>
                <summary>${t('piecesBeside', { n: others.length })}</summary>
                <ul class="plain">
                  ${others.map(
                    (piece) =>
                      html`<li>
                        <button
                          type="button"
                          part="button"
                          data-join=${piece.id}
                          @click=${() => this.join(piece)}
                        >
                          + ${piece.title}
                        </button>
                      </li>`,
                  )}
                </ul>
              </details>`
            : nothing
        }
        <button
          type="button"
          part="button"
          data-preview
          ?disabled=${order.length === 0}
          @click=${() => this.preview(action)}
        >
          ${t('preview')}
        </button>
      </fieldset>
      ${this.paper.template()}`;
  }
  private row(piece: Piece, at: number): TemplateResult {
    const { t } = this;
    const { id, title } = piece;
    const button = (way: 'up' | 'down', sign: string, to: number) =>
      html`<button
        type="button"
        part="button"
        data-way=${way}
        aria-label=${t(way === 'up' ? 'moveUp' : 'moveDown', { title })}
        ?disabled=${to < 0 || to >= this.order.length}
        @click=${() => this.moveByKey(id, to, `[data-way="${way}"]`)}
      >
        ${sign}
      </button>`;
    return html`<li
      draggable="true"
      data-piece=${id}
      class=${this.dragged === id ? 'dragged' : ''}
      @dragstart=${(event: DragEvent) => {
        this.dragged = id;
        event.dataTransfer?.setData('text/plain', title);
        this.host.requestUpdate();
      }}
      @dragover=${(event: DragEvent) => {
        if (this.dragged === null) return;
        event.preventDefault();
      }}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        if (this.dragged !== null) this.move(this.dragged, at);
      }}
      @dragend=${() => {
        this.dragged = null;
        this.host.requestUpdate();
      }}
    >
      <button
        type="button"
        class="handle"
        aria-label=${t('placeOf', { n: at + 1, title })}
        aria-describedby="order-hint"
        @keydown=${(event: KeyboardEvent) => this.onKey(event, id, at)}
      >
        ${at + 1}
      </button>
      <span class="name">${title} <span class="soft">${piece.authors}</span></span>
      ${button('up', '↑', at - 1)} ${button('down', '↓', at + 1)}
      <button
        type="button"
        part="button"
        data-leave
        aria-label=${t('leaveIssue', { title })}
        ?disabled=${this.order.length < 2}
        @click=${() => this.leave(piece)}
      >
        ×
      </button>
    </li>`;
  }
}

const orderStyles = css`
  .issue ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .issue li {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 8px;
  }
  .issue li[draggable] {
    padding: 6px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_paper);
    cursor: grab;
  }
  .issue li.dragged {
    border-style: dashed;
    opacity: 0.6;
  }
  .issue .name {
    flex: 1;
    min-width: 0;
  }
  .issue li button {
    padding-inline: 12px;
  }
  .issue .handle {
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    cursor: grab;
  }
  @media (max-width: 480px) {
    .issue li[draggable] {
      flex-wrap: wrap;
    }
    .issue .name {
      flex: 1 0 calc(100% - 60px);
    }
  }
`;
