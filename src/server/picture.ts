import type { AttachmentType } from '../model/attachment.ts';
import { ServerError } from './error.ts';

/** How a picture is written anew; a PNG loses nothing by it. */
const written = {
  jpg: ['jpeg', { quality: 90 }],
  png: ['png', {}],
  webp: ['webp', { quality: 90 }],
} as const;
export type Picture = keyof typeof written;

export const isPicture = (type: AttachmentType): type is Picture => type in written;

/** A telephone's largest has two hundred million; what claims more is made to fill the memory. */
const PIXELS = 210_000_000;

/**
 * A picture drawn anew from its pixels, the right way up: without what the camera wrote beside it (where it was taken,
 * when, with whose telephone), and without whatever else was hidden in the file. Null for what cannot be drawn.
 */
export async function redrawn(bytes: Uint8Array, type: Picture): Promise<Uint8Array | null> {
  const sharp = await painter();
  const [format, options] = written[type];
  const read = { failOn: 'error', limitInputPixels: PIXELS } as const;
  try {
    const { pages = 1 } = await sharp(bytes, read).metadata();
    const picture = pages > 1 ? sharp(bytes, { ...read, animated: true }) : sharp(bytes, read).autoOrient();
    return new Uint8Array(await picture.toFormat(format, options).toBuffer());
  } catch {
    return null;
  }
}

/** It comes as a part for each kind of machine, and only a server that takes pictures needs it. */
async function painter() {
  try {
    const { default: sharp } = await import('sharp');
    return sharp;
  } catch (cause) {
    throw new ServerError(
      'no-pictures',
      {
        zh: '本服务未安装图片处理组件 sharp,暂不能接收图片,未保存。请告知系统管理人员安装。',
        en: 'This service has no "sharp", with which pictures are drawn anew, and takes none; nothing was kept. Whoever runs it installs it with: npm install sharp.',
      },
      { cause },
    );
  }
}
