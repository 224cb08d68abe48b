import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { adminOf } from '../../src/client/admin.ts';
import type { AuditRow } from '../../src/model/audit.ts';
import { AskingElement } from '../parts/asking.ts';
import { shared } from '../parts/styles.ts';
import { things } from '../parts/thing-styles.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';
import { zhOffice } from '../texts/zh-office.ts';

says(zh);
says(zhOffice);

/** What nobody should do alone: what was done single-handed, what two answered for, and what waits for the second. */
export class AuditPage extends AskingElement {
  static override styles = [shared, things];

  @state() private rows: AuditRow[] | null = null;
  @state() private failure: unknown = null;

  private get mayLook(): boolean {
    const may = this.county?.info.may ?? [];
    return may.includes('see-audit') || may.includes('agree');
  }
  protected override load(): void {
    if (!this.mayLook) return;
    this.failure = null;
    void this.ask(async ({ client }) => {
      try {
        this.rows = await adminOf(client).audit();
      } catch (error) {
        this.failure = error;
      }
    });
  }

  private settle(number: number, step: 'agree' | 'refuse') {
    return this.ask(async ({ client }) => {
      await adminOf(client).auditStep(number, step);
      this.rows = await adminOf(client).audit();
      this.told = { words: this.t(step === 'agree' ? 'audit_agreed' : 'audit_refused'), bad: false };
      this.announce({ kind: 'audit', id: String(number), action: step });
    });
  }

  protected override render() {
    const { county, rows } = this;
    if (!county) return this.loadingState();
    if (!this.mayLook) return html`<p class="notice">${this.t('refused')}</p>`;
    return html`<h2>${this.t('audit')}</h2>
      <p class="soft">${this.t('auditHint')}</p>
      ${this.outcome()}
      ${this.failure ? this.errorState(this.failure) : rows === null ? this.loadingState() : rows.length === 0 ? html`<p>${this.t('auditNone')}</p>` : this.table(rows)}`;
  }

  private table(rows: readonly AuditRow[]) {
    return html`<div class="wide" tabindex="0" role="region" aria-label=${this.t('audit')}>
      <table>
        <thead>
          <tr>
            <th>${this.t('auditWhen')}</th>
            <th>${this.t('auditWhat')}</th>
            <th>${this.t('auditBy')}</th>
            <th>${this.t('auditSecond')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr data-audit=${row.number ?? `config-${row.about}`}>
                <td>${row.at.slice(0, 10)}</td>
                <td>${this.t(`audit_${row.is}`)} <span class="soft">${row.about}</span></td>
                <td>${row.by.name}</td>
                <td>${this.secondOf(row)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
  private secondOf({ number, standing, second }: AuditRow) {
    const tag = html`<span
      class="tag ${standing === 'alone' || standing === 'waiting' ? 'late' : ''}"
      data-standing=${standing}
      >${this.t(`audit_${standing}`)}</span
    >`;
    const mayAgree = this.county?.info.may.includes('agree') && standing === 'waiting';
    return html`${tag} ${second?.name ?? nothing}
    ${
      mayAgree && number !== null
        ? html`<div class="bar">
            <button
              type="button"
              class="primary"
              ?disabled=${this.busy}
              @click=${() => this.settle(number, 'agree')}
            >
              ${this.t('audit_agree')}
            </button>
            <button type="button" ?disabled=${this.busy} @click=${() => this.settle(number, 'refuse')}>
              ${this.t('audit_refuse')}
            </button>
          </div>`
        : nothing
    }`;
  }
}
