import type { Report } from './mistake.ts';

/** A key that nothing reads would stand there and do nothing: whoever wrote it believes in it. */
export function checkKeys(report: Report, pointer: string, raw: object, read: readonly string[]): void {
  for (const [key, value] of Object.entries(raw))
    if (value !== undefined && !read.includes(key))
      report(`${pointer}/${key}`, 'unread-key', key, null, read);
}
