import { css, html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { PageBlock, PageParagraph, PageRun, PaperPage } from '../../src/model/paper.ts';
import { adopt } from './adopt.ts';
import { printAlone } from './print-alone.ts';
import type { RootHost } from './root-host.ts';
import type { Say } from './thing.ts';
import { says } from '../texts/texts.ts';
import { zhCompile } from '../texts/zh-compile.ts';

says(zhCompile);

/** As high as Word makes a single line of most type. */
const SINGLE = 1.3;

/** Lengths of the paper, in points; a point is as large as the paper has room for. */
const look = (values: Readonly<Record<string, string | number | null>>) =>
  ref((element) => {
    if (!(element instanceof HTMLElement)) return;
    for (const [name, value] of Object.entries(values))
      if (value === null) element.style.removeProperty(name);
      else element.style.setProperty(name, String(value));
  });

/** A Word paper on the screen as it will print, with a way to the printer. */
export class PaperView {
  private shown: { title: string; page: PaperPage } | null = null;
  private failure: unknown = null;
  private turn = 0;

  constructor(
    private readonly host: RootHost,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
  ) {
    adopt(host, paperStyles);
  }

  async show(title: string, asked: Promise<PaperPage>): Promise<void> {
    const turn = (this.turn += 1);
    this.failure = null;
    try {
      const page = await asked;
      if (turn !== this.turn) return;
      this.shown = { title, page };
    } catch (error) {
      if (turn !== this.turn) return;
      this.shown = null;
      this.failure = error;
    }
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.paper-view')?.focus();
  }
  close(): void {
    this.turn += 1;
    this.shown = null;
    this.failure = null;
    this.host.requestUpdate();
  }
  private print(): void {
    const paper = this.host.renderRoot.querySelector('.paper');
    if (!paper || !this.shown) return;
    const { width, height, margins } = this.shown.page;
    printAlone(paper, `@page { size: ${width}pt ${height}pt; margin: ${margins.join('pt ')}pt }`);
  }

  template(): TemplateResult | typeof nothing {
    const { t, shown } = this;
    if (this.failure) return html`<p class="notice warn" role="alert">${this.errorText(this.failure)}</p>`;
    if (!shown) return nothing;
    const { page, title } = shown;
    const [above, right, below, left] = page.margins;
    return html`<section
      class="paper-view"
      part="paper"
      tabindex="-1"
      aria-label=${t('previewOf', { title })}
    >
      <div class="bar">
        <strong>${t('previewOf', { title })}</strong>
        <button type="button" part="button" data-print @click=${() => this.print()}>${t('print')}</button>
        <button type="button" part="button" data-close-paper @click=${() => this.close()}>
          ${t('close')}
        </button>
      </div>
      <div class="sheet">
        <div
          class="paper"
          ${look({ '--wide': page.width, '--high': page.height, '--above': above, '--right': right, '--below': below, '--left': left })}
        >
          ${page.blocks.map(blockTemplate)}
        </div>
      </div>
    </section>`;
  }
}

function blockTemplate(block: PageBlock): TemplateResult {
  if (!('rows' in block)) return paragraphTemplate(block);
  return html`<table>
    ${block.rows.map(
      (row) =>
        html`<tr>
          ${row.map(({ span, paragraphs }) => html`<td colspan=${span}>${paragraphs.map(paragraphTemplate)}</td>`)}
        </tr>`,
    )}
  </table>`;
}
function paragraphTemplate(one: PageParagraph): TemplateResult {
  const { align, indent, before, after, line, rule } = one;
  return html`<p
    class=${rule === null ? '' : 'rule'}
    ${look({ 'text-align': align, '--indent': indent, '--before': before, '--after': after, 'line-height': 'points' in line ? `calc(var(--pt) * ${line.points})` : line.times * SINGLE, '--rule': rule })}
  >
    ${one.runs.map(runTemplate)}
  </p>`;
}
function runTemplate({ text, size, bold, colour }: PageRun): TemplateResult {
  return html`<span ${look({ '--size': size, 'font-weight': bold ? '700' : '400', color: colour })}
    >${text}</span
  >`;
}

const paperStyles = css`
  .paper-view {
    margin-top: 16px;
  }
  .sheet {
    container-type: inline-size;
    max-width: 794px;
    margin-top: 8px;
  }
  .paper {
    --pt: calc(100cqw / var(--wide));
    min-height: calc(var(--pt) * var(--high));
    padding: calc(var(--pt) * var(--above)) calc(var(--pt) * var(--right)) calc(var(--pt) * var(--below))
      calc(var(--pt) * var(--left));
    border: 1px solid var(--_line);
    background: #ffffff;
    color: #000000;
    font-family: 'FangSong', 'STFangsong', 'Noto Serif CJK SC', serif;
    overflow-wrap: anywhere;
  }
  .paper p {
    margin: calc(var(--pt) * var(--before)) 0 calc(var(--pt) * var(--after));
    text-indent: calc(var(--pt) * var(--indent));
    min-height: calc(var(--pt) * 10);
    font-size: calc(var(--pt) * 10.5);
  }
  .paper p.rule {
    border-bottom: calc(var(--pt) * 2) solid var(--rule);
  }
  .paper span {
    font-size: calc(var(--pt) * var(--size));
    white-space: pre-wrap;
  }
  .paper table {
    width: 100%;
    border-collapse: collapse;
  }
  .paper td {
    min-width: 0;
    padding: calc(var(--pt) * 3) calc(var(--pt) * 5);
    border: 1px solid #000000;
  }
  @media print {
    .sheet {
      container-type: normal;
      max-width: none;
      margin: 0;
    }
    .paper {
      --pt: 1pt;
      min-height: 0;
      padding: 0;
      border: 0;
    }
    .paper tr {
      break-inside: avoid;
    }
  }
`;
