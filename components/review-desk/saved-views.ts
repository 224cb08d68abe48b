import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CountyContext } from '../parts/context.ts';
import type { Say } from '../parts/thing.ts';
import type { Shown } from './shown.ts';

interface SavedView extends Shown {
  name: string;
}

/** Lists that somebody gave a name, kept in their browser: whoever shares it sees only their own. */
export class SavedViews {
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly t: Say,
    private readonly show: (shown: Shown) => void,
  ) {}

  private place = ({ client, info }: CountyContext): string => `minqing-views/${client.county}/${info.me.id}`;
  private read(county: CountyContext): SavedView[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.place(county)) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isSaved) : [];
    } catch {
      return [];
    }
  }
  private keep(county: CountyContext, views: readonly SavedView[]): void {
    try {
      localStorage.setItem(this.place(county), JSON.stringify(views));
    } catch {
      // A browser that keeps nothing shows what it has.
    }
    this.host.requestUpdate();
  }

  template(county: CountyContext, shown: Shown): TemplateResult {
    const views = this.read(county);
    const save = (event: Event) => {
      event.preventDefault();
      const form = event.currentTarget;
      if (!(form instanceof HTMLFormElement)) return;
      const name = String(new FormData(form).get('name') ?? '').trim();
      if (name === '') return;
      this.keep(county, [...views.filter((view) => view.name !== name), { ...shown, name }]);
      form.reset();
    };
    return html`<details class="saved">
      <summary>${this.t('savedViews', { n: views.length })}</summary>
      <ul class="plain">
        ${views.map(
          ({ name, ...saved }) =>
            html`<li>
              <button type="button" data-saved=${name} @click=${() => this.show(saved)}>${name}</button>
              <button
                type="button"
                class="link"
                @click=${() =>
                  this.keep(
                    county,
                    views.filter((view) => view.name !== name),
                  )}
              >
                ${this.t('remove', { name })}
              </button>
            </li>`,
        )}
      </ul>
      <form class="bar" @submit=${save}>
        <label>${this.t('saveViewAs')} <input name="name" maxlength="40" required /></label>
        <button part="button">${this.t('saveView')}</button>
      </form>
    </details>`;
  }
}

function isSaved(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['name', 'kind', 'view', 'stage', 'search'].every((part) => typeof Reflect.get(value, part) === 'string')
  );
}
