import { css } from 'lit';

/** The look that all elements share, and all that a form needs; a portal changes it by the `--mq-*` properties. */
export const shared = css`
  :host {
    --_ink: var(--mq-color-ink, #1c2733);
    --_soft: var(--mq-color-soft, #55626f);
    --_line: var(--mq-color-line, #d5dce3);
    --_paper: var(--mq-color-paper, #ffffff);
    --_wash: var(--mq-color-wash, #f4f7fa);
    --_main: var(--mq-color-main, #1f5fa8);
    --_main-ink: var(--mq-color-main-ink, #ffffff);
    --_alert: var(--mq-color-alert, #b42318);
    --_good: var(--mq-color-good, #1a7f4b);
    --_tint: var(--mq-color-tint, #e6eff9);
    --_radius: var(--mq-radius, 6px);
    --_space: var(--mq-space, 16px);
    display: block;
    color: var(--_ink);
    background: var(--_paper);
    font: var(
      --mq-font,
      var(--mq-font-size, 16px) / 1.6 system-ui,
      'PingFang SC',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      sans-serif
    );
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  /* For the old: fewer things at once. */
  :host([data-elder]) .secondary {
    display: none;
  }
  @media (forced-colors: active) {
    /* Colours and shadows are the reader's own: what is chosen, and what is drawn by its ground, has lines. */
    [aria-pressed='true'],
    [aria-current='true'] {
      border-color: Highlight;
      outline: 2px solid Highlight;
      outline-offset: -4px;
    }
    mark {
      border: 1px solid;
    }
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  section {
    margin: 0 0 24px;
  }
  h2,
  h3 {
    margin: 0 0 8px;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.3em;
    margin-bottom: 16px;
  }
  h3 {
    font-size: 1.05em;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    min-height: var(--mq-target, 44px);
    padding: 8px 18px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_paper);
    cursor: pointer;
    overflow-wrap: break-word;
  }
  button:hover {
    background: var(--_wash);
  }
  button.primary {
    background: var(--_main);
    border-color: var(--_main);
    color: var(--_main-ink);
  }
  button.primary:hover {
    filter: brightness(0.92);
  }
  button[aria-pressed='true'],
  button[aria-current='true'] {
    border-color: var(--_main);
    color: var(--_main);
    box-shadow: inset 0 -2px 0 var(--_main);
  }
  button.link {
    min-height: var(--mq-target, 44px);
    padding: 4px 2px;
    border: 0;
    background: none;
    color: var(--_main);
    text-align: left;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  :focus-visible,
  label.file:focus-within {
    outline: 3px solid var(--mq-color-focus, #c06a00);
    outline-offset: 2px;
  }
  input,
  select,
  textarea {
    width: 100%;
    min-height: var(--mq-target, 44px);
    padding: 8px 12px;
    border: 1px solid var(--mq-color-field-line, #7c8a98);
    border-radius: var(--_radius);
    background: var(--_paper);
  }
  textarea {
    display: block;
    min-height: 120px;
    resize: vertical;
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 20px;
    min-height: 20px;
    height: 20px;
    flex: none;
    accent-color: var(--_main);
  }
  [aria-invalid='true'] {
    border-color: var(--_alert);
    border-width: 2px;
  }
  .field {
    margin: 0 0 var(--_space);
    border: 0;
    padding: 0;
    min-width: 0;
  }
  .field > label,
  legend {
    display: block;
    font-weight: 600;
    margin-bottom: 4px;
    padding: 0;
  }
  .field label.file {
    display: inline-block;
    position: relative;
    padding: 9px 18px;
    margin-bottom: 4px;
    font-weight: normal;
  }
  /* A camera is offered where there is one at hand. */
  @media (pointer: fine) {
    .field .bar .camera {
      display: none;
    }
  }
  .mark {
    color: var(--_alert);
    font-weight: 400;
    font-size: 0.85em;
  }
  .hint,
  .soft {
    color: var(--_soft);
    font-size: 0.9em;
  }
  input + .hint,
  textarea + .hint {
    margin-top: 4px;
  }
  select + .bar,
  .hint + .bar {
    margin-top: 8px;
  }
  .error {
    color: var(--_alert);
    font-weight: 600;
    margin: 4px 0;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: var(--mq-target, 44px);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .bar.facts {
    gap: 4px 14px;
    margin: 0 0 8px;
  }
  .summary {
    border: 2px solid var(--_alert);
    border-radius: var(--_radius);
    padding: 12px 16px;
    margin: 0 0 var(--_space);
  }
  .summary ul {
    margin: 0;
    padding-left: 1.2em;
  }
  .summary a {
    color: var(--_alert);
  }
  .notice {
    background: var(--_wash);
    border-left: 4px solid var(--_main);
    padding: 10px 14px;
    margin: 0 0 var(--_space);
  }
  .notice.warn {
    border-color: var(--_alert);
  }
  .notice.good {
    border-color: var(--_good);
  }
  mark {
    padding: 0 1px;
    border-radius: 2px;
    background: var(--mq-color-shared, #fff0c2);
    color: var(--mq-color-shared-ink, #1c2733);
  }
  .similar {
    position: relative;
  }
  .similar li + li {
    margin-top: 14px;
    padding-top: 10px;
    border-top: 1px solid var(--_line);
  }
  .tag {
    display: inline-block;
    padding: 0 8px;
    border-radius: 4px;
    background: var(--_wash);
    border: 1px solid var(--_line);
    font-size: 0.85em;
    white-space: nowrap;
  }
  .seen-by-readers {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr));
    gap: 8px 20px;
    margin: 0 0 var(--_space);
  }
  dl .long {
    grid-column: 1 / -1;
  }
  dt {
    font-weight: 600;
    color: var(--_soft);
    font-size: 0.9em;
  }
  dd {
    margin: 0;
    white-space: pre-wrap;
  }
  ul.plain {
    list-style: none;
    margin: 0;
    padding: 0;
  }
`;
