export { County } from './county.ts';
