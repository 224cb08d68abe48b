import { register } from './register.ts';

register();
export { register };
