export { ReportTimeline } from './report-timeline.ts';
