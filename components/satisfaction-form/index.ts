export { SatisfactionForm } from './satisfaction-form.ts';
