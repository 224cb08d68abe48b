import { setTimeout as later } from 'node:timers/promises';
import type { Store } from './port.ts';

/** How long SQLite itself waits for a file that another holds, during which this process does nothing else, in milliseconds. */
export const AT_ONCE = 20;
/** After how long a write is tried again, and how often: for five seconds in all. */
const PAUSE = 30;
const TRIES = 100;

/** Nothing of it was kept: who may not write yet is told so before the first row. */
const isHeld = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('SQLITE_BUSY');

async function patiently<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1)
    try {
      return await write();
    } catch (error) {
      if (tries === TRIES || !isHeld(error)) throw error;
      await later(PAUSE);
    }
}

/** A store on a file that another may hold for a while: whoever writes waits, and all others go on meanwhile. */
export function patient(store: Store): Store {
  return {
    ...store,
    next: (...asked) => patiently(() => store.next(...asked)),
    reach: (...asked) => patiently(() => store.reach(...asked)),
    commit: (...asked) => patiently(() => store.commit(...asked)),
    saveScores: (...asked) => patiently(() => store.saveScores(...asked)),
    forgetKeys: (...asked) => patiently(() => store.forgetKeys(...asked)),
    claimTimers: (...asked) => patiently(() => store.claimTimers(...asked)),
    claimSends: (...asked) => patiently(() => store.claimSends(...asked)),
    settleSend: (...asked) => patiently(() => store.settleSend(...asked)),
    replaySends: (...asked) => patiently(() => store.replaySends(...asked)),
    markRead: (...asked) => patiently(() => store.markRead(...asked)),
    saveDraft: (...asked) => patiently(() => store.saveDraft(...asked)),
    saveFile: (...asked) => patiently(() => store.saveFile(...asked)),
    removeFiles: (...asked) => patiently(() => store.removeFiles(...asked)),
    saveRecords: (...asked) => patiently(() => store.saveRecords(...asked)),
    saveDirectory: (...asked) => patiently(() => store.saveDirectory(...asked)),
    erasePerson: (...asked) => patiently(() => store.erasePerson(...asked)),
    saveSensitiveAct: (...asked) => patiently(() => store.saveSensitiveAct(...asked)),
    saveConfig: (...asked) => patiently(() => store.saveConfig(...asked)),
  };
}
