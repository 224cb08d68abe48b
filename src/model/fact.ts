/** What a rule can read. An absent fact is null. */
export type Fact = string | number | boolean | null | string[];
export type Facts = Record<string, Fact>;
