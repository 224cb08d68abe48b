import type { Fields } from '../../model/thing.ts';
import { oneOf } from './dice.ts';
import { follow } from './handling.ts';
import { pace, type Plan } from './plan.ts';
import type { DemoStory } from './story.ts';
import type { Ref, Story, Teller } from './teller.ts';

export interface Source {
  report: Ref;
  plan: Plan;
}

/** Drafted, proofread, issued, sent to each destination; then what comes back over the weeks, and the archive. */
export async function* pieceStory(
  teller: Teller,
  story: DemoStory,
  piece: Ref,
  sources: readonly [Source, ...Source[]],
): Story {
  const [{ plan }] = sources;
  const { until, dice } = plan;
  const destinations = oneOf(
    dice,
    [
      ['city-cppcc'],
      ['county-party', 'county-government'],
      ['city-cppcc', 'county-party', 'county-government'],
    ],
    ['city-cppcc'],
  );
  if (until === 'drafting') return;
  await teller.act(teller.who('compiler'), 'pass', piece);
  if (until === 'proofreading') return;
  yield pace(plan, 2);
  if (until === null && dice(14) === 0) {
    await teller.act(teller.who('checker'), 'send-back', piece, { comment: story.proofread });
    await teller.act(teller.who('compiler'), 'pass', piece);
    yield 1;
  }
  await teller.act(teller.who('checker'), 'proofread', piece);
  if (until === 'issuing') return;
  yield pace(plan, 2);
  await teller.act(teller.who('secretary-general'), 'issue', piece, { journal: 'journal', destinations });
  if (until === 'dispatching') return;
  yield 1;
  for (const destination of destinations)
    await teller.act(teller.who('compiler'), 'dispatch', piece, { destination });
  yield* marks(teller, sources);
  yield* results(teller, story, piece, plan);
  yield 35 + dice(20);
  await teller.act(teller.who('compiler'), 'archive', piece);
  for (const { report } of sources)
    if (!(await teller.isOver(report))) await teller.act(teller.who('compiler'), 'archive', report);
}

/** The director and, of the better ones, the secretary-general mark the reports on the county's criteria. */
async function* marks(teller: Teller, sources: readonly Source[]): Story {
  const [first] = sources;
  if (!first || first.plan.dice(3) > 0) return;
  yield 3;
  for (const { report, plan } of sources) {
    const { dice } = plan;
    const given = (): Fields => ({
      expression: 70 + dice(26),
      advice: 65 + dice(31),
      'outcome-made': 50 + dice(41),
    });
    await teller.act(teller.who('office-director'), 'mark', report, given());
    if (dice(2) === 0) await teller.act(teller.who('secretary-general'), 'mark', report, given());
  }
}

/** Of ten that are sent, four come to nothing; the others are adopted, taken up, instructed on, rated excellent. */
async function* results(teller: Teller, story: DemoStory, piece: Ref, plan: Plan): Story {
  const { dice, subject } = plan;
  const came = dice(10);
  const record = (input: Fields) =>
    teller.act(teller.who('compiler'), 'record', piece, { on: teller.daysAgo(dice(3)), ...input });
  const upper = oneOf(
    dice,
    ['county', 'county', 'county', 'city', 'city', 'city', 'city', 'province'],
    'county',
  );
  if (came < 4) return;
  yield 8 + dice(14);
  if (came < 8)
    await record({
      is: 'adopted',
      level: upper,
      form: oneOf(dice, ['stand-alone', 'stand-alone', 'merged'], 'merged'),
    });
  yield 3 + dice(8);
  if (came === 8) await record({ is: 'taken-up', level: 'county' });
  if (came === 7 || came === 9)
    await record({
      is: 'instructed',
      level: came === 9 ? oneOf(dice, ['city', 'county', 'county'], 'county') : 'county',
      body: oneOf(dice, ['government', 'government', 'party'], 'government'),
      leader: oneOf(dice, ['main', 'in-charge', 'in-charge'], 'in-charge'),
      words: oneOf(dice, story.instructions, ''),
    });
  if (came > 6) {
    yield 2;
    const assigns = oneOf(dice, ['office-director', 'supervision-office'], 'office-director');
    const view = await teller.act(teller.who(assigns), 'assign', piece, {
      lead: subject.department,
      task: oneOf(dice, story.tasks, ''),
    });
    const author = plan.authors[0] ?? '';
    follow(teller, story, view, { lead: subject.department, author, until: null, dice });
  }
  if (dice(6) > 0) return;
  yield 12;
  await record({ is: 'excellent', level: oneOf(dice, ['county', 'county', 'city'], 'county') });
}
