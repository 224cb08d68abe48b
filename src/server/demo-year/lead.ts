import { diceOf, oneOf } from './dice.ts';
import { follow } from './handling.ts';
import { underWayNow, type Office } from './office.ts';
import type { Plan } from './plan.ts';
import { gates } from './report.ts';
import type { DemoLead } from './story.ts';
import { openedBy, type Ref, type Story } from './teller.ts';
import { filled } from './words.ts';

export interface LeadPlan {
  lead: DemoLead;
  plan: Plan;
  /** Still waits today. */
  fresh: boolean;
}

/** A few sentences and what the office makes of them: a report, part of one, a town's task, or an answer. */
export async function* leadStory(office: Office, { lead, plan, fresh }: LeadPlan): Story {
  const { teller, story } = office;
  const { dice, channel } = plan;
  const [author = ''] = plan.authors;
  const checker = teller.who('checker');
  const about = lead.end === 'join' ? await underWayNow(office, dice) : null;
  const of = about?.plan ?? plan;
  const input = { title: filled(lead.title, of), situation: filled(lead.words, of) };
  // Most come by chat and are typed in.
  const { kind, id } =
    channel === 'platform'
      ? await teller.begin(author, 'lead', 'submit', input)
      : await teller.begin(
          checker,
          'lead',
          'submit',
          { ...input, authors: [author], channel },
          { onBehalf: { of: author, on: teller.day } },
        );
  const ref: Ref = { kind, id };
  if (fresh) return;
  yield 1 + dice(3);
  if (about && !(await teller.isOver(about.report)))
    await teller.act(checker, 'join', ref, {}, { takes: [about.report] });
  else if (lead.end === 'pass-on') {
    const towns = story.places.flatMap(({ town }) => town ?? []);
    const town = plan.place.town ?? oneOf(dice, towns, '');
    const task = lead.task ?? oneOf(dice, story.tasks, '');
    const view = await teller.act(checker, 'pass-on', ref, { lead: town, task });
    follow(teller, story, view, { lead: town, author, until: null, dice });
  } else if (lead.end === 'write-up') yield* writtenUp(office, ref, plan, input.situation);
  else {
    const known = { reason: 'already-known', comment: story.notUsed[0]?.comment ?? '' };
    await teller.act(checker, 'close', ref, {
      reason: lead.reason ?? known.reason,
      comment: lead.comment ?? known.comment,
    });
  }
}

/** The office adds what is lacking; from then on it is a report like any other, its author's. */
async function* writtenUp(office: Office, ref: Ref, plan: Plan, situation: string): Story {
  const { teller, story } = office;
  const { subject, dice } = plan;
  const view = await teller.act(teller.who('checker'), 'write-up', ref, {
    title: filled(subject.title, plan),
    situation,
    analysis: oneOf(dice, story.analyses[subject.category] ?? [], ''),
    suggestion: filled(subject.suggestion, plan),
  });
  const report = openedBy(view, 'report');
  if (report) yield* gates(office, report, plan);
}

/** Every kind of lead in turn, each time of another place and by somebody else. */
export function leadPlanOf(
  { story }: Office,
  authors: readonly string[],
  number: number,
  fresh: boolean,
): LeadPlan | null {
  const { kindsOfLead, places } = story;
  const dice = diceOf(10_000 + number);
  const lead = kindsOfLead[number % Math.max(1, kindsOfLead.length)];
  const place = places[(number * 3) % Math.max(1, places.length)];
  const author = authors[(number * 11) % Math.max(1, authors.length)];
  if (!lead || !place || author === undefined) return null;
  const becomes = lead.becomes ?? { title: lead.title, matter: lead.title, department: '', suggestion: '' };
  const plan: Plan = {
    subject: { ...becomes, category: lead.category, situation: lead.words },
    place,
    authors: [author],
    channel: oneOf(dice, ['wechat', 'wechat', 'platform', 'telephone'], 'platform'),
    fate: 'usual',
    returned: false,
    until: null,
    dice,
  };
  return { lead, plan, fresh };
}
