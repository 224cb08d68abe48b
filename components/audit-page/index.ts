export { AuditPage } from './audit-page.ts';
