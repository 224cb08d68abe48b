import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { SimilarReport, SimilarReports } from '../../src/model/similar.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { ActionView, ThingView } from '../../src/model/view.ts';
import type { CountyContext } from './context.ts';
import { markedPassages } from './marked.ts';
import type { Say } from './thing.ts';

/** After so long without a key it is asked, and from so many characters on. */
const PAUSE = 700;
const ENOUGH = 10;

/** What can be done with one that is suggested. */
export interface SimilarActs {
  open?: (row: SimilarReport) => void;
  /** The action that takes another report along, and choosing this one for it. */
  choose?: { action: ActionView; pick: (row: SimilarReport) => void } | undefined;
}

/** Reports that say much the same as the one that is open, or as what is being written. It suggests and does nothing. */
export class SimilarView implements ReactiveController {
  private found: SimilarReports | null = null;
  /** What was last asked of; answers to an older question are dropped. */
  private asked = '';
  private pause: number | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
  ) {
    host.addController(this);
  }
  hostDisconnected(): void {
    clearTimeout(this.pause);
  }

  /** Of a thing that could be put together with another report by whoever has it open. */
  about({ kind, id, version, actions }: ThingView): void {
    const takes = actions.some((action) => action.takes === 'report');
    const client = this.county()?.client;
    if (!client || !takes || (kind !== 'report' && kind !== 'lead')) return this.clear();
    const of = kind === 'lead' ? 'lead' : 'report';
    void this.ask(`${id}/${version}`, () => client.similarTo(of, id));
  }
  /** Of a form, once its writer pauses. */
  writing(kind: 'report' | 'lead', input: Fields): void {
    const words = JSON.stringify([kind, input]);
    clearTimeout(this.pause);
    if (words === this.asked) return;
    const length = Object.values(input).join('').length;
    if (length < ENOUGH) {
      if (this.asked !== '') this.clear();
      return;
    }
    this.pause = window.setTimeout(() => {
      const client = this.county()?.client;
      if (client) void this.ask(words, () => client.similarText(kind, input));
    }, PAUSE);
  }
  clear(): void {
    clearTimeout(this.pause);
    this.asked = '';
    if (this.found === null) return;
    this.found = null;
    this.host.requestUpdate();
  }

  private async ask(words: string, question: () => Promise<SimilarReports>): Promise<void> {
    if (words === this.asked) return;
    this.asked = words;
    // Nobody waits for a suggestion: one that does not come is missed by no one.
    const found = await question().catch(() => null);
    if (words !== this.asked) return;
    this.found = found;
    this.host.requestUpdate();
  }

  /** Nothing where there is nothing alike. */
  template(hint: string | null, acts: SimilarActs = {}): TemplateResult | typeof nothing {
    const { found, t } = this;
    if (!found || (found.rows.length === 0 && found.others === 0)) return nothing;
    return html`<section class="notice similar" data-similar aria-label=${t('similar')}>
      <h3>${t('similar')}</h3>
      ${hint === null ? nothing : html`<p class="soft">${hint}</p>`}
      <ul class="plain">
        ${found.rows.map((row, at) => this.row(found.text, row, at === 0, acts))}
      </ul>
      ${found.others > 0 ? html`<p class="soft" data-others>${t('similarOthers', { n: found.others })}</p>` : nothing}
    </section>`;
  }

  private row(
    text: string,
    row: SimilarReport,
    /** The most alike is shown side by side at once, the others when they are opened. */
    first: boolean,
    { open, choose }: SimilarActs,
  ): TemplateResult {
    const { t } = this;
    const here = markedPassages(
      text,
      row.phrases.map((phrase) => phrase.here),
    );
    const there = markedPassages(
      row.text,
      row.phrases.map((phrase) => phrase.there),
    );
    return html`<li data-alike=${row.id}>
      ${
        open
          ? html`<button type="button" class="link" @click=${() => open(row)}>${row.title}</button>`
          : html`<strong>${row.title}</strong>`
      }
      <p class="bar facts soft">
        <span>${row.id}</span><span class="tag">${row.stage.label}</span><span>${row.on}</span>
        ${row.authors ? html`<span>${row.authors}</span>` : nothing}
        <span>${t('alike', { n: row.score })}</span>
      </p>
      <details ?open=${first}>
        <summary>${t('similarShared', { n: row.phrases.length })}</summary>
        <dl>
          <div class="long">
            <dt>${t('similarHere')}</dt>
            <dd>${here}</dd>
          </div>
          <div class="long">
            <dt>${t('similarThere')}</dt>
            <dd>${there}</dd>
          </div>
        </dl>
      </details>
      ${
        choose && !row.ended
          ? html`<button type="button" part="button" data-choose=${row.id} @click=${() => choose.pick(row)}>
              ${t('chooseFor', { action: choose.action.label })}<span class="seen-by-readers"
                >${row.title}</span
              >
            </button>`
          : nothing
      }
    </li>`;
  }
}
