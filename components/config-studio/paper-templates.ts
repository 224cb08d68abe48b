import { html, nothing, type TemplateResult } from 'lit';
import type { PaperId } from '../../src/model/paper.ts';
import type { VersionPage } from '../../src/model/version.ts';
import type { Say } from '../parts/thing.ts';

export interface TemplatesParts {
  papers: VersionPage['papers'];
  mayDraft: boolean;
  busy: boolean;
  t: Say;
  take: (paper: PaperId, example: boolean) => void;
  /** A file in the place of the template; nothing in the place of the county's own. */
  give: (paper: PaperId, file: Blob) => void;
}

/** What is printed, each with its Word template: taken, changed in Word, and given back. */
export function paperTemplates(parts: TemplatesParts): TemplateResult {
  const { t, busy } = parts;
  const chosen = (paper: PaperId) => (event: Event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file) parts.give(paper, file);
  };
  return html`<details class="group" data-templates>
    <summary>${t('templates')}</summary>
    <p class="soft">${t('templatesHint')}</p>
    <ul class="versions">
      ${parts.papers.map(({ paper, label, own }) => {
        const button = (words: 'takeTemplate' | 'tryTemplate', act: () => void) =>
          html`<button
            type="button"
            data-do=${words}
            aria-label=${t('ofPaper', { what: t(words), paper: label })}
            ?disabled=${busy}
            @click=${act}
          >
            ${t(words)}
          </button>`;
        return html`<li data-paper=${paper}>
          <span class="paper">${label}</span>
          <span class="tag ${own ? 'good' : ''}">${t(own ? 'templateOwn' : 'templateBuiltIn')}</span>
          <span class="bar">
            ${button('takeTemplate', () => parts.take(paper, false))}
            ${button('tryTemplate', () => parts.take(paper, true))}
            ${
              parts.mayDraft
                ? html`<label class="button file"
                    ><input
                      class="seen-by-readers"
                      type="file"
                      accept=".docx"
                      aria-label=${t('ofPaper', { what: t('giveTemplate'), paper: label })}
                      ?disabled=${busy}
                      @change=${chosen(paper)}
                    />${t('giveTemplate')}</label
                  >`
                : nothing
            }
            ${
              parts.mayDraft && own
                ? html`<button
                    type="button"
                    data-do="dropTemplate"
                    aria-label=${t('ofPaper', { what: t('dropTemplate'), paper: label })}
                    ?disabled=${busy}
                    @click=${() => parts.give(paper, new Blob())}
                  >
                    ${t('dropTemplate')}
                  </button>`
                : nothing
            }
          </span>
        </li>`;
      })}
    </ul>
  </details>`;
}
