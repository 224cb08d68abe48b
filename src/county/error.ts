import { MinqingError } from '../model/error.ts';

/** A config that cannot be used as it is. `minqing check` says where. */
export class ConfigError extends MinqingError {}
