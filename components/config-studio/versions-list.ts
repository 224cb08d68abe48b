import { html, nothing, type TemplateResult } from 'lit';
import type { ThingKind } from '../../src/model/thing.ts';
import type { Migration, UnderWay, VersionPage, VersionRow } from '../../src/model/version.ts';
import type { Say } from '../parts/thing.ts';
import { valueIn } from '../parts/value-in.ts';

export interface VersionsParts {
  versions: readonly VersionRow[];
  opened: VersionPage | null;
  mayApprove: boolean;
  busy: boolean;
  /** From which day on a version is to be published. */
  from: string;
  t: Say;
  open: (number: number) => void;
  setFrom: (from: string) => void;
  /** What becomes of the things under way when it is published; and what that would be, once it was looked at. */
  underWay: UnderWay['how'] | 'keep';
  setUnderWay: (how: UnderWay['how'] | 'keep') => void;
  migration: Migration | null;
  look: (number: number) => void;
  kindName: (kind: ThingKind) => string;
  mapStage: (number: number, kind: ThingKind, stage: string, goal: string) => void;
  step: (number: number, step: 'approve' | 'publish' | 'roll-back') => void;
}

/** The versions of a config, the newest first; one opened shows what it says otherwise than the one in force. */
export function versionsList(parts: VersionsParts): TemplateResult {
  const { t } = parts;
  return html`<ol class="versions" reversed>
    ${[...parts.versions].reverse().map((version) => {
      const open = parts.opened?.number === version.number;
      return html`<li data-version=${version.number}>
        <button
          type="button"
          class="link"
          aria-expanded=${open ? 'true' : 'false'}
          ?disabled=${parts.busy}
          @click=${() => parts.open(version.number)}
        >
          ${t('versionNumber', { n: version.number })}
        </button>
        <span class="tag ${version.standing === 'in-force' ? 'good' : ''}" data-standing=${version.standing}
          >${t(`standing_${version.standing}`)}</span
        >
        ${
          version.published && version.published.from > '0001-01-01'
            ? html`<span class="soft">${t('since', { date: version.published.from })}</span>`
            : nothing
        }
        ${version.backTo === null ? nothing : html`<span class="soft">${t('backTo', { n: version.backTo })}</span>`}
        ${version.alone ? html`<span class="tag late">${t('alone')}</span>` : nothing}
        ${version.note ? html`<span>${version.note}</span>` : nothing}
        ${open && parts.opened ? opened(parts.opened, parts) : nothing}
      </li>`;
    })}
  </ol>`;
}

function opened(version: VersionPage, parts: VersionsParts): TemplateResult {
  const { t, busy } = parts;
  const { number, standing } = version;
  const shown = (value: unknown) => (value === null ? t('notSaid') : JSON.stringify(value));
  const button = (step: 'approve' | 'publish' | 'roll-back', primary: boolean) =>
    html`<button
      type="button"
      class=${primary ? 'primary' : ''}
      data-step=${step}
      ?disabled=${busy}
      @click=${() => parts.step(number, step)}
    >
      ${t(`step_${step}`)}
    </button>`;
  const steps =
    standing === 'draft'
      ? button('approve', true)
      : standing === 'approved'
        ? html`<label
              >${t('inForceFrom')}
              <input
                type="date"
                .value=${parts.from}
                @input=${(event: Event) =>
                  parts.setFrom(event.target instanceof HTMLInputElement ? event.target.value : '')} /></label
            ><label
              >${t('underWay')}
              <select data-under-way @change=${(event: Event) => parts.setUnderWay(howIn(event))}>
                ${hows.map(
                  (how) =>
                    html`<option value=${how} ?selected=${how === parts.underWay}>
                      ${t(`underWay_${how}`)}
                    </option>`,
                )}
              </select></label
            >${button('publish', true)}`
        : standing === 'superseded'
          ? button('roll-back', false)
          : nothing;
  return html`<div class="opened">
    ${
      version.differences.length === 0
        ? html`<p class="soft">${t('noDifference')}</p>`
        : html`<ul class="differences">
            ${version.differences.map(
              ({ path, was, now }) =>
                html`<li><code>${path}</code> <del>${shown(was)}</del> → <ins>${shown(now)}</ins></li>`,
            )}
          </ul>`
    }
    ${parts.mayApprove ? html`<div class="bar">${steps}</div>` : nothing}
    ${
      parts.mayApprove && (standing === 'draft' || standing === 'approved')
        ? html`<button type="button" data-look ?disabled=${busy} @click=${() => parts.look(number)}>
              ${t('whatBecomes')}
            </button>
            ${parts.migration?.to === String(number) ? becomes(parts.migration, number, parts) : nothing}`
        : nothing
    }
  </div>`;
}

const hows = ['keep', 'next-stage', 'now'] as const;
function howIn(event: Event): (typeof hows)[number] {
  return hows.find((how) => how === valueIn(event)) ?? 'keep';
}

/** How many would move over, where the stages that are no more go to, and what would not move, with the reason. */
function becomes({ rows, gone }: Migration, number: number, parts: VersionsParts): TemplateResult {
  const { t } = parts;
  const refused = rows.filter(({ is }) => is === 'refused');
  return html`<div role="status">
      <p>${t('underWaySum', { n: rows.length, refused: refused.length })}</p>
    </div>
    ${gone.map(
      ({ kind, stage, goals, goal }) =>
        html`<p>
          <label
            >${t('stageGone', { kind: parts.kindName(kind), stage: stage.label })}
            <select
              data-gone=${`${kind}/${stage.id}`}
              ?disabled=${parts.busy}
              @change=${(event: Event) => parts.mapStage(number, kind, stage.id, valueIn(event))}
            >
              <option value="" ?selected=${goal === null}>${t('stageGoneOpen')}</option>
              ${goals.map(
                ({ id, label }) => html`<option value=${id} ?selected=${id === goal}>${label}</option>`,
              )}
            </select></label
          >
        </p>`,
    )}
    <ul class="plain">
      ${refused.map(({ said }) => html`<li>${said.join(' ')}</li>`)}
    </ul>`;
}
