import { join } from 'node:path';
import { receiversIn } from './receivers-in.ts';
import { clamdScan } from '../server/clamd.ts';
import { packageRoot, serve } from '../server/main.ts';
import { optionsIn, CliError } from './say.ts';

/** `minqing serve`: runs until it is told to stop. */
export async function serveCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const port = Number(values.port ?? process.env['PORT'] ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CliError({
      zh: `端口“${values.port}”不对,应为 0–65535。`,
      en: `"${values.port}" is no port; give 0 to 65535.`,
    });
  const server = await serve({
    port,
    db: values.db ?? 'minqing.db',
    configs: values.configs ?? join(packageRoot, 'configs'),
    demo: values.demo ?? false,
    year: !values.empty,
    told: (county, done, of) => {
      if (process.stdout.isTTY) process.stdout.write(`\r${county} ${done}/${of}${done === of ? '\n' : ''}`);
      else if (done === of) console.log(`${county} ${done}/${of}`);
    },
    origins: (values.origins ?? '').split(',').filter((origin) => origin !== ''),
    logActors: values['log-actors'] ?? false,
    ...(values.files === undefined ? {} : { files: values.files }),
    ...(values.clamd === undefined ? {} : { scan: clamdScan(addressIn(values.clamd)) }),
    outside: await receiversIn(values.webhooks),
    stopWithin: 1000 * secondsIn(values['stop-within']),
    settings: values.settings ?? null,
  });
  console.log(`minqing: http://127.0.0.1:${server.port}/ · ${server.counties.join('、')}`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await server.close();
  return 0;
}

function addressIn(given: string): { host: string; port: number } {
  const [, host, port] = /^([\w.-]+):(\d{1,5})$/.exec(given) ?? [];
  if (host !== undefined) return { host, port: Number(port) };
  throw new CliError({
    zh: `--clamd “${given}”应为 主机:端口,如 127.0.0.1:3310。`,
    en: `--clamd "${given}" must be HOST:PORT, such as 127.0.0.1:3310.`,
  });
}

function secondsIn(given = '10'): number {
  const seconds = Number(given);
  if (given !== '' && seconds >= 0 && seconds <= 3600) return seconds;
  throw new CliError({
    zh: `--stop-within “${given}”应为秒数(0–3600)。`,
    en: `--stop-within "${given}" must be a number of seconds, 0 to 3600.`,
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      port: { type: 'string' },
      db: { type: 'string' },
      configs: { type: 'string' },
      demo: { type: 'boolean' },
      empty: { type: 'boolean' },
      origins: { type: 'string' },
      files: { type: 'string' },
      clamd: { type: 'string' },
      webhooks: { type: 'string' },
      'log-actors': { type: 'boolean' },
      'stop-within': { type: 'string' },
      settings: { type: 'string' },
      lang: { type: 'string' },
    },
  });
