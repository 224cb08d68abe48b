import type { Fields, ThingKind } from '../../src/model/thing.ts';
import type { Verb } from '../../src/model/verb.ts';
import { openedBy, type Ref, type Teller } from '../../src/server/demo-year/teller.ts';

/** A story that comes to something. */
export type Telling<Value> = AsyncGenerator<number, Value, void>;

/** A report's words, each with a title of its own. */
export const words = (title: string): Fields => ({
  title,
  situation: `${title}:群众多次反映,涉及几十户。`,
  analysis: '主管单位之间职责不清,缺少经费。',
  suggestion: '明确牵头单位,列入年度计划。',
});
export const checkForm = (more: Fields = {}): Fields => ({
  'content-sound': true,
  category: 'countryside',
  level: 'county',
  'can-be-done': true,
  ...more,
});

/** Sent by its author on the platform. */
export const sentBy = async (
  teller: Teller,
  author: string,
  title: string,
  more: Fields = {},
): Promise<Ref> =>
  refOf(await teller.begin(teller.who(author), 'report', 'submit', { ...words(title), ...more }));

/** Told by visit, telephone or chat, and entered by the office for its author. */
export const enteredFor = async (
  teller: Teller,
  author: string,
  kind: Extract<ThingKind, 'report' | 'lead'>,
  channel: string,
  input: Fields,
): Promise<Ref> => {
  const of = teller.who(author);
  const entered = { ...input, authors: [of], channel };
  return refOf(
    await teller.begin(teller.who('checker'), kind, 'submit', entered, { onBehalf: { of, on: teller.day } }),
  );
};

/** The three gates: initial check, second review, sign-off. */
export async function* throughGates(teller: Teller, report: Ref, check: Fields = {}): Telling<void> {
  yield 1;
  await teller.act(teller.who('checker'), 'pass', report, checkForm(check));
  yield 1;
  await teller.act(teller.who('office-director'), 'pass', report);
  yield 1;
  await teller.act(teller.who('secretary-general'), 'pass', report);
}

/** Compiled into a piece, proofread, issued, and sent to each destination apart. */
export async function* compiled(
  teller: Teller,
  [first, ...along]: readonly [Ref, ...Ref[]],
  piece: Fields,
  destinations: readonly { to: string; wording?: string }[],
): Telling<Ref> {
  yield 1;
  const view = await teller.act(teller.who('compiler'), 'compile', first, piece, { takes: along });
  const made = opened(openedBy(view, 'piece'));
  await teller.act(teller.who('compiler'), 'pass', made);
  yield 1;
  await teller.act(teller.who('checker'), 'proofread', made);
  await teller.act(teller.who('secretary-general'), 'issue', made, {
    journal: 'journal',
    destinations: destinations.map(({ to }) => to),
  });
  yield 1;
  for (const { to, wording } of destinations)
    await teller.act(teller.who('compiler'), 'dispatch', made, {
      destination: to,
      ...(wording === undefined ? {} : { wording }),
    });
  return made;
}

/** Signed for by its lead, who reports progress and answers; the answer is checked. */
export async function* answered(
  teller: Teller,
  item: Ref,
  { lead, result, progress }: { lead: string; result: string; progress?: string },
): Telling<void> {
  const at = (action: Verb, input: Fields = {}) => teller.act(teller.who(lead), action, item, input);
  yield 1;
  await at('sign-for');
  if (progress !== undefined) {
    yield 3;
    await at('progress', { progress });
  }
  yield 5;
  await at('reply', { result, reply: '已按职责办理,现将情况答复如下。' });
  yield 1;
  await teller.act(teller.who('office-director'), 'confirm', item);
}

export const rate = (teller: Teller, author: string, item: Ref, satisfaction: string) =>
  teller.act(teller.who(author), 'rate', item, { satisfaction });

export function opened(ref: Ref | null): Ref {
  if (!ref) throw new Error('the act opened nothing');
  return ref;
}
const refOf = ({ kind, id }: Ref): Ref => ({ kind, id });
