import type { Fields } from '../../model/thing.ts';
import { oneOf } from './dice.ts';
import { follow } from './handling.ts';
import { underWayNow, type Office } from './office.ts';
import { pace, type Plan } from './plan.ts';
import { signOff } from './sign-off.ts';
import type { Part, Ref, Story } from './teller.ts';
import { reportWords } from './words.ts';

const pieceStages = new Set(['drafting', 'proofreading', 'issuing', 'dispatching']);

/** One report, from its author to the compiler or to one of its quiet ends. */
export async function* reportStory(office: Office, planned: Plan): Story {
  const twin = planned.fate === 'merged' ? await underWayNow(office, planned.dice) : null;
  const plan = twin ? { ...planned, subject: twin.plan.subject, place: twin.plan.place } : planned;
  yield* gates(office, await submitted(office, plan), plan, twin?.report ?? null);
}

async function submitted({ teller, story }: Office, plan: Plan): Promise<Ref> {
  const { authors, channel, dice } = plan;
  const [of = ''] = authors;
  const input = { ...reportWords(story, plan), authors };
  if (channel === 'platform') return teller.begin(of, 'report', 'submit', input);
  // On the day that the paper bears, or that the author told it.
  const on = teller.daysAgo(channel === 'paper' ? 2 + dice(4) : dice(2));
  const entered = { ...input, channel };
  return teller.begin(teller.who('checker'), 'report', 'submit', entered, { onBehalf: { of, on } });
}

/** The gates, one after the other; `twin` is the report that is about the same. */
export async function* gates(office: Office, { kind, id }: Ref, plan: Plan, twin: Ref | null = null): Story {
  const report = { kind, id };
  office.received.push({ report, plan });
  const goesOn =
    (yield* initialCheck(office, report, plan, twin)) &&
    (yield* secondReview(office, report, plan)) &&
    (yield* signOff(office, report, plan));
  if (!goesOn || plan.until === 'to-compile') return;
  if (plan.until === null) office.compiler.add({ report, plan });
  else if (pieceStages.has(plan.until)) {
    yield 1;
    await office.compiler.compile([{ report, plan }]);
  }
}

async function* initialCheck(office: Office, report: Ref, plan: Plan, twin: Ref | null): Part {
  const { teller, story } = office;
  const { fate, until, dice, place, subject } = plan;
  const checker = teller.who('checker');
  const author = plan.authors[0] ?? '';
  if (until === 'initial-check') return false;
  yield pace(plan, 3);
  if (fate === 'withdrawn') {
    await teller.act(author, 'withdraw', report);
    return false;
  }
  if (fate === 'not-used') {
    const ends = { reason: 'already-known', comment: '' };
    await teller.act(checker, 'not-use', report, { ...oneOf(dice, story.notUsed, ends) });
    return false;
  }
  if (twin && !(await teller.isOver(twin))) {
    await teller.act(checker, 'merge', report, {}, { takes: [twin] });
    return false;
  }
  if (plan.returned) {
    await teller.act(checker, 'return', report, { comment: oneOf(dice, story.returned, '') });
    if (until === 'revision') return false;
    yield pace(plan, 4);
    const written = (await teller.thing(report))?.fields ?? {};
    const kept = ['title', 'analysis', 'suggestion'].map((name) => [name, written[name] ?? null]);
    const situation = `${String(written['situation'])}${story.added}`;
    await teller.act(author, 'submit', report, { ...Object.fromEntries(kept), situation });
    yield pace(plan, 3);
  }
  if (subject.weighs === 'town' && place.town !== undefined) {
    await toTown(office, report, plan, place.town);
    return false;
  }
  await teller.act(checker, 'pass', report, checkForm(plan));
  return until !== 'second-review';
}

async function toTown({ teller, story }: Office, report: Ref, plan: Plan, town: string): Promise<void> {
  const checker = teller.who('checker');
  await teller.act(checker, 'check', report, { ...checkForm(plan), level: 'town', 'town-can-settle': true });
  const passed = await teller.act(checker, 'pass-on', report, {
    lead: town,
    task: oneOf(plan.dice, story.tasks, ''),
  });
  follow(teller, story, passed, {
    lead: town,
    author: plan.authors[0] ?? '',
    until: plan.until,
    dice: plan.dice,
  });
}

function checkForm({ subject, dice, until }: Plan): Fields {
  return {
    'content-sound': true,
    value: oneOf(dice, ['some', 'some', 'heavy'], 'some'),
    category: subject.category,
    level:
      until === null && dice(15) === 0 ? 'province' : oneOf(dice, ['county', 'county', 'city'], 'county'),
    departments: [subject.department],
    policy: subject.weighs === 'policy' ? 'heavy' : oneOf(dice, ['none', 'some'], 'none'),
    politics: subject.weighs === 'politics' ? 'heavy' : 'none',
    'early-warning': subject.weighs === 'politics',
    'can-be-done': true,
    'town-can-settle': false,
  };
}

async function* secondReview({ teller, story }: Office, report: Ref, plan: Plan): Part {
  const { fate, until, dice, subject } = plan;
  const director = teller.who('office-director');
  yield pace(plan, 3);
  if (fate === 'reserved') {
    await teller.act(director, 'reserve', report, { comment: oneOf(dice, story.reservedWords, '') });
    if (dice(6) > 0) {
      yield 40;
      await teller.act(director, 'archive', report);
      return false;
    }
    yield 12;
    await teller.act(director, 'retrieve', report);
    yield 1;
  }
  if (subject.weighs === 'policy') {
    await teller.act(director, 'ask', report, { asked: [subject.department], comment: story.asked });
    if (until === 'opinion') return false;
    yield pace(plan, 4);
    const opinion = { opinion: oneOf(dice, story.opinions, '') };
    const onBehalf = { of: subject.department, on: teller.day };
    // One in four answers on paper.
    if (dice(4) === 0) await teller.act(director, 'opine', report, opinion, { onBehalf });
    else await teller.act(teller.who(subject.department), 'opine', report, opinion);
    yield pace(plan, 2);
  }
  await teller.act(director, 'pass', report);
  return until !== 'sign-off';
}
