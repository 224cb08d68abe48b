import Fraction from 'fraction.js';

/** Exact points: no binary rounding, ever. */
export type Points = Fraction;
export const zero = new Fraction(0);

/** From a config's number or decimal text; numbers are read as they print. */
export function points(value: number | string): Points {
  return new Fraction(String(value));
}

/** The number that a text writes as 12, 0.05 or 1/3; null where it writes none. */
export function pointsWritten(value: number | string): Points | null {
  return /^-?\d+(\.\d+|\/[1-9]\d*)?$/.test(String(value)) ? points(value) : null;
}

export const isNothing = (value: Points): boolean => value.n === 0n;

const powers = [1n, 10n, 100n, 1000n, 10_000n, 100_000n, 1_000_000n];

/** To so many decimals, half away from zero. */
export function rounded(value: Points, decimals: number): Points {
  // Most values have few decimals already; keeping the very one shares it among a million lines.
  if (value.d === 1n) return value;
  if (powers[decimals] !== undefined && powers[decimals] % value.d === 0n) return value;
  const scale = new Fraction(10).pow(decimals) ?? new Fraction(1);
  const scaled = value.abs().mul(scale).add(new Fraction(1, 2)).floor();
  const size = scaled.div(scale);
  return value.s < 0n ? size.neg() : size;
}

/** The shortest exact decimal. The value must have one, as a rounded one has. */
export function decimalText(value: Points): string {
  return value.toString();
}

/**
 * `whole` in parts by weight, of so many decimals, that add up to it again: by largest remainder, the earlier part
 * first among equals.
 */
export function splitBy(whole: Points, weights: readonly Points[], decimals: number): Points[] {
  const unit = new Fraction(1).div(new Fraction(10).pow(decimals) ?? 1);
  const units = rounded(whole.abs(), decimals).div(unit);
  const all = weights.reduce((sum, weight) => sum.add(weight), zero);
  const due = weights.map((weight) => (all.equals(0) ? zero : units.mul(weight).div(all)));
  const down = due.map((part) => part.floor());
  const left = Number(units.sub(down.reduce((sum, part) => sum.add(part), zero)).valueOf());
  const favoured = new Set(
    due
      .map((part, at) => ({ at, rest: part.sub(part.floor()) }))
      .sort((a, b) => b.rest.compare(a.rest) || a.at - b.at)
      .slice(0, left)
      .map(({ at }) => at),
  );
  const size = whole.compare(0) < 0 ? unit.neg() : unit;
  return down.map((part, at) => part.add(favoured.has(at) ? 1 : 0).mul(size));
}

/** In equal parts. */
export function split(whole: Points, shares: number, decimals: number): Points[] {
  return splitBy(
    whole,
    Array.from({ length: shares }, () => new Fraction(1)),
    decimals,
  );
}
