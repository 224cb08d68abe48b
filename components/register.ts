import { ContextRoot } from '@lit/context';
import { AuditPage } from './audit-page/audit-page.ts';
import { ConfigStudio } from './config-studio/config-studio.ts';
import { County } from './county/county.ts';
import { HandlingBoard } from './handling-board/handling-board.ts';
import { ImportPage } from './import-page/import-page.ts';
import { MyReports } from './my-reports/my-reports.ts';
import { ReportForm } from './report-form/report-form.ts';
import { ReportTimeline } from './report-timeline/report-timeline.ts';
import { ReviewDesk } from './review-desk/review-desk.ts';
import { SatisfactionForm } from './satisfaction-form/satisfaction-form.ts';
import { Scoreboard } from './scoreboard/scoreboard.ts';
import { WorkflowMap } from './workflow-map/workflow-map.ts';

/** The only place where elements have tag names. */
export const elements = {
  county: County,
  'report-form': ReportForm,
  'my-reports': MyReports,
  'review-desk': ReviewDesk,
  'report-timeline': ReportTimeline,
  'handling-board': HandlingBoard,
  'satisfaction-form': SatisfactionForm,
  scoreboard: Scoreboard,
  'workflow-map': WorkflowMap,
  'config-studio': ConfigStudio,
  'import-page': ImportPage,
  'audit-page': AuditPage,
} as const;

let rooted = false;

/** Registers every element as `prefix-name`, once; another prefix lets two versions share a page. */
export function register({ prefix = 'mq' }: { prefix?: string } = {}): void {
  // Elements may be upgraded before the county above them; the root keeps their question until it is there.
  if (!rooted) new ContextRoot().attach(document.body);
  rooted = true;
  for (const [name, element] of Object.entries(elements)) {
    const tag = `${prefix}-${name}`;
    // A class has one tag: a second prefix gets a class of its own.
    if (!customElements.get(tag)) customElements.define(tag, prefix === 'mq' ? element : another(element));
  }
}

function another(element: CustomElementConstructor): CustomElementConstructor {
  return class extends element {};
}
