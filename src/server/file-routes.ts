import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { attachmentTypes } from '../model/attachment.ts';
import type { Asking } from './asking.ts';
import type { Scan } from './clamd.ts';
import { download } from './download.ts';
import { ServerError } from './error.ts';
import { fileType } from './file-type.ts';
import { kindIn } from './kind-in.ts';
import { isPicture, redrawn } from './picture.ts';
import { routes } from './routes.ts';

const MEBIBYTE = 1024 * 1024;

/** Files come in judged by their content, and go out as downloads alone. */
export function fileRoutes(app: Hono, { asked }: Asking, newId: () => string, scan?: Scan): void {
  app.post(routes.upload.path, async (c) => {
    const { host, actor } = await asked(c, routes.upload);
    const { id: county, attachments } = host.county;
    const sent = new Uint8Array(await c.req.arrayBuffer());
    if (sent.length > attachments.megabytes * MEBIBYTE)
      throw largerThan(`附件 ${attachments.megabytes} MB`, `a file of ${attachments.megabytes} MB`);
    const is = fileType(sent);
    if (!is || !attachments.types.includes(is)) throw wrongType(attachments.types);
    await look(sent, scan);
    const bytes = isPicture(is) ? await redrawn(sent, is) : sent;
    if (!bytes) throw unreadable(is);
    const type = attachmentTypes[is];
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

async function look(bytes: Uint8Array, scan: Scan | undefined): Promise<void> {
  if (!scan) return;
  let found: string | null;
  try {
    found = await scan(bytes);
  } catch (cause) {
    throw new ServerError(
      'no-scan',
      {
        zh: '附件查毒暂时不可用,未保存。请稍后再传;如仍不行,请联系系统管理人员。',
        en: 'Files cannot be looked over for viruses just now; nothing was kept. Try again later, or tell whoever runs this service.',
      },
      { cause },
    );
  }
  if (found !== null)
    throw new ServerError('infected', {
      zh: '附件中查出病毒,未保存。请先在本机查杀,再上传干净的文件。',
      en: 'A virus was found in the file; nothing was kept. Clean your machine, then upload a clean file.',
    });
}

function wrongType(types: readonly string[]): ServerError {
  const names = types.map((type) => type.toUpperCase()).join(', ');
  return new ServerError('wrong-file-type', {
    zh: `只接收 ${names}(按内容识别,不看文件名;含宏的文件不收)。`,
    en: `We take ${names}, judged by content and not by name, and none with macros.`,
  });
}

function unreadable(type: string): ServerError {
  const is = type.toUpperCase();
  return new ServerError('wrong-file-type', {
    zh: `这个 ${is} 图片打不开,可能已损坏,未保存。请重新拍照或另存后再传。`,
    en: `This ${is} picture cannot be opened and may be broken; nothing was kept. Take it again, or save it anew, and send that.`,
  });
}

export function largerThan(zh: string, en: string): ServerError {
  return new ServerError('too-large', {
    zh: `内容超过上限(${zh}),未保存。请删减或压缩后再提交。`,
    en: `It is larger than we take (${en}); nothing was kept. Make it smaller and send it again.`,
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
