import { html, type TemplateResult } from 'lit';
import { filesOf } from '../../src/client/files.ts';
import { ClientError } from '../../src/client/index.ts';
import type { CountyContext } from './context.ts';
import { paperButtons } from './paper-buttons.ts';
import type { PaperView } from './paper-view.ts';
import type { RootHost } from './root-host.ts';
import { saveFile } from './save-file.ts';
import type { Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhCompile } from '../texts/zh-compile.ts';

says(zhCompile);

/** What is printed of a person and a period: looked at as it will print, or taken away as Word. */
export class PersonPapers {
  private paper: PaperView | null = null;
  private failure: unknown = null;
  /** Whose papers are open. */
  private of = '';

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {}

  private async ask(of: string, work: (county: CountyContext) => Promise<unknown>): Promise<void> {
    const county = this.county();
    this.failure = null;
    this.of = of;
    try {
      if (!county) throw new ClientError('offline', 0, '');
      await work(county);
    } catch (error) {
      this.failure = error;
    }
    this.host.requestUpdate();
  }

  template(person: string, period: string, papers: readonly ('yearly' | 'employer')[]): TemplateResult {
    const { t } = this;
    const preview = (paper: string, label: string) =>
      this.ask(person, async ({ client }) => {
        const { PaperView } = await import('./paper-view.ts');
        this.paper ??= new PaperView(this.host, t, this.errorText);
        await this.paper.show(label, filesOf(client).personPage(person, paper, period));
      });
    const save = (paper: string, label: string) =>
      this.ask(person, async ({ client }) =>
        saveFile(
          await filesOf(client).personPaper(person, paper, period),
          `${label} ${period.replaceAll(/[/:]/g, '_')}.docx`,
        ),
      );
    return html`<div class="bar" part="papers">
        ${papers.map((paper) => {
          const label = t(paper);
          return paperButtons(
            t,
            { value: paper, label },
            () => preview(paper, label),
            () => save(paper, label),
          );
        })}
      </div>
      ${
        this.of === person
          ? html`${this.failure ? html`<p class="notice warn" role="alert">${this.errorText(this.failure)}</p>` : ''}
            ${this.paper?.template()}`
          : ''
      }`;
  }
}
