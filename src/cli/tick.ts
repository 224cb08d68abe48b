import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openCounties } from '../server/counties.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { receiversOf } from '../server/receivers.ts';
import { receiversIn } from './receivers-in.ts';
import { badOptions, CliError } from './say.ts';

/** `minqing tick`: does once what a running server's clock does, as of a given instant. */
export async function tickCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const at = new Date(values.at ?? Date.now());
  if (!values.db || Number.isNaN(at.getTime()))
    throw new CliError({
      zh: '请写明 --db FILE;--at 应为时刻,如 2026-03-09T01:00:00Z。',
      en: 'Give --db FILE; --at takes an instant such as 2026-03-09T01:00:00Z.',
    });
  const now = at.toISOString();
  const store = await openStore(values.db);
  try {
    const { hosts } = await openCounties({
      folder: values.configs ?? `${packageRoot}configs`,
      store,
      demo: values.demo ?? false,
      now: () => now,
      newSalt: randomUUID,
      heard: () => undefined,
      receiversOf: receiversOf(await receiversIn(values.webhooks)),
    });
    for (const { county, desk } of hosts.values())
      console.log(`${county.id} ${await desk.tick(county.id, now)}`);
  } finally {
    await store.close();
  }
  return 0;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        db: { type: 'string' },
        configs: { type: 'string' },
        at: { type: 'string' },
        demo: { type: 'boolean' },
        webhooks: { type: 'string' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw badOptions(error);
  }
}
