import { register } from './register.ts';
import { teach } from './texts/texts.ts';

register();
export { register, teach };
