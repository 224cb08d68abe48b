import { html, LitElement, css, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ClientError, createClient } from '../../src/client/index.ts';
import { languageOfServer } from '../../src/model/text.ts';
import { CountyProvider } from '../parts/context.ts';
import type { ReadAloud } from '../parts/read-aloud.ts';
import { shared } from '../parts/styles.ts';
import { learn, relabel, text } from '../texts/texts.ts';

/** How often a page that stands open looks whether the config has changed, in milliseconds. */
const FOLLOW = 60_000;

/**
 * Carries the county, the server, the login and the language for every element under it.
 * @slot - The elements of this county.
 */
export class County extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        background: none;
      }
      :host([elder]) {
        --mq-font-size: 22px;
        --mq-target: 56px;
      }
    `,
  ];

  /** The county's id. */
  @property() county = '';
  /** Where the server is; the page's own place when empty. */
  @property() endpoint = '';
  /** `zh`, `en`, or a language that was taught by `teach`; the element's `lang` follows it. */
  @property() language = 'zh';
  /** `light`, `portal` (the red of a government site), `dark` or `contrast`; a portal's own `--mq-*` go before it. */
  @property({ reflect: true }) theme: 'light' | 'portal' | 'dark' | 'contrast' = 'light';
  /** For the old: large type and targets, fewer things at once, and the page read aloud where the browser can. */
  @property({ type: Boolean, reflect: true }) elder = false;
  /** The portal's login token, or how to get one. */
  @property({ attribute: false }) token: () => string | Promise<string> = () => '';

  /** Fetched with the first that is none of the page's own. */
  private dressed: Promise<void> | null = null;
  @state() private failure: unknown = null;
  private client: ReturnType<typeof createClient> | null = null;
  private looking: number | undefined;
  /** Fetched by those who want it. */
  @state() private reader: ReadAloud | null = null;
  private readonly provider = new CountyProvider(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.provider.connected();
    // A page that merely stands open follows too.
    this.looking = window.setInterval(() => {
      if (document.visibilityState === 'visible' && this.failure === null)
        this.client?.info().catch(() => undefined);
    }, FOLLOW);
  }
  override disconnectedCallback(): void {
    window.clearInterval(this.looking);
    super.disconnectedCallback();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    // What is under it is in this language, whatever the portal's page is in.
    if (changed.has('language')) this.lang = this.language === 'zh' ? 'zh-CN' : this.language;
    if (this.theme !== 'light') this.dressed ??= this.dress().catch(() => void (this.dressed = null));
    if (this.elder && this.reader === null)
      void import('../parts/read-aloud.ts').then(({ ReadAloud }) => (this.reader = new ReadAloud(this)));
    if (['county', 'endpoint', 'language', 'token', 'elder'].some((name) => changed.has(name)))
      void this.begin();
  }

  private async dress(): Promise<void> {
    const { themes } = await import('./themes.ts');
    if (themes.styleSheet) this.shadowRoot?.adoptedStyleSheets.push(themes.styleSheet);
  }
  private begin = async (): Promise<void> => {
    if (this.county === '') return;
    const { language } = this;
    let begunUnder: string | null = null;
    const client = createClient({
      endpoint: this.endpoint,
      county: this.county,
      token: () => this.token(),
      language: () => languageOfServer(language),
      // Another version of the county's config came into force: what is shown is asked for anew.
      answeredBy: (version) => {
        const changed = begunUnder !== null && begunUnder !== version;
        begunUnder = version;
        if (changed && this.client === client) void this.begin();
      },
    });
    this.client = client;
    const visit = { client, language: languageOfServer(language), elder: this.elder };
    this.provider.expect(visit);
    try {
      const [info] = await Promise.all([client.info(), learn(language), this.dressed]);
      // It has been asked anew meanwhile, with another token or in another language: that answer counts.
      if (this.client !== client) return;
      this.failure = null;
      relabel(info.labels);
      this.provider.give({ ...visit, info });
    } catch (error) {
      if (this.client !== client) return;
      // Whoever has not signed in, or is not of the directory: what is public is theirs too.
      const visits = error instanceof ClientError && (error.status === 401 || error.status === 404);
      await learn(language).catch(() => undefined);
      this.provider.give(null, visits ? visit : null);
      this.failure = error;
    }
  };

  protected override render() {
    const { failure } = this;
    const language = languageOfServer(this.language);
    if (failure === null || this.provider.open)
      return html`${this.elder ? html`<div class="bar aloud">${this.reader?.button(language)}</div>` : nothing}<slot
        ></slot>`;
    const offline = failure instanceof ClientError && failure.code === 'offline';
    const words = offline
      ? text(language, 'offline')
      : failure instanceof ClientError
        ? failure.message
        : text(language, 'failed');
    return html`<div class="notice warn" role="alert">
      <p>${words}</p>
      <button type="button" @click=${this.begin}>${text(language, 'retry')}</button>
    </div>`;
  }
}
