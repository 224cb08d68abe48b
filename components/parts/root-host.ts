import type { ReactiveControllerHost } from 'lit';

/** An element as its controllers know it: what it has drawn, too. */
export interface RootHost extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
}
