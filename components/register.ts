import { County } from './county/county.ts';
import { ReportForm } from './report-form/report-form.ts';

/** The only place where elements have tag names: what most pages have is there at once, */
const atOnce = { county: County, 'report-form': ReportForm };
/** and the others are fetched when their tag is first met. */
const elements: Record<string, () => Promise<CustomElementConstructor>> = {
  'my-reports': async () => (await import('./my-reports/my-reports.ts')).MyReports,
  'review-desk': async () => (await import('./review-desk/review-desk.ts')).ReviewDesk,
  'report-timeline': async () => (await import('./report-timeline/report-timeline.ts')).ReportTimeline,
  'handling-board': async () => (await import('./handling-board/handling-board.ts')).HandlingBoard,
  'satisfaction-form': async () =>
    (await import('./satisfaction-form/satisfaction-form.ts')).SatisfactionForm,
  scoreboard: async () => (await import('./scoreboard/scoreboard.ts')).Scoreboard,
  'workflow-map': async () => (await import('./workflow-map/workflow-map.ts')).WorkflowMap,
  'config-studio': async () => (await import('./config-studio/config-studio.ts')).ConfigStudio,
  'import-page': async () => (await import('./import-page/import-page.ts')).ImportPage,
  'audit-page': async () => (await import('./audit-page/audit-page.ts')).AuditPage,
};

/**
 * Knows every element as `prefix-name`; another prefix lets two versions share a page. Elements inside a shadow root of
 * the host's own are met where it is given as `within`.
 */
export function register({
  prefix = 'mq',
  within = document,
}: { prefix?: string; within?: Document | ShadowRoot } = {}): void {
  const define = (tag: string, element: CustomElementConstructor) => {
    // A class has one tag: a second prefix gets a class of its own.
    if (!customElements.get(tag)) customElements.define(tag, prefix === 'mq' ? element : another(element));
  };
  for (const [name, element] of Object.entries(atOnce)) define(`${prefix}-${name}`, element);
  const unmet = new Map(Object.entries(elements).map(([name, load]) => [`${prefix}-${name}`, load]));
  const look = () => {
    for (const [tag, load] of unmet) {
      if (!within.querySelector(tag)) continue;
      unmet.delete(tag);
      load().then(
        (element) => define(tag, element),
        () => {
          // Not reached: once the page is connected again, or when something is next put into it.
          unmet.set(tag, load);
          window.addEventListener('online', look, { once: true });
        },
      );
    }
    if (unmet.size === 0) watching.disconnect();
  };
  const watching = new MutationObserver(look);
  watching.observe(within, { childList: true, subtree: true });
  look();
}

function another(element: CustomElementConstructor): CustomElementConstructor {
  return class extends element {};
}
