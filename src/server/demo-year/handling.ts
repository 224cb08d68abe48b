import type { Fields } from '../../model/thing.ts';
import type { Verb } from '../../model/verb.ts';
import type { ThingView } from '../../model/view.ts';
import { oneOf, type Dice } from './dice.ts';
import { pace } from './plan.ts';
import type { DemoStory } from './story.ts';
import { openedBy, type Ref, type Story, type Teller } from './teller.ts';

export interface Task {
  /** The department or town that leads. */
  lead: string;
  /** Who is asked whether it is well done. */
  author: string;
  until: string | null;
  dice: Dice;
}

/** Goes on with the handling that an act has opened. */
export function follow(teller: Teller, story: DemoStory, view: ThingView, task: Task): void {
  const handling = openedBy(view, 'handling');
  if (handling) teller.tell(handlingStory(teller, story, handling, task));
}

/** Signed for, worked on, replied to, checked, rated; a dissatisfied author has it done again, once. */
async function* handlingStory(teller: Teller, story: DemoStory, handling: Ref, task: Task): Story {
  const { lead, author, until, dice } = task;
  // Some answer on paper, and the office enters it.
  const onPaper = dice(5) === 0;
  const party = (action: Verb, input: Fields = {}) =>
    onPaper
      ? teller.act(teller.who('checker'), action, handling, input, {
          onBehalf: { of: lead, on: teller.day },
        })
      : teller.act(teller.who(lead), action, handling, input);
  if (until === 'assigned') return;
  yield pace(task, 3);
  await party('sign-for');
  yield* work(teller, story, handling, task, party);
  if (until === 'working' || until === 'checking') return;
  yield pace(task, 3);
  await teller.act(teller.who('office-director'), 'confirm', handling);
  if (until === 'satisfaction') return;
  yield pace(task, 8);
  const dissatisfied = until === null && dice(9) === 0;
  const rated = await teller.act(author, 'rate', handling, {
    satisfaction: dissatisfied
      ? 'dissatisfied'
      : oneOf(dice, ['very', 'satisfied', 'satisfied', 'fair'], 'fair'),
  });
  // Not where the office has sent it back already.
  if (rated.stage.id === 'working') {
    yield 6;
    await party('reply', replyOf(story, dice));
    yield 2;
    await teller.act(teller.who('office-director'), 'confirm', handling);
    yield 3;
    // By telephone, and the office enters it.
    await teller.act(
      teller.who('checker'),
      'rate',
      handling,
      { satisfaction: 'satisfied' },
      {
        onBehalf: { of: author, on: teller.day },
      },
    );
  }
  if (until === 'done') return;
  yield 10;
  await teller.act(teller.who('office-director'), 'archive', handling);
}

/** What the lead does until it has replied; what drags on is chased. */
async function* work(
  teller: Teller,
  story: DemoStory,
  handling: Ref,
  { until, dice }: Task,
  party: (action: Verb, input?: Fields) => Promise<unknown>,
): Story {
  if (until === 'working') {
    yield 4;
    await party('progress', { progress: oneOf(dice, story.progress, '') });
    yield 17;
    await teller.act(teller.who('office-director'), 'remind', handling, { comment: story.reminded });
    yield 4;
    await teller.act(teller.who('supervision-office'), 'supervise', handling, { comment: story.supervised });
    return;
  }
  if (until !== null) yield 9;
  else {
    yield 5;
    if (dice(2) === 0) await party('progress', { progress: oneOf(dice, story.progress, '') });
    yield 3 + dice(6);
    if (dice(8) === 0)
      await teller.act(teller.who('supervision-office'), 'supervise', handling, {
        comment: story.supervised,
      });
    yield 1 + dice(5);
  }
  await party('reply', replyOf(story, dice));
  if (until !== null || dice(8) > 0) return;
  yield 1;
  await teller.act(teller.who('office-director'), 'send-back', handling, { comment: story.reminded });
  yield 5;
  await party('reply', replyOf(story, dice));
}

function replyOf({ replies }: DemoStory, dice: Dice): Fields {
  const { result, words } = oneOf(dice, replies, { result: 'for-reference', words: '' });
  return { result, reply: words };
}
