import type { ScoreTable, Standing } from '../model/record.ts';
import type { LineMove, Move, OtherMove, Simulation } from '../model/simulation.ts';
import { say, type Text } from '../model/text.ts';
import { decimalText, points, zero, type Points } from './points.ts';

/** Two tables over the same records: who gains, who loses, and by which rule. */
export function compareTables(was: ScoreTable, now: ScoreTable): Simulation {
  const before = new Map(was.subjects.map((subject) => [subject.id, subject]));
  const after = new Map(now.subjects.map((subject) => [subject.id, subject]));
  const moves = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, fresh] = [before.get(id), after.get(id)];
    const known = fresh ?? old;
    if (!known) return [];
    const lines = linesMoved(old, fresh);
    const place = (one: Standing | undefined) => ({
      points: one?.points ?? null,
      rank: one?.rank ?? null,
      grade: one?.grade ?? null,
    });
    const move: Move = {
      id,
      name: known.name,
      group: known.group,
      ...(known.groupName === undefined ? {} : { groupName: known.groupName }),
      was: place(old),
      now: place(fresh),
      others: othersMoved(old && { standing: old, table: was }, fresh && { standing: fresh, table: now }),
      difference: old && fresh ? decimalText(points(fresh.points).sub(points(old.points))) : null,
      lines,
    };
    // Who has the same by other lines does not move.
    const same = JSON.stringify(move.was) === JSON.stringify(move.now) && move.others.length === 0;
    return same ? [] : [move];
  });
  const size = ({ difference }: Move) => points(difference ?? 0).abs();
  moves.sort((a, b) => size(b).compare(size(a)) || a.id.localeCompare(b.id));
  return {
    period: now.period,
    moves,
    unmoved: new Set([...before.keys(), ...after.keys()]).size - moves.length,
  };
}

function linesMoved(old: Standing | undefined, fresh: Standing | undefined): LineMove[] {
  const sums = (standing: Standing | undefined) => {
    const sum = new Map<string, { name: Text; points: Points }>();
    for (const line of standing?.lines ?? [])
      sum.set(line.id, {
        name: line.name,
        points: (sum.get(line.id)?.points ?? zero).add(points(line.points)),
      });
    return sum;
  };
  const [was, now] = [sums(old), sums(fresh)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((line) => {
    const [a, b] = [was.get(line), now.get(line)];
    const [before, after] = [a?.points ?? zero, b?.points ?? zero];
    const name = b?.name ?? a?.name ?? line;
    return before.equals(after) ? [] : [{ line, name, was: decimalText(before), now: decimalText(after) }];
  });
}

interface Told {
  standing: Standing;
  table: ScoreTable;
}

function othersMoved(old: Told | undefined, fresh: Told | undefined): OtherMove[] {
  const [was, now] = [othersOf(old), othersOf(fresh)];
  return [...new Map([...was, ...now]).keys()].flatMap((what) => {
    const [a, b] = [was.get(what), now.get(what)];
    const [before, after] = [a?.value ?? null, b?.value ?? null];
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [{ what, name: b?.name ?? a?.name ?? what, was: before, now: after }];
  });
}

function othersOf(told: Told | undefined): Map<OtherMove['what'], { name: Text; value: Text | null }> {
  const others = new Map<OtherMove['what'], { name: Text; value: Text | null }>();
  if (!told) return others;
  const { standing, table } = told;
  const { columns = [], figures = [], money = null } = table.heads ?? {};
  if (standing.money) others.set('money', { name: money ?? '元', value: standing.money.total });
  for (const { id, name } of columns)
    others.set(`columns.${id}`, { name, value: standing.columns?.[id] ?? null });
  for (const { id, name } of figures)
    others.set(`figures.${id}`, { name, value: standing.figures?.[id] ?? null });
  const follows = standing.outcomes ?? [];
  if (follows.length > 0)
    others.set('outcomes', {
      name: { zh: '结果', en: 'Outcome' },
      value: {
        zh: follows.map(({ name }) => say(name, 'zh')).join('、'),
        en: follows.map(({ name }) => say(name, 'en')).join(', '),
      },
    });
  return others;
}
