import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { adminOf } from '../../src/client/admin.ts';
import type {
  ConfigPage,
  ConfigTrial,
  ConfigValue,
  Migration,
  StageMap,
  UnderWay,
  VersionPage,
  VersionRow,
} from '../../src/model/version.ts';
import type { PaperId } from '../../src/model/paper.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { CountyContext } from '../parts/context.ts';
import { AskingElement } from '../parts/asking.ts';
import { shared } from '../parts/styles.ts';
import { kindLabel } from '../parts/kind-label.ts';
import { scoreStyles, things } from '../parts/thing-styles.ts';
import { valueIn } from '../parts/value-in.ts';
import { saveFile } from '../parts/save-file.ts';
import { paperTemplates } from './paper-templates.ts';
import { simulationTable } from './simulation-table.ts';
import { valuesForm } from './values-form.ts';
import { versionsList } from './versions-list.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { zhOffice } from '../texts/zh-office.ts';

says(zh);
says(zhOffice);

/**
 * Where an office changes its own rules: the values as a form or the whole text, what that would do to a table, and
 * the life of a version from draft to in force.
 */
export class ConfigStudio extends AskingElement {
  static override styles = [
    shared,
    things,
    scoreStyles,
    css`
      .work {
        display: grid;
        gap: 24px;
        grid-template-columns: minmax(280px, 5fr) minmax(0, 7fr);
        align-items: start;
      }
      @media (max-width: 760px) {
        .work {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      summary {
        min-height: var(--mq-target, 44px);
        padding: 10px 0;
        font-weight: 600;
        cursor: pointer;
      }
      .group {
        border-top: 1px solid var(--_line);
      }
      .values {
        border: 0;
        margin: 0 0 16px;
        padding: 0;
        min-width: 0;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
        gap: 8px 12px;
      }
      .value label {
        font-size: 0.92em;
      }
      label.value {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      textarea.text {
        min-height: 420px;
        font-family: ui-monospace, monospace;
        font-size: 0.88em;
        white-space: pre;
      }
      .versions {
        list-style: none;
        padding: 0;
        margin: 0 0 24px;
        border-top: 1px solid var(--_line);
      }
      .versions > li {
        padding: 6px 0;
        border-bottom: 1px solid var(--_line);
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
      }
      .bar.how {
        margin-bottom: 12px;
      }
      [data-templates] {
        margin-top: 24px;
      }
      .paper {
        flex: 0 0 12em;
      }
      .opened {
        flex-basis: 100%;
      }
      .opened input {
        width: auto;
      }
      .differences {
        padding-left: 20px;
      }
      del {
        color: var(--_alert);
      }
      ins {
        color: var(--_good);
      }
      .cause {
        display: block;
      }
      .bar.try {
        align-items: end;
      }
      .bar.try input {
        display: block;
        width: 150px;
      }
      .bar.keep {
        align-items: end;
        margin: 10px 0;
      }
      .bar.keep label {
        flex: 1 1 200px;
      }
      .bar.keep input {
        display: block;
        width: 100%;
      }
    `,
  ];

  @state() private page: ConfigPage | null = null;
  /** The version whose values stand in the form. */
  @state() private base: VersionPage | null = null;
  @state() private opened: VersionPage | null = null;
  @state() private changed = new Map<string, ConfigValue['value']>();
  /** The whole text, where it is edited instead of the values. */
  @state() private text: string | null = null;
  @state() private trial: ConfigTrial | null = null;
  @state() private failure: unknown = null;
  @state() private period = String(new Date().getFullYear());
  @state() private of: 'people' | 'units' = 'people';
  @state() private note = '';
  @state() private underWay: UnderWay['how'] | 'keep' = 'keep';
  @state() private migration: Migration | null = null;
  /** Where the stages that a version no more has go to, as far as somebody said so. */
  private stages: StageMap = {};
  @state() private from = new Date().toLocaleDateString('sv-SE');

  protected override load(county: CountyContext): void {
    if (!county.info.may.includes('see-config')) return;
    const { client } = county;
    adminOf(client)
      .config()
      .then(async (page) => {
        const base = await adminOf(client).configVersion(Number(page.version));
        this.page = page;
        // What is being written stays, whoever publishes meanwhile.
        if (this.changed.size === 0 && this.text === null) this.base = base;
        await this.openAnew(client);
        this.failure = null;
      })
      .catch((error: unknown) => (this.failure = error));
  }

  private get change() {
    return {
      ...(this.base ? { over: this.base.number } : {}),
      ...(this.text === null
        ? { changes: [...this.changed].map(([path, value]) => ({ path, value })) }
        : { text: this.text }),
    };
  }
  private get touched(): boolean {
    return this.changed.size > 0 || (this.text !== null && this.text !== this.base?.text);
  }

  private tryIt = () =>
    this.ask(async ({ client }) => {
      this.trial = await adminOf(client).configTrial({ ...this.change, period: this.period, of: this.of });
      await this.updateComplete;
      if (this.trial.mistakes.length > 0)
        this.renderRoot.querySelector<HTMLElement>('.mistakes, [aria-invalid="true"]')?.focus();
    });
  private keep = () =>
    this.ask(async ({ client }) => {
      this.trial = await adminOf(client).configTrial({ ...this.change, period: this.period, of: this.of });
      if (this.trial.mistakes.length > 0) return;
      const draft = await adminOf(client).configDraft({ ...this.change, note: this.note });
      this.changed = new Map();
      this.text = null;
      this.trial = null;
      this.note = '';
      await this.keptAs(client, draft);
    });
  /** The version whose templates are shown: a draft that is still open, so that one more does not lose the one before. */
  private get templated(): VersionPage | null {
    return this.opened?.standing === 'draft' ? this.opened : this.base;
  }
  private takeTemplate = (paper: PaperId, example: boolean) =>
    this.ask(async ({ client }) => {
      const { templated } = this;
      if (!templated) return;
      const { label = paper } = templated.papers.find((one) => one.paper === paper) ?? {};
      saveFile(await adminOf(client).template(paper, templated.number, example), `${label}.docx`);
    });
  private giveTemplate = async (paper: PaperId, file: Blob) => {
    await this.ask(async ({ client }) => {
      const { templated } = this;
      if (templated)
        await this.keptAs(client, await adminOf(client).templateDraft(paper, templated.number, file));
    });
    // What came of it stands above, beside the versions.
    await this.updateComplete;
    this.renderRoot.querySelector('h2')?.scrollIntoView({ block: 'start' });
  };
  private async keptAs(client: CountyContext['client'], { number }: VersionRow): Promise<void> {
    this.told = { words: this.t('keptAsDraft', { n: number }), bad: false };
    this.opened = await adminOf(client).configVersion(number);
    this.page = await adminOf(client).config();
  }
  private step = (number: number, step: 'approve' | 'publish' | 'roll-back') =>
    this.ask(async ({ client }) => {
      const { from, underWay: how } = this;
      const underWay = how === 'keep' ? {} : { underWay: { how, stages: this.stages } };
      const row = await adminOf(client).configStep(
        number,
        step,
        step === 'publish' ? { from, ...underWay } : {},
      );
      this.migration = null;
      this.told = {
        words: this.t('versionNow', { n: row.number, standing: this.t(`standing_${row.standing}`) }),
        bad: false,
      };
      this.page = await adminOf(client).config();
      await this.openAnew(client, row.number);
      if (this.page.version !== String(this.base?.number)) {
        this.base = await adminOf(client).configVersion(Number(this.page.version));
        this.announce({ kind: 'config', id: String(row.number), action: step });
      }
    });
  /** What would become of the things under way. */
  private look = (number: number) =>
    this.ask(async ({ client }) => {
      this.migration = await adminOf(client).configMigration(number, { dryRun: true, stages: this.stages });
    });
  /** Says where a stage that is no more goes to, or takes that back, and looks again. */
  private mapStage(number: number, kind: ThingKind, stage: string, goal: string): void {
    const { [stage]: _, ...others } = this.stages[kind] ?? {};
    this.stages = { ...this.stages, [kind]: goal === '' ? others : { ...others, [stage]: goal } };
    void this.look(number);
  }
  private open = (number: number) =>
    this.ask(async ({ client }) => {
      this.migration = null;
      this.stages = {};
      this.opened = this.opened?.number === number ? null : await adminOf(client).configVersion(number);
    });
  /** What is open as it has become, or what was made of it, unless another is opened meanwhile. */
  private async openAnew(client: CountyContext['client'], number = this.opened?.number): Promise<void> {
    const { opened } = this;
    if (!opened || number === undefined) return;
    const now = await adminOf(client).configVersion(number);
    if (this.opened === opened) this.opened = now;
  }
  private write(value: ConfigValue, written: ConfigValue['value']): void {
    const changed = new Map(this.changed);
    if (written === value.value) changed.delete(value.path);
    else changed.set(value.path, written);
    this.changed = changed;
  }

  protected override render() {
    const { county, page, base } = this;
    if (county && !county.info.may.includes('see-config'))
      return html`<p class="notice">${this.t('refused')}</p>`;
    if (this.failure) return this.errorState(this.failure);
    if (!county || !page || !base) return this.loadingState();
    const may = (what: string) => county.info.may.includes(what);
    return html`<h2>${this.t('studio')}</h2>
      ${this.outcome()}
      ${versionsList({
        versions: page.versions,
        opened: this.opened,
        mayApprove: may('approve-config'),
        busy: this.busy,
        from: this.from,
        t: this.t.bind(this),
        open: (number) => void this.open(number),
        setFrom: (from) => (this.from = from),
        underWay: this.underWay,
        setUnderWay: (how) => (this.underWay = how),
        migration: this.migration,
        look: (number) => void this.look(number),
        kindName: (kind) => kindLabel(this.t.bind(this), county, kind),
        mapStage: (number, kind, stage, goal) => this.mapStage(number, kind, stage, goal),
        step: (number, step) => void this.step(number, step),
      })}
      ${may('draft-config') ? this.work(base) : nothing}
      ${paperTemplates({
        papers: (this.templated ?? base).papers,
        mayDraft: may('draft-config'),
        busy: this.busy,
        t: this.t.bind(this),
        take: (paper, example) => void this.takeTemplate(paper, example),
        give: (paper, file) => void this.giveTemplate(paper, file),
      })}`;
  }

  private work(base: VersionPage) {
    const mistakes = this.trial?.mistakes ?? [];
    const placed = new Set(base.values.map(({ path }) => path));
    const elsewhere = mistakes.filter(
      ({ path }) =>
        this.text !== null || ![...placed].some((one) => one === path || one.startsWith(`${path}/`)),
    );
    return html`<h3>${this.t('changeValues')}</h3>
      <p class="soft">${this.t('studioHint')}</p>
      <div class="work">
        <div>
          <div class="bar how">
            ${[false, true].map(
              (whole) =>
                html`<button
                  type="button"
                  aria-pressed=${whole === (this.text !== null) ? 'true' : 'false'}
                  @click=${() => this.asText(whole, base)}
                >
                  ${this.t(whole ? 'wholeText' : 'asValues')}
                </button>`,
            )}
          </div>
          ${
            elsewhere.length > 0
              ? html`<ul class="notice warn mistakes" tabindex="-1" role="alert">
                  ${elsewhere.map(
                    ({ line, column, path, message }) =>
                      html`<li>${this.t('atLine', { line, column })} <code>${path}</code> ${message}</li>`,
                  )}
                </ul>`
              : nothing
          }
          ${
            this.text === null
              ? valuesForm({
                  values: base.values,
                  changed: this.changed,
                  mistakes,
                  language: this.language,
                  t: this.t.bind(this),
                  change: (value, written) => this.write(value, written),
                  readOnly: false,
                })
              : html`<textarea
                  class="text"
                  spellcheck="false"
                  aria-label=${this.t('wholeText')}
                  .value=${this.text}
                  @input=${(event: Event) => (this.text = valueIn(event))}
                ></textarea>`
          }
        </div>
        <div>
          <div class="bar try">
            <label
              >${this.t('periodLabel')}
              <input
                .value=${this.period}
                @input=${(event: Event) => (this.period = valueIn(event))} /></label
            >${(['people', 'units'] as const).map(
              (of) =>
                html`<button
                  type="button"
                  aria-pressed=${of === this.of ? 'true' : 'false'}
                  @click=${() => (this.of = of)}
                >
                  ${this.t(of)}
                </button>`,
            )}<button type="button" class="try" ?disabled=${this.busy || !this.touched} @click=${this.tryIt}>
              ${this.t('tryIt')}
            </button>
          </div>
          <div class="bar keep">
            <label
              >${this.t('draftNote')}
              <input .value=${this.note} @input=${(event: Event) => (this.note = valueIn(event))}
            /></label>
            <button
              type="button"
              class="primary keep"
              ?disabled=${this.busy || !this.touched}
              @click=${this.keep}
            >
              ${this.t('keepDraft')}
            </button>
          </div>
          ${
            this.trial?.simulation
              ? simulationTable(this.trial.simulation, this.language, this.t.bind(this))
              : nothing
          }
        </div>
      </div>`;
  }
  /** The text takes over what the values say, so that nothing written is lost. */
  private asText(whole: boolean, base: VersionPage): void {
    if (whole === (this.text !== null)) return;
    this.trial = null;
    if (!whole) {
      this.text = null;
      return;
    }
    if (this.changed.size === 0) {
      this.text = base.text;
      return;
    }
    void this.ask(async ({ client }) => {
      const { text } = await adminOf(client).configTrial(this.change);
      this.text = text;
      this.changed = new Map();
    });
  }
}
