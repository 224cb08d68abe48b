import { parseArgs, type ParseArgsConfig } from 'node:util';
import { MinqingError, type Saying } from '../model/error.ts';
import type { Language } from '../model/text.ts';

/** The command itself was given wrongly; exits with 2. */
export class CliError extends MinqingError {
  constructor(saying: Saying) {
    super('bad-command', saying);
  }
}

/** Chinese unless `--lang en`, or the language that the terminal speaks, says otherwise. */
export function languageIn(args: readonly string[]): Language {
  const at = args.indexOf('--lang');
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const asked =
    (at >= 0 ? args[at + 1] : args.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)) ??
    (LC_ALL || LC_MESSAGES || LANG);
  return asked?.startsWith('en') ? 'en' : 'zh';
}

/** The options of a command, or what is wrong with them as a sentence. */
export function optionsIn<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CliError({
      zh: `命令写法有误:${detail}。请运行 minqing --help 查看。`,
      en: `The command is not written as it must be: ${detail}. See minqing --help.`,
    });
  }
}
