import type { Context } from 'hono';
import type { PrintedFile } from '../model/paper.ts';

/** A file as a download, whatever it is: never shown in the page's own place. */
export function download(c: Context, { name, type, bytes }: PrintedFile): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    // Should a browser show it after all, it may do nothing there.
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}
