import { receiversOf } from '../server/receivers.ts';
import { withCounties } from './counties.ts';
import { receiversIn } from './receivers-in.ts';
import { optionsIn, CliError } from './say.ts';

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
  const { db, configs, demo, webhooks } = values;
  const receivers = receiversOf((await receiversIn(webhooks)).receivers);
  return withCounties(
    { db, configs, demo },
    async ({ hosts }) => {
      for (const { county, desk } of hosts.values()) {
        console.log(`${county.id} ${await desk.tick(county.id, now)}`);
        await desk.digest(now);
      }
      return 0;
    },
    { now: () => now, receiversOf: receivers },
  );
}

const parse = (args: string[]) =>
  optionsIn({
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
