import { html, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CountyContext } from '../parts/context.ts';
import { CountyElement } from '../parts/element.ts';
import { shared } from '../parts/styles.ts';
import { flowMapStyles, things } from '../parts/thing-styles.ts';
import { ThingDesk } from '../parts/thing-desk.ts';
import { says } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/**
 * Asks how satisfied one is with how a matter was handled, once its time has come.
 * @csspart actions - What the reader may do now.
 * @csspart button - Every button that acts.
 * @csspart field - One question of a form.
 * @csspart form - A form that is being filled.
 * @csspart history - What happened so far.
 * @csspart map - The map of the stages.
 * @csspart paper - A paper as it will print.
 * @csspart papers - What can be printed of it.
 * @csspart table - A table of points or quotas.
 * @csspart sources - The reports that a piece is made of.
 * @csspart takes - The things a piece or an issue is made of.
 * @csspart thing - The opened thing.
 */
export class SatisfactionForm extends CountyElement {
  static override styles = [shared, things, flowMapStyles];

  /** The handling item's id. */
  @property() thing = '';
  @state() private loaded = false;

  private readonly desk = new ThingDesk(this, {
    county: () => this.county,
    errorText: (error) => this.errorText(error),
    done: (view, action) => this.announce({ kind: view.kind, id: view.id, action: action.action }),
    reload: () => this.reload(),
    only: { action: 'rate', otherwise: 'notNow' },
  });

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('thing')) this.reload();
  }
  protected override load(_county: CountyContext): void {
    if (this.thing !== '') void this.desk.open('handling', this.thing).then(() => (this.loaded = true));
  }
  protected override render() {
    if (this.thing === '') return html`<p class="soft">${this.t('notNow')}</p>`;
    if (!this.loaded) return this.loadingState();
    return html`<h2>${this.t('satisfaction')}</h2>
      ${this.desk.template()}`;
  }
}
