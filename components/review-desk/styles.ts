import { css } from 'lit';

/** The list, its bars and what is chosen in it. */
export const deskStyles = css`
  .list {
    height: min(640px, 80vh);
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    position: relative;
  }
  .list svg {
    display: block;
  }
  .list [role='listitem'] {
    display: flex;
  }
  .row {
    display: block;
    flex: 1;
    min-width: 0;
    height: calc(var(--mq-font-size, 16px) * 4.75);
    padding: 8px 14px;
    overflow: hidden;
    text-align: left;
    border-width: 0 0 1px;
    border-radius: 0;
  }
  .pick-row {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    border-bottom: 1px solid var(--_line);
  }
  .row strong {
    display: block;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .row .tag {
    white-space: nowrap;
  }
  .bar {
    margin-bottom: 10px;
  }
  .bar select,
  .bar input {
    width: auto;
  }
  input.search {
    flex: 1 1 160px;
  }
  .row .meta {
    display: flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .row .meta > * {
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* Where there is no room for all, names go first, and when it is due stays. */
  .row .meta > .soft {
    flex-shrink: 1000;
  }
  .row .meta > .stage {
    min-width: 3.6em;
  }
  .row .meta > .stage + .tag {
    flex: none;
  }
  .saved ul,
  .keys dl {
    margin: 8px 0;
  }
  .saved li {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-bottom: 8px;
  }
  .results li {
    padding: 8px 0;
    border-bottom: 1px solid var(--_line);
  }
  .results .link {
    min-height: 0;
  }
  .keys dl {
    grid-template-columns: auto 1fr;
    gap: 6px 16px;
  }
  @media (max-width: 760px) {
    .filters.open {
      display: none;
    }
    .kinds {
      flex-wrap: nowrap;
      overflow-x: auto;
    }
    .kinds button {
      flex: none;
    }
  }
  @media (max-width: 760px), (hover: none) {
    .keys {
      display: none;
    }
  }
  .register {
    margin-top: 8px;
  }
  .register fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(8em, 100%), 1fr));
    gap: 4px 16px;
    margin: 8px 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .register .tick {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
  }
`;
