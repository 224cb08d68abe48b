import { css, html, nothing, type TemplateResult } from 'lit';
import type { ActionView, ThingView } from '../../src/model/view.ts';
import type { ActionForm } from './action-form.ts';
import { adopt } from './adopt.ts';
import type { CountyContext } from './context.ts';
import type { RootHost } from './root-host.ts';
import type { Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhCompile } from '../texts/zh-compile.ts';

says(zhCompile);

/** Shorter words are facts of a report, not text. */
const TEXT = 11;

/** The reports that a piece is made of, beside the form that it is written in. */
export class Beside {
  /** What came of asking for each; null while it comes or where it may not be read. */
  private readonly known = new Map<string, ThingView | null>();

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly form: ActionForm,
    private readonly t: Say,
  ) {
    adopt(host, besideStyles);
  }

  /** What is compiled and what is ticked to go along; of a piece, what it was made of. */
  private sources(view: ThingView, action: ActionView): ThingView[] {
    const others =
      action.takes === 'reports'
        ? [...this.form.taken.keys()]
        : view.links.filter(({ role }) => role === 'source').map(({ id }) => id);
    for (const id of others) if (!this.known.has(id)) void this.ask(id);
    const found = others.flatMap((id) => this.known.get(id) ?? []);
    return action.takes === 'reports' ? [view, ...found] : found;
  }
  private async ask(id: string): Promise<void> {
    this.known.set(id, null);
    const view = await this.county()
      ?.client.view('report', id)
      .catch(() => null);
    this.known.set(id, view ?? null);
    this.host.requestUpdate();
  }
  /** Words of a report go to the end of the piece's own. */
  private add(action: ActionView, words: string): void {
    const into = action.fields.find(({ type }) => type === 'long-text');
    if (!into) return;
    const before = this.form.valueOf(action, into);
    this.form.set(action, into.name, [before, words].filter(Boolean).join('\n\n'));
  }

  template(view: ThingView, action: ActionView, written: TemplateResult): TemplateResult {
    const sources = this.sources(view, action);
    if (sources.length === 0) return written;
    const { t } = this;
    return html`<div class="beside">
      <section class="sources" part="sources" aria-label=${t('sources')}>
        <h4>${t('sources')}</h4>
        ${sources.map(
          (source) =>
            html`<details open data-source=${source.id}>
              <summary>${source.title}</summary>
              ${source.fields.map(({ name, label, value }) =>
                [...value].length < TEXT || name === 'title'
                  ? nothing
                  : html`<div class="source">
                      <strong>${label}</strong>
                      <button
                        type="button"
                        class="link"
                        data-add=${name}
                        aria-label=${t('addToTextOf', { label, title: source.title })}
                        @click=${() => this.add(action, value)}
                      >
                        ${t('addToText')}
                      </button>
                      <p>${value}</p>
                    </div>`,
              )}
            </details>`,
        )}
      </section>
      <div>${written}</div>
    </div>`;
  }
}

const besideStyles = css`
  .beside {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(250px, 100%), 1fr));
    gap: 20px;
    align-items: start;
  }
  .beside > * {
    min-width: 0;
  }
  .sources {
    max-height: 80vh;
    margin: 0;
    overflow: auto;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_paper);
  }
  .sources h4 {
    margin: 0;
  }
  .sources details + details {
    border-top: 1px solid var(--_line);
  }
  .sources summary {
    font-weight: 600;
  }
  .source {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 8px;
  }
  .source p {
    flex: 1 0 100%;
    margin: 0 0 12px;
    white-space: pre-wrap;
  }
  .beside textarea[data-field='text'] {
    min-height: 320px;
  }
`;
