import type { CSSResult } from 'lit';
import type { RootHost } from './root-host.ts';

/** The look of a part that is fetched later goes into its element along with it, once. */
export function adopt({ renderRoot }: RootHost, { styleSheet }: CSSResult): void {
  if (!(renderRoot instanceof ShadowRoot) || !styleSheet) return;
  const { adoptedStyleSheets: sheets } = renderRoot;
  if (!sheets.includes(styleSheet)) renderRoot.adoptedStyleSheets = [...sheets, styleSheet];
}
