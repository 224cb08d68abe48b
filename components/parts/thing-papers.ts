import { html, type TemplateResult } from 'lit';
import { filesOf } from '../../src/client/files.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { CountyContext } from './context.ts';
import { paperButtons } from './paper-buttons.ts';
import { PaperView } from './paper-view.ts';
import { printAlone } from './print-alone.ts';
import type { RootHost } from './root-host.ts';
import { saveFile } from './save-file.ts';
import type { Say } from './thing.ts';

/** What is printed of a thing: its papers, looked at as they will print or taken away as Word, or what is shown of it. */
export class ThingPapers {
  private readonly paper: PaperView;
  private failure: unknown = null;

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {
    this.paper = new PaperView(host, t, errorText);
  }
  /** Another thing is open. */
  close(): void {
    this.failure = null;
    this.paper.close();
  }

  private async save(view: ThingView, paper: string, label: string): Promise<void> {
    const client = this.county()?.client;
    this.failure = null;
    try {
      if (client) saveFile(await filesOf(client).paper(view, paper), `${label} ${view.title}.docx`);
    } catch (error) {
      this.failure = error;
    }
    this.host.requestUpdate();
  }
  private preview(view: ThingView, paper: string, label: string): void {
    const client = this.county()?.client;
    if (client) void this.paper.show(label, filesOf(client).paperPage(view, paper));
  }
  private print(): void {
    const part = this.host.renderRoot.querySelector('article');
    if (part) printAlone(part);
  }

  template(view: ThingView): TemplateResult {
    const { t } = this;
    return html`<section class="bar" part="papers" aria-label=${t('papers')}>
        ${view.papers.map((paper) =>
          paperButtons(
            t,
            paper,
            () => this.preview(view, paper.value, paper.label),
            () => this.save(view, paper.value, paper.label),
          ),
        )}
        <button type="button" part="button" data-print-thing @click=${() => this.print()}>
          ${t('printThing')}
        </button>
      </section>
      ${this.failure ? html`<p class="notice warn" role="alert">${this.errorText(this.failure)}</p>` : ''}
      ${this.paper.template()}`;
  }
}
