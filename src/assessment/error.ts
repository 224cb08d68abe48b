import { MinqingError } from '../model/error.ts';

/** A count that cannot be made: it stops, and never prints a table that silently misses something. */
export class AssessmentError extends MinqingError {}
