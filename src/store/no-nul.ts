import { nulInText } from './error.ts';
import type { Store } from './port.ts';

/** PostgreSQL keeps no U+0000 in a text, so no store does: what one takes, a copy of it in another takes too. */
export function refusesNul(store: Store): Store {
  return {
    ...store,
    queue: async (query) => store.queue(plain(query)),
    commit: async (commit) => store.commit(plain(commit)),
    saveScores: async (county, scores) => store.saveScores(county, plain(scores)),
    saveFile: async (file) => {
      plain({ ...file, bytes: null });
      return store.saveFile(file);
    },
    saveDraft: async (county, person, kind, draft) => store.saveDraft(county, person, kind, plain(draft)),
    saveRecords: async (county, records) => store.saveRecords(county, plain(records)),
    saveDirectory: async (county, entries) => store.saveDirectory(county, plain(entries)),
    saveSensitiveAct: async (act) => store.saveSensitiveAct(plain(act)),
    saveConfig: async (version) => store.saveConfig(plain(version)),
  };
}

function plain<Value>(value: Value): Value {
  // Where it stands is looked for only in what has one: every commit comes by here.
  if (holdsNul(value)) throw nulInText(nulIn(value, '') ?? '');
  return value;
}

function holdsNul<Value>(value: Value): boolean {
  if (typeof value === 'string') return value.includes('\0');
  // What is frozen came out of a store, which took none.
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return false;
  if (Array.isArray(value)) return value.some(holdsNul);
  for (const name in value) if (name.includes('\0') || holdsNul(value[name])) return true;
  return false;
}

/** Where in a value the first U+0000 stands, as a path; null where there is none. */
function nulIn(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\0') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, item] of Object.entries(value)) {
    const at = nulIn(item, `${path}/${name.replaceAll('\0', '')}`);
    if (at !== null) return at;
    if (name.includes('\0')) return path;
  }
  return null;
}
