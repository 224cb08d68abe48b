import { DIGEST, type placeholders, type Notice, type Notices } from '../model/notice.ts';
import { say } from '../model/text.ts';
import { refName, type Thing } from '../model/thing.ts';
import { isVerb } from '../model/verb.ts';
import { manyText } from '../model/view.ts';
import type { KeptMessage, Store } from '../store/port.ts';
import { may } from './permission.ts';
import { chases } from './history.ts';
import { stageOf, titleOf, type Reader } from './view.ts';

/** A page of what one person was told, newest first, in the county's words; of things they may still read. */
export async function noticesFor(
  reader: Reader,
  store: Store,
  before: number | null,
  limit: number,
): Promise<Notices> {
  const { county, actor } = reader;
  const kept = await store.messages(county.id, actor.id, limit, before);
  const found = await store.readMany(kept.map(({ about }) => about));
  const things = new Map(found.map(({ thing }) => [refName(thing), thing]));
  return {
    rows: kept.flatMap((message): Notice[] => {
      const { kind, id } = message.about;
      if (kind === DIGEST) return [digestNotice(reader, message)];
      const thing = things.get(refName({ kind, id }));
      if (!thing || !may(county, actor, 'read', kind, thing)) return [];
      const { key, at, read } = message;
      return [{ key, kind, id, text: sentence(reader, message, thing), at, read }];
    }),
    next: kept.length === limit ? (kept.at(-1)?.key ?? null) : null,
    unread: await store.unread(county.id, actor.id),
  };
}

function digestNotice({ county, language }: Reader, message: KeptMessage): Notice {
  const { key, at, read, about, counts = { todo: 0, overdue: 0 } } = message;
  const post = say(county.posts.get(about.id)?.name ?? about.id, language);
  const words = say(county.messages.get(DIGEST) ?? '{post} · {todo} · {overdue}', language);
  const text = filled(words, { post, todo: manyText(counts.todo), overdue: manyText(counts.overdue) });
  return { key, kind: DIGEST, id: about.id, text, at, read };
}

/** In one go: a value that looks like a placeholder stays as it is. */
function filled(words: string, values: Readonly<Record<string, string>>): string {
  return words.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

function sentence(reader: Reader, { kind: told }: KeptMessage, thing: Thing): string {
  const { county, language } = reader;
  const its = reader.countyOf(thing);
  const values: Record<(typeof placeholders)[number], string> = {
    title: titleOf(thing),
    action: actionText(reader, told, thing),
    stage: say(stageOf(its, thing).label, language),
    due: thing.due?.on ?? '—',
  };
  const text = county.messages.get(told) ?? county.messages.get('otherwise') ?? '{title} · {action}';
  return filled(say(text, language), values);
}

function actionText({ countyOf, language }: Reader, told: string, thing: Thing): string {
  const chased = chases[told];
  if (!isVerb(told) || told === 'remind' || told === 'supervise') if (chased) return chased[language];
  if (!isVerb(told)) return told;
  const { flows } = countyOf(thing);
  const own = flows.get(thing.kind);
  // What another thing's act changed along is that other flow's to name.
  for (const flow of [...(own ? [own] : []), ...flows.values()])
    for (const stage of flow.stages.values()) {
      const action = stage.actions.get(told);
      if (action) return say(action.label, language);
    }
  return told;
}
