import { css } from 'lit';

/** What shows things: histories, tables, files, actions. */
export const things = css`
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
    min-height: var(--mq-target, 44px);
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
  kbd {
    padding: 0 5px;
    border: 1px solid currentcolor;
    border-radius: 4px;
    font:
      0.8em/1.4 ui-monospace,
      monospace;
    opacity: 0.75;
  }
  @media (hover: none) {
    button kbd {
      display: none;
    }
  }
  .undo {
    min-height: 44px;
    margin-left: 8px;
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
    min-height: var(--mq-target, 44px);
  }
  .files img {
    display: block;
    max-width: min(100%, 320px);
    max-height: 240px;
    border-radius: 4px;
  }
  .remark {
    margin: 6px 0 0;
    padding: 6px 12px;
    border-left: 3px solid var(--_main);
    background: var(--_wash);
    white-space: pre-wrap;
  }
  dd.remarks {
    white-space: normal;
  }
  .remark.settled {
    border-color: var(--_line);
    color: var(--_soft);
  }
  .link.remark-on {
    font-size: 0.85em;
  }
  /* What is said of a field stands nearer to it than to the next one. */
  dd.remarks .link.remark-on {
    margin: -8px 0 6px;
  }
  .difference {
    margin: 4px 0;
    white-space: pre-wrap;
  }
  del {
    color: var(--_alert);
  }
  ins {
    color: var(--_good);
    text-underline-offset: 3px;
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
  @media (forced-colors: active) {
    ol.history li::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
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
    min-width: calc(4em + 20px);
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
      min-width: calc(4em + 10px);
    }
  }
`;

/** On paper: what is read, and nothing that is pressed or filled in. */
export const onPaper = css`
  @media print {
    button:not(.link),
    .remark-on,
    .acts,
    .similar,
    form,
    summary,
    input,
    select,
    .chart {
      display: none !important;
    }
    button.link {
      min-height: 0;
      padding: 0;
      color: inherit;
      text-decoration: none;
    }
    .wide {
      overflow: visible;
    }
    thead {
      display: table-header-group;
    }
    tr,
    ol.history li {
      break-inside: avoid;
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
  .moved {
    position: relative;
    display: inline-block;
    min-width: 2.4em;
    font-size: 0.8em;
    font-weight: 400;
    color: var(--_soft);
  }
  .moved.up {
    color: var(--_good);
  }
  .moved.down {
    color: var(--_alert);
  }
  @media (forced-colors: active) {
    .chart rect {
      fill: CanvasText;
    }
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
  dl.figures {
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

export const flowMapStyles = css`
  .flow {
    overflow: auto;
    max-height: 80vh;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    scroll-padding: 40px;
  }
  .flow svg {
    display: block;
    margin: 0 auto;
  }
  .flow rect {
    fill: var(--_paper);
    stroke: var(--_soft);
    stroke-width: 1.2;
  }
  .flow .end rect {
    fill: var(--_wash);
    stroke-dasharray: 4 3;
  }
  .flow .visited rect {
    fill: var(--_tint);
    stroke: var(--_main);
  }
  .flow .skipped rect {
    stroke-dasharray: 2 3;
  }
  .flow .skipped text {
    fill: var(--_soft);
    text-decoration: line-through;
  }
  .flow .current rect {
    fill: var(--_main);
    stroke: var(--_main);
    stroke-dasharray: none;
  }
  .flow text {
    fill: var(--_ink);
    font-size: 15px;
    text-anchor: middle;
  }
  .flow text.small {
    fill: var(--_soft);
    font-size: 12.5px;
  }
  .flow .current text {
    fill: var(--_main-ink);
  }
  .flow path {
    fill: none;
    stroke: var(--_soft);
    stroke-width: 1.2;
  }
  .flow .main path {
    stroke: var(--_ink);
    stroke-width: 2;
  }
  .flow .back path {
    stroke-width: 1;
    stroke-dasharray: 5 4;
  }
  .flow .now path,
  .flow .edge:hover path {
    stroke: var(--_main);
  }
  .flow .edge:hover path {
    stroke-width: 2.5;
  }
  .flow .edge text {
    fill: var(--_soft);
    font-size: 12.5px;
    stroke: var(--_paper);
    stroke-width: 7px;
    stroke-linejoin: round;
    paint-order: stroke;
  }
  .flow .main text {
    fill: var(--_ink);
  }
  .flow .now text,
  .flow .edge:hover text {
    fill: var(--_main);
  }
  .flow marker path {
    fill: var(--_soft);
    stroke: none;
  }
  .flow #arrow-main path {
    fill: var(--_ink);
  }
  .flow #arrow-now path {
    fill: var(--_main);
  }
  .in-words {
    margin-top: 8px;
  }
  details > summary {
    min-height: var(--mq-target, 44px);
    padding: 8px 0;
    cursor: pointer;
  }
  .in-words ul {
    margin: 0;
    padding-left: 1.2em;
  }
  @media (forced-colors: active) {
    .flow svg {
      forced-color-adjust: none;
      --_paper: Canvas;
      --_wash: Canvas;
      --_tint: Canvas;
      --_ink: CanvasText;
      --_soft: CanvasText;
      --_main: CanvasText;
      --_main-ink: Canvas;
    }
  }
`;
