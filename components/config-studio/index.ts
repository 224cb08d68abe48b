export { ConfigStudio } from './config-studio.ts';
