import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Place } from './amount.ts';
import { AssessmentError } from './error.ts';
import { momentFacts, subjectFacts } from './facts.ts';
import { readGrades, type Grade } from './grade.ts';
import type { RawLedger, RawLine, RawMethod } from './method.ts';
import type { MethodMistake, Report } from './mistake.ts';
import { checkFigures, readFigure, type Figure } from './read-figure.ts';
import { readLine, type Line } from './read-line.ts';

export { momentFacts } from './facts.ts';

/** One account of the published method, read: of people or of units. */
export interface Ledger {
  lines: Line[];
  figures: ReadonlyMap<string, Figure>;
  grades: Grade[];
  decimals: number;
  kinds: ReadonlySet<string> | null;
  redirect: ReadonlyMap<string, string>;
}

type Settings = Pick<RawMethod, 'facts' | 'decimals'>;

/** Reads one ledger of a method that was checked; throws at the first thing that cannot be read. */
export function readLedger(method: Settings, raw: RawLedger): Ledger {
  return readWith(method, raw, (pointer, code, word) => {
    // Told by the checker; to run, a fact that a table reads and no moment has is a missing cell.
    if (code === 'undeclared-fact') return;
    throw new AssessmentError('unreadable-line', {
      zh: `计分办法的 ${pointer} 看不懂:${code} ${word}。请运行 minqing check 查看位置。`,
      en: `The method cannot be read at ${pointer}: ${code} ${word}. Run minqing check to see where.`,
    });
  });
}

/** Both ledgers of a method, or every mistake in it with its JSON pointer from the method. */
export function readMethod(
  source: RawMethod,
  facts: Vocabulary = {},
): { method: { people: Ledger | null; units: Ledger | null } } | { mistakes: MethodMistake[] } {
  const mistakes: MethodMistake[] = [];
  const read = (of: 'people' | 'units'): Ledger | null => {
    const raw = source[of];
    if (!raw) return null;
    const settings = { ...source, facts: { ...facts, ...source.facts } };
    return readWith(settings, raw, (pointer, code, word, near = null) =>
      mistakes.push({ code, pointer: `/${of}${pointer}`, word, didYouMean: near }),
    );
  };
  const method = { people: read('people'), units: read('units') };
  return mistakes.length > 0 ? { mistakes } : { method };
}

function readWith(method: Settings, raw: RawLedger, report: Report): Ledger {
  const decimals = method.decimals ?? 2;
  const figures = new Map<string, Figure>();
  const names = Object.keys(raw.figures ?? {});
  const named: Vocabulary = Object.fromEntries(names.map((name) => [name, { label: name, type: 'number' }]));
  const moment: Place = { line: '', pointer: '', vocabulary: { ...momentFacts, ...method.facts }, report };
  const subject: Place = { ...moment, vocabulary: { ...named, ...subjectFacts } };
  for (const [name, figure] of Object.entries(raw.figures ?? {})) {
    const at = { line: name, pointer: `/figures/${name}` };
    if (Object.hasOwn(subjectFacts, name)) report(at.pointer, 'figure-name-taken', name);
    figures.set(name, readFigure(figure, { ...moment, ...at }, { ...subject, ...at }));
  }
  checkFigures(figures, report);
  checkNames(raw.lines, '', new Set(), report);
  const lines = raw.lines.map((line, index) => {
    const at = { line: line.id, pointer: `/lines/${index}` };
    return readLine(line, { ...moment, ...at }, { ...subject, ...at }, figures);
  });
  return {
    decimals,
    lines,
    figures,
    grades: readGrades(raw.grades ?? [], subject, decimals),
    kinds: raw.kinds ? new Set(raw.kinds) : null,
    redirect: new Map(Object.entries(raw.redirect ?? {})),
  };
}

/** Credit finds its line by id: two of one name would each be paid both. */
function checkNames(lines: readonly RawLine[], at: string, seen: Set<string>, report: Report): void {
  lines.forEach((line, index) => {
    const pointer = `${at}/lines/${index}`;
    if (seen.has(line.id)) report(`${pointer}/id`, 'duplicate-line', line.id);
    seen.add(line.id);
    if (line.lines) checkNames(line.lines, pointer, seen, report);
  });
}
