import { openStore } from '../server/open-store.ts';
import { optionsIn, CliError } from './say.ts';

const PAGE = 500;

/** `minqing messages`: lists what systems outside were told in vain, or sends it again. */
export async function messagesCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [what, ...given] = positionals;
  const keys = given.map(Number);
  const chosen = values.all ? given.length === 0 : keys.length > 0 && keys.every(Number.isInteger);
  if (!values.db || !values.county || !(what === 'list' || (what === 'replay' && chosen)))
    throw new CliError({
      zh: '用法:minqing messages list --db FILE --county ID;minqing messages replay --db FILE --county ID(--all 或编号)。',
      en: 'Give: minqing messages list --db FILE --county ID, or minqing messages replay --db FILE --county ID with --all or keys.',
    });
  const store = await openStore(values.db);
  try {
    if (what === 'replay') {
      const now = new Date().toISOString();
      console.log(String(await store.replaySends(values.county, values.all ? null : keys, now)));
      return 0;
    }
    let after = 0;
    for (;;) {
      const page = await store.deadSends(values.county, after, PAGE);
      for (const { key, receiver, id, attempts, failure } of page)
        console.log([key, receiver, id, attempts, failure ?? ''].join('\t'));
      const last = page.at(-1);
      if (!last) return 0;
      after = last.key;
    }
  } finally {
    await store.close();
  }
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    allowPositionals: true,
    options: {
      db: { type: 'string' },
      county: { type: 'string' },
      all: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
