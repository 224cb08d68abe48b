import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { adminOf } from '../../src/client/admin.ts';
import type { DirectoryRow, RecordRow, ResultRow } from '../../src/model/import.ts';
import { newActKey } from '../parts/act-key.ts';
import { AskingElement } from '../parts/asking.ts';
import { shared } from '../parts/styles.ts';
import { things } from '../parts/thing-styles.ts';
import { valueIn } from '../parts/value-in.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { zhOffice } from '../texts/zh-office.ts';

says(zh);
says(zhOffice);

type Tried =
  | { of: 'results'; rows: ResultRow[]; chosen: Map<number, string> }
  | { of: 'records'; rows: RecordRow[] }
  | { of: 'directory'; rows: DirectoryRow[] };
type Match = ResultRow['match'] | RecordRow['match'];

/** What each list may come as, and who may enter it. */
const lists = {
  results: { accept: '.xlsx,.csv', may: 'import' },
  records: { accept: '.ndjson,.jsonl,.json,.txt', may: 'import' },
  directory: { accept: '.xlsx,.csv,.json', may: 'manage-directory' },
} as const;
const allLists = ['results', 'records', 'directory'] as const;

/** Lists that come in whole: each is tried first and shown row by row; what is confirmed is entered all or none. */
export class ImportPage extends AskingElement {
  static override styles = [
    shared,
    things,
    css`
      input[type='file'] {
        width: auto;
        max-width: 100%;
      }
      td.number {
        white-space: nowrap;
      }
      td select {
        min-width: 160px;
      }
      .tag {
        white-space: nowrap;
      }
    `,
  ];

  @state() private chosenList: Tried['of'] | null = null;
  @state() private file: File | null = null;
  @state() private tried: Tried | null = null;
  private key = newActKey();

  protected override load(): void {}

  private choose(event: Event): void {
    const { target } = event;
    this.file = target instanceof HTMLInputElement ? (target.files?.[0] ?? null) : null;
    this.tried = null;
    this.key = newActKey();
    const { file } = this;
    if (file)
      void this.ask(async ({ client }) => {
        const { of } = this;
        this.tried =
          of === 'results'
            ? { of, rows: await adminOf(client).resultsTrial(file), chosen: new Map() }
            : of === 'records'
              ? { of, rows: await adminOf(client).recordsTrial(file) }
              : { of, rows: await adminOf(client).directoryTrial(file) };
        await this.updateComplete;
        this.renderRoot.querySelector<HTMLElement>('[data-tried]')?.focus();
      });
  }
  /** Those that the one who looks may enter. */
  private get mine(): Tried['of'][] {
    return allLists.filter((of) => this.county?.info.may.includes(lists[of].may));
  }
  private get of(): Tried['of'] {
    return this.chosenList ?? this.mine[0] ?? 'results';
  }
  private switchTo(of: Tried['of']): void {
    this.chosenList = of;
    this.file = null;
    this.tried = null;
    this.told = null;
    const input = this.renderRoot.querySelector('input');
    if (input) input.value = '';
  }

  /** The rows that would be entered now, each with its piece. */
  private entered(tried: Extract<Tried, { of: 'results' }>) {
    return tried.rows.flatMap((row) => {
      const id = row.match === 'matched' ? row.candidates[0]?.id : tried.chosen.get(row.row);
      const piece = row.candidates.find((candidate) => candidate.id === id);
      return piece ? [{ piece: piece.id, version: piece.version, input: row.input }] : [];
    });
  }
  private confirm = () =>
    this.ask(async ({ client }) => {
      const { tried, file } = this;
      if (!tried || !file) return;
      const words =
        tried.of === 'results'
          ? this.t('enteredResults', {
              n: (await adminOf(client).results(this.entered(tried), this.key)).entered,
            })
          : await (
              tried.of === 'records' ? adminOf(client).records(file) : adminOf(client).directoryEnter(file)
            ).then(({ entered, changed }) =>
              this.t(tried.of === 'records' ? 'enteredRecords' : 'enteredDirectory', {
                n: entered,
                changed,
              }),
            );
      this.switchTo(this.of);
      this.told = { words, bad: false };
      this.announce({ kind: 'import', id: '', action: tried.of });
    });

  protected override render() {
    const { county, tried } = this;
    if (!county) return this.loadingState();
    if (this.mine.length === 0) return html`<p class="notice">${this.t('refused')}</p>`;
    return html`<h2>${this.t('imports')}</h2>
      <div class="bar">
        ${this.mine.map(
          (of) =>
            html`<button
              type="button"
              data-of=${of}
              aria-pressed=${of === this.of ? 'true' : 'false'}
              @click=${() => this.switchTo(of)}
            >
              ${this.t(`import_${of}`)}
            </button>`,
        )}
      </div>
      <p class="soft">${this.t(`importHint_${this.of}`)}</p>
      <p>
        <label for="file">${this.t('chooseFile')}</label>
        <input
          id="file"
          type="file"
          accept=${lists[this.of].accept}
          @change=${(event: Event) => this.choose(event)}
        />
      </p>
      ${this.busy ? this.loadingState() : nothing} ${this.outcome()} ${tried ? this.rowsOf(tried) : nothing}`;
  }

  private rowsOf(tried: Tried): TemplateResult {
    if (tried.of === 'results') return this.results(tried);
    return tried.of === 'records' ? this.records(tried.rows) : this.directory(tried.rows);
  }

  private table(counts: string, head: string[], rows: TemplateResult[], ready: boolean): TemplateResult {
    return html`<p data-tried tabindex="-1" role="status">${counts}</p>
      <div class="wide" tabindex="0" role="region" aria-label=${this.t('imports')}>
        <table>
          <thead>
            <tr>
              ${head.map((word) => html`<th>${word}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <div class="bar">
        <button type="button" class="primary" ?disabled=${this.busy || !ready} @click=${this.confirm}>
          ${this.t('enterAll')}
        </button>
      </div>`;
  }
  private tagOf(match: Match) {
    const look = match === 'wrong' || match === 'unmatched' ? 'late' : '';
    return html`<span class="tag ${look}" data-match=${match}>${this.t(`match_${match}`)}</span>`;
  }
  private counted(rows: readonly { match: Match }[]): string {
    const counts = new Map<Match, number>();
    for (const { match } of rows) counts.set(match, (counts.get(match) ?? 0) + 1);
    return [...counts]
      .map(([match, n]) => this.t('pair', { label: this.t(`match_${match}`), value: n }))
      .join(this.t('comma'));
  }

  private results(tried: Extract<Tried, { of: 'results' }>) {
    const { rows, chosen } = tried;
    const pick = (row: number, piece: string) => {
      this.key = newActKey();
      this.tried = { ...tried, chosen: new Map([...chosen, [row, piece]]) };
    };
    return this.table(
      this.counted(rows),
      [this.t('rowNumber'), this.t('piece'), this.t('result'), ''],
      rows.map(
        (row) =>
          html`<tr data-row=${row.row}>
            <td class="number">${row.row}</td>
            <td>
              ${row.title}
              ${
                row.match === 'doubtful'
                  ? html`<select
                      aria-label=${this.t('whichPiece', { title: row.title })}
                      @change=${(event: Event) => pick(row.row, valueIn(event))}
                    >
                      <option value="">${this.t('leaveOut')}</option>
                      ${row.candidates.map(
                        ({ id, title }) =>
                          html`<option value=${id} ?selected=${chosen.get(row.row) === id}>${title}</option>`,
                      )}
                    </select>`
                  : nothing
              }
            </td>
            <td>
              ${row.said.map(({ value }) => value).join(' · ')}
              ${row.message ? html`<p class="error">${row.message}</p>` : nothing}
            </td>
            <td>${this.tagOf(row.match)}</td>
          </tr>`,
      ),
      this.entered(tried).length > 0 && rows.every(({ match }) => match !== 'wrong'),
    );
  }
  private records(rows: readonly RecordRow[]) {
    return this.table(
      this.counted(rows),
      [this.t('rowNumber'), this.t('record'), ''],
      rows.map(
        (row) =>
          html`<tr data-row=${row.line}>
            <td class="number">${row.line}</td>
            <td>${row.id ?? ''} ${row.message ? html`<p class="error">${row.message}</p>` : nothing}</td>
            <td>${this.tagOf(row.match)}</td>
          </tr>`,
      ),
      rows.some(({ match }) => match === 'new' || match === 'changed') &&
        rows.every(({ match }) => match !== 'wrong'),
    );
  }
  private directory(rows: readonly DirectoryRow[]) {
    const problem = ({ column, message }: DirectoryRow['problems'][number]) =>
      html`<p class="error">${this.t('pair', { label: column, value: message })}</p>`;
    return this.table(
      this.counted(rows),
      [this.t('rowNumber'), this.t('nameInList'), ''],
      rows.map(
        ({ row, name, id, match, problems }) =>
          html`<tr data-row=${row}>
            <td class="number">${row}</td>
            <td>${name ?? ''} <span class="soft">${id ?? ''}</span>${problems.map(problem)}</td>
            <td>${this.tagOf(match)}</td>
          </tr>`,
      ),
      rows.some(({ match }) => match === 'new' || match === 'changed') &&
        rows.every(({ match }) => match !== 'wrong'),
    );
  }
}
