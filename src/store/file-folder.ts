import { createHash } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileBytes } from './file-bytes.ts';

/** Files' bytes in a folder, which no web server shows; no name that anybody gave is part of a path. */
export function folderOfFiles(folder: string): FileBytes {
  const pathOf = (county: string, id: string) => {
    const name = createHash('sha256')
      .update(JSON.stringify([county, id]))
      .digest('hex');
    return join(folder, name.slice(0, 2), name);
  };
  let written = 0;
  return {
    async put(county, id, bytes) {
      const path = pathOf(county, id);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const beside = `${path}.${process.pid}.${(written += 1)}`;
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      try {
        await link(beside, path);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      } finally {
        await rm(beside, { force: true });
      }
      const around = await open(dirname(path));
      await around.sync();
      await around.close();
    },
    async get(county, id) {
      return readFile(pathOf(county, id)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
    },
    async remove(county, id) {
      await rm(pathOf(county, id), { force: true });
    },
  };
}
