/** What was tried, what came of it, and whether it is as promised. */
export interface Figure {
  what: string;
  value: number | string;
  holds: boolean;
}
export const none = (what: string, value: number): Figure => ({ what, value, holds: value === 0 });
export const atLeast = (what: string, value: number, least: number): Figure => ({
  what,
  value,
  holds: value >= least,
});
/** A limit of time, missed only at five times itself, since machines differ; what it came to is printed. */
export const within = (what: string, ms: number, limit: number): Figure => ({
  what: `${what} (limit ${limit} ms)`,
  value: Math.round(ms),
  holds: ms <= 5 * limit,
});

export const missed = (figures: Figure[]) => figures.filter(({ holds }) => !holds);
