/** How much a gram says: the rarer in the county, the more. */
export type Weight = (gram: number) => number;

/**
 * How alike two texts are, 0 to 100: what they share against what each has, every gram by its weight. The same both
 * ways; 100 for the same text, and for no other unless it has the same grams.
 */
export function scoreOf(a: ReadonlySet<number>, b: ReadonlySet<number>, weight: Weight): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  const [whole, other] = [sum(few, weight), sum(many, weight)];
  if (whole === 0 || other === 0) return 0;
  let shared = 0;
  for (const gram of few) if (many.has(gram)) shared += weight(gram);
  // Cut, not rounded, so that what is nearly the same is 99; the little more is for sums that end just below.
  return Math.floor((100 * shared) / Math.sqrt(whole * other) + 1e-9);
}

function sum(grams: ReadonlySet<number>, weight: Weight): number {
  let whole = 0;
  for (const gram of grams) whole += weight(gram);
  return whole;
}
