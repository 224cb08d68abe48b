import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { MinqingError } from '../../src/model/error.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-cli-'));

/** Writes a file of a test and gives its path. */
export function file(name: string, content: string | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Runs a command as a terminal would: what it says on each stream, and the refusal where it stops. */
export async function run(command: (args: string[]) => Promise<number>, args: string[]) {
  const said = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  const log = vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    said.out += `${String(text)}\n`;
  });
  try {
    const code = await command(args);
    return { ...said, code, refused: null };
  } catch (error) {
    if (!(error instanceof MinqingError)) throw error;
    return { ...said, code: 2, refused: error.saying };
  } finally {
    for (const spy of [out, err, log]) spy.mockRestore();
  }
}
