import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Language } from '../../src/model/text.ts';
import { says, text } from '../texts/texts.ts';
import { zh } from '../texts/zh.ts';

says(zh);

/** What stands for itself when it is read: one breath each. */
const BREATHS = 'h2, h3, p, li, dt, dd, td, th, legend, label, summary, button, option:checked';
const voices: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/** Reads what is in sight of an element's page aloud, from its beginning until it is stopped. */
export class ReadAloud {
  private reading = false;

  constructor(private readonly host: Element & ReactiveControllerHost) {}

  /** Nothing where the browser cannot speak, as inside some chat apps. */
  button(language: Language): TemplateResult | typeof nothing {
    if (!('speechSynthesis' in window)) return nothing;
    return html`<button
      type="button"
      aria-pressed=${this.reading ? 'true' : 'false'}
      @click=${() => this.toggle(language)}
    >
      ${text(language, this.reading ? 'stopReading' : 'readAloud')}
    </button>`;
  }

  private toggle(language: Language): void {
    window.speechSynthesis.cancel();
    this.reading = !this.reading;
    this.host.requestUpdate();
    if (!this.reading) return;
    const words = [...this.host.children].flatMap((child) => breathsIn(child));
    for (const breath of words) {
      const spoken = new SpeechSynthesisUtterance(breath);
      spoken.lang = voices[language];
      window.speechSynthesis.speak(spoken);
    }
    const last = new SpeechSynthesisUtterance('');
    const over = () => {
      this.reading = false;
      this.host.requestUpdate();
    };
    last.addEventListener('end', over);
    window.speechSynthesis.speak(last);
  }
}

/** The words in sight, in order, each once. */
function breathsIn(node: Element): string[] {
  const { display } = getComputedStyle(node);
  // What only groups others has no place of its own to be seen.
  if (display === 'none' || (display !== 'contents' && node.getClientRects().length === 0)) return [];
  const inside = [...(node.shadowRoot?.children ?? []), ...node.children];
  if (!node.matches(BREATHS)) return inside.flatMap(breathsIn);
  const own = inside.some((child) => child.querySelector(BREATHS) || child.matches(BREATHS));
  if (own) return [...ownWords(node), ...inside.flatMap(breathsIn)];
  const words = node.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '';
  return words === '' ? [] : [words];
}
function ownWords(node: Element): string[] {
  const words = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
  return words.map((child) => child.textContent?.trim() ?? '').filter((own) => own !== '');
}
