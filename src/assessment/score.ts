import type { CivilDate } from '../model/date.ts';
import type { Directory, ScoreRecord, ScoreTable, Standing } from '../model/record.ts';
import { say } from '../model/text.ts';
import { Books, type Account } from './account.ts';
import { creditedBy, creditOf } from './credit.ts';
import { AssessmentError } from './error.ts';
import { gradeOf } from './grade.ts';
import type { Ledger } from './ledger.ts';
import { parsePeriod, within } from './period.ts';
import { decimalText, type Points } from './points.ts';
import { ranksIn } from './rank.ts';
import { subjectsOf } from './subject.ts';
import { sumOf } from './total.ts';

/**
 * The table of one period: everyone in the directory stands in it, with or without a record, and every total unfolds
 * to its lines. Throws `AssessmentError` for a subject that the directory does not know. With `asOf`, a window that is
 * not over by then is not yet missed.
 */
export function score(input: {
  ledger: Ledger;
  of: 'people' | 'units';
  directory: Directory;
  records: Iterable<ScoreRecord>;
  period: string;
  asOf?: CivilDate;
}): ScoreTable {
  const { ledger, of, directory, asOf = null } = input;
  const period = parsePeriod(input.period);
  const everyone = subjectsOf(directory, of);
  const known = new Set(everyone.map(({ id }) => id));
  const books = new Books(
    ledger,
    everyone.filter(({ kind }) => ledger.kinds?.has(kind) ?? true),
    asOf,
  );
  for (const record of input.records) {
    const credited = creditedBy(record, ledger, of);
    for (const { subject } of credited) if (!known.has(subject)) throw unknownSubject(record, subject, of);
    for (const credit of creditOf(record, ledger, of))
      if (within(period, credit.moment.on)) books.account(credit.subject)?.credits.push(credit);
    books.note(record, credited, period);
  }
  const standings = books.accounts.map((account) => standingOf(account, books, period));
  const ranks = ranksIn(standings.map(({ id, group, exact }) => ({ id, group, value: exact })));
  return {
    period: input.period,
    subjects: standings.map(({ exact: _, ...standing }) => ({
      ...standing,
      rank: ranks.get(standing.id) ?? null,
    })),
  };
}

function standingOf(
  account: Account,
  books: Books,
  period: ReturnType<typeof parsePeriod>,
): Standing & { exact: Points } {
  const lines: Standing['lines'] = [];
  const total = sumOf(books.ledger.lines, { books, account, window: period }, lines);
  const grade = gradeOf(books.ledger.grades, total, (names) => books.facts(account, names, period));
  const { id, name, kind, group } = account.subject;
  return {
    id,
    name,
    kind,
    group,
    points: decimalText(total),
    exact: total,
    rank: null,
    grade: grade ? say(grade.name, 'zh') : null,
    lines,
  };
}

function unknownSubject(record: ScoreRecord, subject: string, of: 'people' | 'units'): AssessmentError {
  const [zh, en] = of === 'units' ? ['单位', 'unit'] : ['人员', 'person'];
  return new AssessmentError('not-in-directory', {
    zh: `记录“${record.id}”中的${zh}“${subject}”不在名册中。请先补进名册,或改正记录;未作统计。`,
    en: `Record "${record.id}" names the ${en} "${subject}", who is not in the directory. Add them there or correct the record; nothing was counted.`,
  });
}
