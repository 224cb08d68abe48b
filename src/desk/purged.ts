import type { Actor, LogEntry, Thing } from '../model/thing.ts';
import type { Step } from '../store/port.ts';
import { nextStage } from '../workflow/machine.ts';
import { attachedIn } from './attached.ts';
import type { Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { emptied } from './effects.ts';
import { stepOf, type ErasureSigned } from './personal.ts';
import type { Log } from './replay.ts';
import { filesOf } from './view.ts';

interface Making {
  context: DeskContext;
  actor: Actor;
  signed: ErasureSigned;
  step(thing: Thing, change: Change, action: LogEntry['action']): Promise<Step>;
}

/**
 * What was made of a thing that is purged goes with it: the handling item, and the piece where it stands on this thing
 * alone. What others are part of, or has no such way, loses the words that it shares with what was purged.
 */
export async function derivedPurged(
  { context, actor, signed, step }: Making,
  thing: Thing,
  log: Log,
): Promise<Step[]> {
  const { county, countyOf, reader, store } = context;
  const words = new Set(log.flatMap(({ texts }) => texts.map(({ text }) => text)));
  const ids = thing.links.filter(({ role }) => role === 'handling' || role === 'piece');
  const rows = await store.readMany(ids.map(({ kind, id }) => ({ county: county.id, kind, id })));
  const steps: Step[] = [];
  for (const { thing: other } of rows) {
    const its = await store.log(other);
    const texts = its.flatMap((one) => one.texts);
    if (texts.length === 0) continue;
    const flow = countyOf(other).flows.get(other.kind);
    const others = other.links.some(
      ({ role, id }) => (role === 'source' || role === 'handled') && id !== thing.id,
    );
    const stage = others || !flow ? null : nextStage(flow, other.stage, 'purge', other);
    if (stage !== null) {
      const entries = its.map(({ entry }) => entry);
      const files = [...filesOf(reader(actor, 'zh'), other, entries).keys(), ...attachedIn(its)];
      const gone = await step(other, { ...emptied(other), stage }, 'purge');
      steps.push({ ...gone, erases: { files: [...new Set(files)] } });
      continue;
    }
    const gone = texts.filter(({ text }) => words.has(text));
    if (gone.length > 0) steps.push(stepOf(context, other, its, gone, { files: [], whole: false }, signed));
  }
  return steps;
}
