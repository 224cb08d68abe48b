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
    min-height: 44px;
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
    min-height: 44px;
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
  :focus-visible {
    outline: 3px solid var(--mq-color-focus, #c06a00);
    outline-offset: 2px;
  }
  input,
  select,
  textarea {
    width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--mq-color-field-line, #7c8a98);
    border-radius: var(--_radius);
    background: var(--_paper);
  }
  textarea {
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
    min-height: 44px;
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
  .tag.stage {
    background: var(--_tint);
    border-color: transparent;
    color: var(--_main);
    font-weight: 600;
  }
  .tag.late {
    color: var(--_alert);
    border-color: currentcolor;
    background: var(--_paper);
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
    margin: 0;
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

/** What shows things: histories, tables, files, actions. */
export const things = css`
  details.told {
    margin: 0 0 12px;
  }
  details.told ul {
    list-style: none;
    margin: 8px 0 0;
    padding: 0;
    max-height: 40vh;
    overflow: auto;
  }
  details.told li {
    margin: 0 0 6px;
  }
  details.told li button {
    display: block;
    width: 100%;
    text-align: start;
    overflow-wrap: anywhere;
  }
  details.aside summary {
    min-height: 44px;
    padding: 10px 0;
    color: var(--_soft);
    cursor: pointer;
  }
  .wide + .bar {
    margin-top: 16px;
  }
  h3.title {
    font-size: 1.2em;
  }
  button.danger {
    color: var(--_alert);
    border-color: currentcolor;
  }
  button[aria-expanded='true']:not(.link) {
    box-shadow: 0 0 0 2px var(--_tint);
    border-color: var(--_main);
  }
  form.bar {
    align-items: end;
  }
  .acts {
    border-block: 1px solid var(--_line);
    padding: 14px 0;
  }
  .action-form {
    margin-top: 14px;
    padding: 16px;
    border: 1px solid var(--_line);
    border-top: 3px solid var(--_main);
    border-radius: var(--_radius);
    background: var(--_wash);
  }
  .along {
    max-height: 300px;
    overflow: auto;
    margin-top: 8px;
  }
  .along label {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
  }
  .files img {
    display: block;
    max-width: min(100%, 320px);
    max-height: 240px;
    border-radius: 4px;
  }
  .said {
    white-space: pre-wrap;
  }
  .wide {
    /* What only readers hear is scrolled along, and widens no page. */
    position: relative;
    overflow-x: auto;
  }
  details[data-flow] {
    margin-bottom: 20px;
  }
  td.date {
    white-space: nowrap;
  }
  ol.history {
    list-style: none;
    margin: 0 0 var(--_space);
    padding: 0 0 0 18px;
    border-left: 2px solid var(--_line);
  }
  ol.history li {
    position: relative;
    margin-bottom: 14px;
  }
  ol.history li::before {
    content: '';
    position: absolute;
    left: -25px;
    top: 8px;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--_main);
    border: 2px solid var(--_paper);
  }
  /* Words stay whole where columns share the width: a table wider than the page is scrolled in its place. */
  table {
    overflow-wrap: break-word;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  td button {
    white-space: nowrap;
  }
  th {
    word-break: keep-all;
  }
  td:not(.number, .date, [colspan]) {
    min-width: 5em;
  }
  th,
  td {
    text-align: left;
    padding: 8px 10px;
    border-bottom: 1px solid var(--_line);
    vertical-align: top;
  }
  td.number,
  th.number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  @media (max-width: 600px) {
    th,
    td {
      padding-inline: 5px;
    }
    td button {
      padding-inline: 10px;
    }
    td:not(.number, .date, [colspan]) {
      min-width: 4em;
    }
  }
`;

/** A list and, beside it, what is open; on a phone one of the two. */
export const sides = css`
  .sides {
    display: grid;
    grid-template-columns: minmax(260px, 2fr) 3fr;
    gap: 24px;
    align-items: start;
  }
  .sides > * {
    min-width: 0;
  }
  .back {
    display: none;
    margin-bottom: 12px;
  }
  @media (max-width: 760px) {
    .sides {
      grid-template-columns: minmax(0, 1fr);
    }
    .sides.open > .left,
    .sides:not(.open) > .right {
      display: none;
    }
    .back {
      display: inline-block;
    }
  }
`;

/** Tables of standings, wherever they are shown. */
export const scoreStyles = css`
  .chart rect {
    fill: var(--_main);
  }
  thead th {
    border-bottom: 2px solid var(--_main);
  }
  .group th {
    padding-top: 18px;
    color: var(--_soft);
  }
  tr.first td.number:first-child {
    color: var(--_alert);
    font-weight: 700;
  }
  .lines {
    background: var(--_wash);
  }
  dl.summary {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 24px;
  }
  @media (max-width: 600px) {
    .chart {
      display: none;
    }
  }
`;
