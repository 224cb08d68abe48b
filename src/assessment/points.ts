import Fraction from 'fraction.js';

/** Exact points: no binary rounding, ever. */
export type Points = Fraction;
export const zero = new Fraction(0);

/** From a config's number or decimal text; numbers are read as they print. */
export function points(value: number | string): Points {
  return new Fraction(String(value));
}

/** To so many decimals, half away from zero. */
export function rounded(value: Points, decimals: number): Points {
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
 * `whole` in `shares` parts of so many decimals that add up to it again: the remainder goes, a unit each, to the first.
 */
export function split(whole: Points, shares: number, decimals: number): Points[] {
  const unit = new Fraction(1).div(new Fraction(10).pow(decimals) ?? 1);
  const units = rounded(whole, decimals).div(unit);
  const each = units.div(shares).floor();
  const left = Number(units.sub(each.mul(shares)).valueOf());
  return Array.from({ length: shares }, (_, at) => each.add(at < left ? 1 : 0).mul(unit));
}
