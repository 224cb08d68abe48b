import type { Directory, ScoreLine, ScoreRecord, ScoreTable, Standing } from '../model/record.ts';
import { say } from '../model/text.ts';
import { creditedBy, creditOf, momentFactsOf, type Credit } from './credit.ts';
import { AssessmentError } from './error.ts';
import type { ForLine, Ledger, Line, Section } from './ledger.ts';
import { parsePeriod, type Period } from './period.ts';
import { decimalText, zero, type Points } from './points.ts';

interface Counted {
  credits: Credit[];
  /** How often each `for` line's figure came up in the period. */
  figures: Map<string, number>;
}

interface Subject {
  id: string;
  name: string;
  kind: string;
  group: string | null;
}

/**
 * The table of one period: everyone in the directory stands in it, with or without a record, and every total unfolds
 * to its lines. Throws `AssessmentError` for a subject that the directory does not know.
 */
export function score(input: {
  ledger: Ledger;
  of: 'people' | 'units';
  directory: Directory;
  records: Iterable<ScoreRecord>;
  period: string;
}): ScoreTable {
  const { ledger, of, directory } = input;
  const period = parsePeriod(input.period);
  const subjects = subjectsOf(directory, of);
  const counted = new Map<string, Counted>(
    subjects.map(({ id }) => [id, { credits: [], figures: new Map<string, number>() }]),
  );
  const forLines = figureLines(ledger.lines);
  for (const record of input.records) {
    const credited = creditedBy(record, of);
    for (const { subject } of credited) if (!counted.has(subject)) throw unknownSubject(record, subject, of);
    for (const credit of creditOf(record, ledger, of))
      if (within(period, credit.moment.on)) counted.get(credit.subject)?.credits.push(credit);
    for (const line of forLines)
      for (const { subject, part } of credited) {
        const times = record.moments.filter(
          (moment) =>
            moment.is === line.count &&
            within(period, moment.on) &&
            line.counts(momentFactsOf(record, moment, part)),
        ).length;
        const figures = counted.get(subject)?.figures;
        if (times > 0) figures?.set(line.id, (figures.get(line.id) ?? 0) + times);
      }
  }
  const standings = subjects.map((subject) => standingOf(subject, ledger, counted.get(subject.id)));
  return { period: input.period, subjects: ranked(standings) };
}

function within(period: Period, on: string): boolean {
  return period.from <= on && on <= period.to;
}

function subjectsOf(directory: Directory, of: 'people' | 'units'): Subject[] {
  return of === 'units'
    ? directory.organisations.map(({ id, name, kind, group }) => ({
        id,
        name,
        kind: kind ?? 'unit',
        group: group ?? kind ?? null,
      }))
    : directory.people.map(({ id, name, kind, group }) => ({
        id,
        name,
        kind: kind ?? 'person',
        group: group ?? kind ?? null,
      }));
}

function figureLines(lines: readonly Line[]): ForLine[] {
  return lines.flatMap((line) =>
    line.is === 'section' ? figureLines(line.lines) : line.is === 'for' ? [line] : [],
  );
}

function standingOf(
  subject: Subject,
  ledger: Ledger,
  counted: Counted | undefined,
): Standing & { exact: Points } {
  const lines: ScoreLine[] = [];
  const total = sumOf(ledger.lines, counted ?? { credits: [], figures: new Map() }, lines);
  const grade = ledger.grades.find((one) => total.compare(one.from) >= 0);
  return {
    ...subject,
    points: decimalText(total),
    exact: total,
    rank: null,
    grade: grade ? say(grade.name, 'zh') : null,
    lines,
  };
}

/** Adds up lines in their printed order; each thing that adds or cuts leaves a line, so that the lines sum to the total. */
function sumOf(lines: readonly Line[], counted: Counted, out: ScoreLine[]): Points {
  return lines.reduce((total, line) => {
    if (line.is === 'on') {
      const credits = counted.credits.filter((credit) => credit.line === line.id);
      for (const credit of credits)
        out.push({
          id: line.id,
          clause: line.clause,
          points: decimalText(credit.points),
          record: credit.record,
          moment: credit.moment,
          why: credit.why,
        });
      return credits.reduce((sum, credit) => sum.add(credit.points), total);
    }
    return total.add(
      line.is === 'for' ? figurePoints(line, counted, out) : sectionPoints(line, counted, out),
    );
  }, zero);
}

function figurePoints(line: ForLine, counted: Counted, out: ScoreLine[]): Points {
  const count = counted.figures.get(line.id) ?? 0;
  const items = Math.max(0, count - line.from + 1);
  const quota = line.quota === null ? zero : count >= line.quota ? line.reached : line.missed;
  const earned = line.each.mul(items).add(quota);
  push(out, line, earned, `${line.count} × ${count}`);
  return earned.add(cut(line, earned, out));
}

function sectionPoints(section: Section, counted: Counted, out: ScoreLine[]): Points {
  push(out, section, section.base, 'base');
  const inner = section.base.add(sumOf(section.lines, counted, out));
  const times = inner.mul(section.times);
  push(out, section, times.sub(inner), `× ${decimalText(section.times)}`);
  const raised = section.floor !== null && times.compare(section.floor) < 0 ? section.floor : times;
  push(out, section, raised.sub(times), 'floor');
  return raised.add(cut(section, raised, out));
}

/** What a cap cuts off, as a line of its own. */
function cut(line: ForLine | Section, earned: Points, out: ScoreLine[]): Points {
  if (line.cap === null || earned.compare(line.cap) <= 0) return zero;
  const off = line.cap.sub(earned);
  push(out, line, off, `cap ${decimalText(line.cap)}`);
  return off;
}

function push(out: ScoreLine[], line: Line, points: Points, why: string): void {
  if (points.equals(0)) return;
  out.push({
    id: line.id,
    clause: line.clause,
    points: decimalText(points),
    record: null,
    moment: null,
    why,
  });
}

/** Ranks inside each group: 1, 2, 3, 3, 5; without a group, none. The directory's order stays. */
function ranked(standings: (Standing & { exact: Points })[]): Standing[] {
  return standings.map(({ exact, ...standing }) => ({
    ...standing,
    rank:
      standing.group === null
        ? null
        : 1 +
          standings.filter((other) => other.group === standing.group && other.exact.compare(exact) > 0)
            .length,
  }));
}

function unknownSubject(record: ScoreRecord, subject: string, of: 'people' | 'units'): AssessmentError {
  const [zh, en] = of === 'units' ? ['单位', 'unit'] : ['人员', 'person'];
  return new AssessmentError('not-in-directory', {
    zh: `记录“${record.id}”中的${zh}“${subject}”不在名册中。请先补进名册,或改正记录;未作统计。`,
    en: `Record "${record.id}" names the ${en} "${subject}", who is not in the directory. Add them there or correct the record; nothing was counted.`,
  });
}
