import { readFile } from 'node:fs/promises';
import { nobodyOutside, readReceivers, type Outside } from '../server/receivers.ts';
import { CliError } from './say.ts';

/** The deployment's own file of who is told what happens, and of committees on other services; none without it. */
export async function receiversIn(file: string | undefined): Promise<Outside> {
  if (file === undefined) return nobodyOutside;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError({
      zh: `读不到 --webhooks 文件 ${file}。请核对路径和权限。`,
      en: `The --webhooks file ${file} cannot be read. Check its path and who may read it.`,
    });
  });
  return readReceivers(file, text);
}
