import { html, type TemplateResult } from 'lit';
import type { Option } from '../../src/model/view.ts';
import type { Say } from './thing.ts';

/** A paper to be looked at as it will print, or taken away as Word. */
export const paperButtons = (
  t: Say,
  { value, label }: Option,
  preview: () => unknown,
  save: () => unknown,
): TemplateResult =>
  html`<span class="bar">
    <button type="button" part="button" data-preview=${value} @click=${preview}>
      ${t('previewPaper', { label })}
    </button>
    <button type="button" part="button" data-paper=${value} aria-label=${`${label} .docx`} @click=${save}>
      .docx
    </button>
  </span>`;
