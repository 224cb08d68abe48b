import type { AttachmentType } from '../model/attachment.ts';

/**
 * A file's type by what it holds; its name is never believed. Null for what we do not know, and for what runs: office
 * files with macros are not among those we know.
 */
export function fileType(bytes: Uint8Array): AttachmentType | null {
  const starts = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  const head = String.fromCharCode(...bytes.slice(0, 32));
  if (starts(0xff, 0xd8, 0xff)) return 'jpg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.slice(4, 8) === 'ftyp') return films.includes(head.slice(8, 12)) ? 'mp4' : null;
  // A frame of MPEG audio: its sync, version 1 or 2, layer III.
  if (head.startsWith('ID3') || (bytes[0] === 0xff && [0xfb, 0xf3, 0xfa, 0xf2].includes(bytes[1] ?? 0)))
    return 'mp3';
  if (starts(0x50, 0x4b, 0x03, 0x04)) return packageOf(bytes);
  if (starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return compoundOf(bytes);
  return null;
}

const films = ['isom', 'iso2', 'iso5', 'mp41', 'mp42', 'avc1', 'M4V '];

/** A zip is one only with a document's parts in it, and none that runs. */
function packageOf(bytes: Uint8Array): AttachmentType | null {
  const names = entryNames(bytes);
  if (!names?.has('[Content_Types].xml')) return null;
  if (
    [...names].some((name) => /vbaProject|activeX|\.bin$|\.exe$|\.dll$/i.test(name) && !settings.test(name))
  )
    return null;
  if (names.has('word/document.xml')) return 'docx';
  return names.has('xl/workbook.xml') ? 'xlsx' : null;
}
/** What Excel itself writes of printers. */
const settings = /^(xl|word)\/printerSettings\/printerSettings\d+\.bin$/;

/** From the directory at a zip's end, where a reader looks too; null for no whole zip. */
function entryNames(bytes: Uint8Array): Set<string> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const furthest = Math.max(0, end - 65_535);
  while (end >= furthest && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < furthest) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const names = new Set<string>();
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null;
    const length = view.getUint16(at + 28, true);
    names.add(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** The office files of before 2007, WPS's own among them, by the names of the streams inside. */
function compoundOf(bytes: Uint8Array): AttachmentType | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (stream: string) => buffer.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (holds('_VBA_PROJECT') || holds('_VBA_PROJECT_CUR')) return null;
  if (holds('WordDocument')) return 'doc';
  return holds('Workbook') || holds('Book') ? 'xls' : null;
}
