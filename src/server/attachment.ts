import { attachmentTypes, type AttachmentType } from '../model/attachment.ts';
import type { County } from '../county/county.ts';
import type { Scan } from './clamd.ts';
import { ServerError } from './error.ts';
import { fileType } from './file-type.ts';
import { isPicture, redrawn } from './picture.ts';

const MEBIBYTE = 1024 * 1024;

/** A file as a county keeps it: within its size, of a kind that it takes by what is in it, looked over, pictures drawn anew. */
export async function judged(
  sent: Uint8Array,
  { megabytes, types }: County['attachments'],
  scan: Scan | undefined,
): Promise<{ type: string; bytes: Uint8Array }> {
  if (sent.length > megabytes * MEBIBYTE)
    throw largerThan(`附件 ${megabytes} MB`, `a file of ${megabytes} MB`);
  const is = fileType(sent);
  if (!is || !types.includes(is)) throw wrongType(types);
  await look(sent, scan);
  const bytes = isPicture(is) ? await redrawn(sent, is) : sent;
  if (!bytes) throw unreadable(is);
  return { type: attachmentTypes[is], bytes };
}

/** What is wrong with the file itself, and stays so however often it is sent. */
export const lastingRefusals = ['too-large', 'wrong-file-type', 'infected'];

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

function wrongType(types: readonly AttachmentType[]): ServerError {
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
