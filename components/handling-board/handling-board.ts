import { css, html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { ThingKind } from '../../src/model/thing.ts';
import type { ThingRow } from '../../src/model/view.ts';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement, type Loaded } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things } from '../parts/thing-styles.ts';
import { dueTag } from '../parts/thing.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/**
 * What a department has to answer: opinions asked and items handed to it, by stage, the next due first.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart takes - The things a piece is made of.
 * @csspart thing - The opened thing.
 */
export class HandlingBoard extends CountyElement {
  static override styles = [
    shared,
    things,
    flowMapStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
        gap: 14px;
        margin-bottom: 20px;
      }
      .column {
        background: var(--_wash);
        border-radius: var(--_radius);
        padding: 12px;
      }
      .column button {
        display: block;
        width: 100%;
        margin-bottom: 8px;
        text-align: left;
      }
    `,
  ];
  @state() private rows: Loaded<ThingRow[]> = { at: 'loading' };

  private readonly desk = new ThingDesk(this, {
    county: () => this.county,
    errorText: (error) => this.errorText(error),
    done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
    reload: () => this.reload(),
  });

  protected override load(county: CountyContext): void {
    const asked: Promise<ThingRow[]>[] = [];
    const ask = (kind: ThingKind, view: 'todo' | 'all') => {
      if (county.info.may.includes(`read:${kind}`))
        asked.push(county.client.queue(kind, { view, limit: 200 }).then((page) => page.rows));
    };
    ask('handling', 'all');
    // An author's own reports that wait for them are no handling.
    const { me } = county.info;
    if (!me.staff && me.posts.some(({ organisation }) => organisation !== null)) ask('report', 'todo');
    Promise.all(asked).then(
      (pages) => (this.rows = { at: 'ready', value: pages.flat() }),
      (error: unknown) => (this.rows = { at: 'failed', error }),
    );
    if (this.desk.view) void this.desk.open(this.desk.view.kind, this.desk.view.id);
  }

  protected override render() {
    const { rows } = this;
    const t = this.t.bind(this);
    if (rows.at === 'loading') return this.loadingState();
    if (rows.at === 'failed') return this.errorState(rows.error);
    const stages = new Map<string, { label: string; rows: ThingRow[] }>();
    const due = (row: ThingRow) => row.due?.on ?? '9999';
    for (const row of [...rows.value].sort((a, b) => due(a).localeCompare(due(b)))) {
      const stage = stages.get(row.stage.id) ?? { label: row.stage.label, rows: [] };
      stage.rows.push(row);
      stages.set(row.stage.id, stage);
    }
    return html`<h2>${t('board')}</h2>
      ${
        rows.value.length === 0
          ? html`<p class="soft">${t('empty')}</p>`
          : html`<div class="columns">
              ${[...stages].map(
                ([id, stage]) =>
                  html`<section class="column" data-column=${id}>
                    <h3>${stage.label} (${stage.rows.length})</h3>
                    ${stage.rows.map(
                      (row) =>
                        html`<button
                          type="button"
                          data-thing=${row.id}
                          @click=${() => this.desk.open(row.kind, row.id, true)}
                        >
                          <strong>${row.title}</strong><br />${dueTag(t, row)}
                        </button>`,
                    )}
                  </section>`,
              )}
            </div>`
      }
      ${rows.value.length > 0 ? this.desk.template() : nothing}`;
  }
}
