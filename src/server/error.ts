import { MinqingError } from '../model/error.ts';

/** A refusal of the server itself, before the desk is asked. */
export class ServerError extends MinqingError {}
