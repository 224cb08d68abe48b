export { ReportForm } from './report-form.ts';
