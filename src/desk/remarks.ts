import { say } from '../model/text.ts';
import type { Fields, Thing } from '../model/thing.ts';
import type { Option, Remark } from '../model/view.ts';
import { isStaff } from './permission.ts';
import type { Log } from './replay.ts';
import { unseal } from './seal.ts';
import { fieldsOfKind, sees, type Reader } from './view.ts';

/** What was said in a comment on a field, or in seeing to one; null for every other entry. */
function saidIn({ entry, texts }: Log[number]): Fields | null {
  if (entry.action !== 'comment') return null;
  const said = unseal(entry.change, texts).said ?? {};
  return typeof said['about'] === 'string' || typeof said['settles'] === 'string' ? said : null;
}

/** Comments on a field are the office's; others read those meant for them, and their own. */
function readable(reader: Reader, one: Log[number], said: Fields): boolean {
  return (
    isStaff(reader.county, reader.actor) || one.entry.actor === reader.actor.id || said['for-author'] === true
  );
}

/** A log without the comments, and what became of them, that are not for this reader. */
export function withoutOthersRemarks(reader: Reader, log: Log): Log {
  const shown = new Set<string>();
  return log.filter((one) => {
    const said = saidIn(one);
    if (!said) return true;
    const settles = said['settles'];
    const mine = readable(reader, one, said) || (typeof settles === 'string' && shown.has(settles));
    if (mine) shown.add(String(one.entry.sequence));
    return mine;
  });
}

/** The comments on a thing's fields, of a log that its reader may read. */
export function remarksOn(reader: Reader, thing: Thing, log: Log): Remark[] {
  const fields = fieldsOfKind(reader.county, thing.kind);
  const remarks = new Map<string, Remark>();
  for (const one of log) {
    const said = saidIn(one);
    if (!said) continue;
    const { sequence, actor, on } = one.entry;
    const settled = remarks.get(String(said['settles']));
    if (settled) settled.settled = { by: reader.nameOf(actor), on };
    const { about, comment } = said;
    const field = typeof about === 'string' ? fields.get(about) : undefined;
    if (typeof about !== 'string' || !field || !sees(reader, field)) continue;
    remarks.set(String(sequence), {
      id: String(sequence),
      field: about,
      label: say(field.label, reader.language),
      // What was erased left the bare fact.
      text: typeof comment === 'string' ? comment : '',
      by: reader.county.showsNames || isStaff(reader.county, reader.actor) ? reader.nameOf(actor) : null,
      on,
      forAuthor: said['for-author'] === true,
      settled: null,
    });
  }
  return [...remarks.values()];
}

/** Those that wait to be seen to, as they can be chosen. */
export function openRemarks(remarks: readonly Remark[]): Option[] {
  return remarks
    .filter(({ settled }) => settled === null)
    .map(({ id, label, text }) => ({ value: id, label: `${label}:${[...text].slice(0, 24).join('')}` }));
}

/** The fields of a thing that can be commented on: those that hold something this reader sees. */
export function fieldsToRemarkOn(reader: Reader, thing: Thing): Option[] {
  const fields = fieldsOfKind(reader.county, thing.kind);
  return Object.entries(thing.fields).flatMap(([name, value]) => {
    const field = fields.get(name);
    const text = field?.type === 'text' || field?.type === 'long-text';
    if (!field || !text || typeof value !== 'string' || value === '' || !sees(reader, field)) return [];
    return [{ value: name, label: say(field.label, reader.language) }];
  });
}
