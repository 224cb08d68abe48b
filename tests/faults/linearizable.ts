/** What one client did to one report, and what it saw: which version, and under which title. */
export interface Operation {
  kind: 'read' | 'write' | 'conflict';
  /** When it was asked and when it was answered. */
  from: number;
  to: number;
  /** The version it read, made, or was told of. */
  version: number;
  /** Of what it read or wrote. */
  title: string;
}

/**
 * Whether a history is one of a register with versions: some order of it, which keeps what was answered before another
 * was asked, has each write make the next version and each read see the last. Versions say most of the order, so that
 * no search is needed: what is wrong is named, null where nothing is.
 */
export function disorderIn(history: readonly Operation[]): string | null {
  const writes = new Map<number, Operation>();
  for (const one of history.filter(({ kind }) => kind === 'write')) {
    if (writes.has(one.version)) return `two made version ${one.version}`;
    writes.set(one.version, one);
  }
  const last = Math.max(...writes.keys());
  for (let version = 1; version <= last; version += 1)
    if (!writes.has(version)) return `nobody made version ${version}`;
  for (const { kind, version, title } of history) {
    const made = writes.get(version);
    if (!made) return `somebody saw version ${version}, which nobody made`;
    if (kind === 'read' && made.title !== title)
      return `version ${version} was seen as ${title}, not ${made.title}`;
  }
  for (const before of history)
    for (const after of history) {
      if (before.to >= after.from) continue;
      const passed =
        after.kind === 'write' ? before.version >= after.version : before.version > after.version;
      if (passed)
        return `${after.kind} of version ${after.version} came after version ${before.version} was told`;
    }
  return null;
}
