import type { Store } from './port.ts';

/** Where files' bytes lie apart from the tables: a folder, or whatever keeps objects under a name. */
export interface FileBytes {
  /** The first under a name stays; once this returns they survive the loss of the machine's power. */
  put(county: string, id: string, bytes: Uint8Array): Promise<void>;
  get(county: string, id: string): Promise<Uint8Array | null>;
  remove(county: string, id: string): Promise<void>;
}

const NONE = new Uint8Array();

/** A store whose files' bytes are kept elsewhere. Those that its own table holds from before are read from there. */
export function filesBeside(store: Store, bytes: FileBytes): Store {
  return {
    ...store,
    async saveFile(file) {
      // Bytes without a row are never shown; a row without bytes would be a file that is lost.
      await bytes.put(file.county, file.id, file.bytes);
      await store.saveFile({ ...file, bytes: NONE });
    },
    async file(county, id) {
      const file = await store.file(county, id);
      if (!file || file.bytes.length > 0) return file;
      return { ...file, bytes: (await bytes.get(county, id)) ?? NONE };
    },
    async removeFiles(county, ids) {
      await store.removeFiles(county, ids);
      for (const id of ids) await bytes.remove(county, id);
    },
    async commit(commit) {
      await store.commit(commit);
      for (const { thing, erases } of commit.steps)
        for (const id of erases?.files ?? []) await bytes.remove(thing.county, id);
    },
  };
}
