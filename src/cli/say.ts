import { MinqingError, type Saying } from '../model/error.ts';
import type { Language } from '../model/text.ts';

/** The command itself was given wrongly; exits with 2. */
export class CliError extends MinqingError {
  constructor(saying: Saying) {
    super('bad-command', saying);
  }
}

/** Chinese unless `--lang en` says otherwise. */
export function languageIn(args: readonly string[]): Language {
  const at = args.indexOf('--lang');
  return (at >= 0 && args[at + 1] === 'en') || args.includes('--lang=en') ? 'en' : 'zh';
}

/** What `parseArgs` would not take, as a sentence. */
export function badOptions(error: unknown): CliError {
  const detail = error instanceof Error ? error.message : String(error);
  return new CliError({
    zh: `命令写法有误:${detail}。请运行 minqing --help 查看。`,
    en: `The command is not written as it must be: ${detail}. See minqing --help.`,
  });
}
