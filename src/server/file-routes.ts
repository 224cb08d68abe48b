import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { Asking } from './asking.ts';
import { judged } from './attachment.ts';
import type { Scan } from './clamd.ts';
import { download } from './download.ts';
import { ServerError } from './error.ts';
import { kindIn } from './kind-in.ts';
import { routes } from './routes.ts';

/** Files come in judged by their content, and go out as downloads alone. */
export function fileRoutes(app: Hono, { asked }: Asking, newId: () => string, scan?: Scan): void {
  app.post(routes.upload.path, async (c) => {
    const { host, actor } = await asked(c, routes.upload);
    const { id: county, attachments } = host.county;
    const { type, bytes } = await judged(new Uint8Array(await c.req.arrayBuffer()), attachments, scan);
    const name = decodeName(c.req.header('X-File-Name'));
    const key = c.req.header('Idempotency-Key');
    const id = key === undefined ? newId() : createHash('sha256').update(`${actor.id}\n${key}`).digest('hex');
    const before = key === undefined ? null : await host.store.file(county, id);
    if (before && !Buffer.from(before.bytes).equals(bytes))
      throw new ServerError('key-reused', {
        zh: '同一个 Idempotency-Key 已用于另一个文件。请换一个新的键。',
        en: 'This Idempotency-Key was used for another file. Take a new key.',
      });
    if (before) return c.json({ id, name: before.name, type: before.type }, 201);
    await host.store.saveFile({ county, id, name, type, uploader: actor.id, bytes });
    return c.json({ id, name, type }, 201);
  });

  app.get(routes.file.path, async (c) => {
    const { host, actor } = await asked(c, routes.file);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    return download(c, await host.desk.file(ref, c.req.param('file') ?? '', actor));
  });
}

/** The name that an upload came with. */
export function decodeName(header: string | undefined): string {
  try {
    return (
      decodeURIComponent(header ?? '')
        .replaceAll('\0', '')
        .slice(0, 120) || 'file'
    );
  } catch {
    return 'file';
  }
}
