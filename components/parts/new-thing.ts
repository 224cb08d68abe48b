import { html, nothing, type ReactiveController } from 'lit';
import { ClientError } from '../../src/client/index.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import type { ActionView, ThingView } from '../../src/model/view.ts';
import type { RootHost } from './root-host.ts';
import { ActionForm } from './action-form.ts';
import type { CountyContext } from './context.ts';
import { kindLabel } from './kind-label.ts';
import type { Say } from './thing.ts';

/** Opens a thing that does not exist yet, by the first actions of its kind. */
export class NewThing implements ReactiveController {
  private kind: ThingKind | null = null;
  private actions: ActionView[] = [];
  private failure: unknown = null;
  private readonly form: ActionForm;

  constructor(
    private readonly host: RootHost,
    private readonly county: () => CountyContext | null,
    private readonly t: Say,
    private readonly errorText: (error: unknown) => string,
    after: (view: ThingView, action: ActionView) => void,
  ) {
    host.addController(this);
    this.form = new ActionForm(
      host,
      county,
      ({ act, key }) => {
        const client = county()?.client;
        if (!client || this.kind === null) throw new ClientError('offline', 0, '');
        return client.open(this.kind, act, key);
      },
      (view, action) => {
        this.failure = null;
        after(view, action);
      },
      (error) => (this.failure = error),
    );
  }
  hostConnected(): void {}

  /** The forms of a kind, asked for when they are opened. */
  private async load(kind: ThingKind): Promise<void> {
    this.kind = kind;
    this.form.reset();
    this.actions = [];
    try {
      this.actions = (await this.county()?.client.blank(kind))?.actions ?? [];
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
    this.host.requestUpdate();
  }

  template(kind: ThingKind) {
    const county = this.county();
    if (!county?.info.may.includes(`create:${kind}`)) return nothing;
    const label = this.t('newThing', { kind: kindLabel(this.t, county, kind) });
    const [first] = this.actions;
    const last = this.actions.find(({ tone }) => tone === 'primary') ?? first;
    const open = (event: Event) => {
      if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open) void this.load(kind);
    };
    return html`<details class="count" name="new" data-new=${kind} @toggle=${open}>
      <summary>${label}</summary>
      ${this.failure ? html`<p class="error" role="alert">${this.errorText(this.failure)} ${this.form.retry()}</p>` : nothing}
      ${
        last && this.kind === kind
          ? html`<form
              class="action-form"
              novalidate
              aria-label=${label}
              @submit=${(event: Event) => {
                event.preventDefault();
                void this.form.submit(last, true);
              }}
            >
              ${this.form.fields(last)}
              ${this.form.bar(this.actions, last, (action) => void this.form.submit(this.form.draftOf(action, last), false))}
            </form>`
          : nothing
      }
    </details>`;
  }
}
