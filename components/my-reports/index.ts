export { MyReports } from './my-reports.ts';
