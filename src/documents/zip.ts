import { zipSync } from 'fflate';

/** Files as one .zip; of two with the same path the later one is numbered. */
export function zipOf(files: readonly { path: string; bytes: Uint8Array }[]): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (const [at, { path, bytes }] of files.entries()) {
    // No path leads out of the folder that it is unpacked into.
    const plain = path.replaceAll(/\.\.+|[\\:*?"<>|\x00-\x1f]|^\/+/g, '_');
    entries[plain in entries ? `${at}-${plain}` : plain] = bytes;
  }
  return zipSync(entries);
}
