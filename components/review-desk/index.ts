export { ReviewDesk } from './review-desk.ts';
