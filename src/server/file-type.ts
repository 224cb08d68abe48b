/** A file's type by its first bytes; its name is never believed. Null for what we do not take. */
export function fileType(bytes: Uint8Array): string | null {
  const starts = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'application/pdf';
  const ascii = String.fromCharCode(...bytes.slice(0, 16));
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp';
  if (ascii.startsWith('PK\u0003\u0004')) return 'application/zip';
  return null;
}
