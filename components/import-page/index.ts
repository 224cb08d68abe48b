export { ImportPage } from './import-page.ts';
