import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const debian = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs are; null where it is not installed. */
export function programs(): string | null {
  const folders = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return (
    folders.map((version) => `${debian}/${version}/bin`).find((bin) => existsSync(`${bin}/initdb`)) ?? null
  );
}

export interface PostgresServer {
  /** A new, empty database of it. */
  database(): Promise<string>;
  /** Runs one of its programs, such as pg_dump. */
  run(program: string, args: string[]): string;
}
export interface PostgresProcess extends PostgresServer {
  /** Stops it at once, as a loss of power does, and starts it on the same files; `meanwhile` while it is away. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Stops it and deletes its files. */
  end(): Promise<void>;
}

/** A PostgreSQL process of one's own, reached by a socket in its own folder. `synced`: what it commits is on the disk. */
export async function startPostgres(bin: string, synced = false): Promise<PostgresProcess> {
  // PostgreSQL refuses to run as root; Debian's package comes with a user for it.
  const asRoot = userInfo().uid === 0;
  const command = (program: string, args: string[]): [string, string[]] =>
    asRoot
      ? ['runuser', ['-u', 'postgres', '--', `${bin}/${program}`, ...args]]
      : [`${bin}/${program}`, args];
  const run = (program: string, args: string[]) =>
    execFileSync(...command(program, args), {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const folder = mkdtempSync(join(tmpdir(), 'minqing-pg-'));
  if (asRoot) execFileSync('chown', ['postgres', folder]);
  else chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const sync = synced ? [] : ['--no-sync'];
  run('initdb', ['-D', data, '-U', 'minqing', '-A', 'trust', '-E', 'UTF8', ...sync]);
  const url = (name: string) => `postgres://minqing@${encodeURIComponent(folder)}/${name}`;

  async function start(): Promise<() => Promise<void>> {
    // No port, so that nothing else is in its way.
    const [program, args] = command('postgres', ['-D', data, '-k', folder, '-c', 'listen_addresses=']);
    const server = spawn(program, args, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    let said = '';
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (words: Buffer) => {
        said += String(words);
        if (said.includes('ready to accept connections')) resolve();
      });
      server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    });
    return async () => {
      run('pg_ctl', ['stop', '-D', data, '-m', 'immediate']);
      await ended;
    };
  }
  let stop = await start();
  let databases = 0;
  return {
    async database() {
      const name = `m${(databases += 1)}`;
      const client = new pg.Client(url('postgres'));
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    run,
    async restart(meanwhile) {
      await stop();
      await meanwhile?.();
      stop = await start();
    },
    async end() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
