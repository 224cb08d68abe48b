import { oneOf } from './dice.ts';
import { follow } from './handling.ts';
import type { Office } from './office.ts';
import { pace, type Plan } from './plan.ts';
import type { Part, Ref } from './teller.ts';

/** Signed, not used, or referred to the chairman: as the rules propose, or with the reason why not. */
export async function* signOff(office: Office, report: Ref, plan: Plan): Part {
  const { teller, story } = office;
  const { fate, until, dice, subject } = plan;
  const secretary = teller.who('secretary-general');
  yield pace(plan, 2);
  if (subject.weighs === 'politics') {
    await teller.act(secretary, 'refer', report);
    if (until === 'chairman') return false;
    yield pace(plan, 3);
    return decided(office, report, plan);
  }
  if (fate === 'declined') {
    const ends = { reason: 'beyond-us', comment: '' };
    await teller.act(secretary, 'not-use', report, { ...oneOf(dice, story.notUsed, ends) });
    return false;
  }
  const proposed = (await teller.thing(report))?.decisions['chairman-needed']?.fired ?? false;
  if (!proposed) await teller.act(secretary, 'pass', report);
  else if (dice(2) === 0) await teller.act(secretary, 'pass', report, { whyNot: story.whyNot });
  else {
    await teller.act(secretary, 'refer', report);
    yield pace(plan, 3);
    return decided(office, report, plan);
  }
  return true;
}

/** What the chairman decides; to assign it opens handling beside the piece. */
async function decided(
  { teller, story }: Office,
  report: Ref,
  { dice, subject, authors }: Plan,
): Promise<boolean> {
  const outcome = oneOf(dice, ['compile', 'assign', 'compile', 'reserve', 'not-use'], 'compile');
  await teller.act(teller.who('chairman'), 'decide', report, { outcome });
  if (outcome === 'assign') {
    const lead = subject.department;
    const task = oneOf(dice, story.tasks, '');
    const view = await teller.act(teller.who('office-director'), 'assign', report, { lead, task });
    follow(teller, story, view, { lead, author: authors[0] ?? '', until: null, dice });
  }
  return outcome === 'compile' || outcome === 'assign';
}
