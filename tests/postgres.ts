import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, test } from 'vitest';

const debian = '/usr/lib/postgresql';

/** Where PostgreSQL's own programs are; null where it is not installed. */
function programs(): string | null {
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

/**
 * Tests on a PostgreSQL process of their own, started for them and stopped after them. Where PostgreSQL is not
 * installed they are left out aloud; with CI set they fail.
 */
export function withPostgres(name: string, tests: (server: PostgresServer) => void): void {
  const bin = programs();
  if (bin === null) {
    const remedy = 'PostgreSQL is not installed: apt-get install postgresql';
    if (process.env['CI'])
      test(name, () => {
        throw new Error(remedy);
      });
    else {
      console.warn(`left out: ${name}. ${remedy}`);
      test.skip(`${name} (${remedy})`, () => undefined);
    }
    return;
  }
  describe(name, () => {
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
    let folder = '';
    let databases = 0;
    let stop = async () => undefined as void;
    const url = (name: string) => `postgres://minqing@${encodeURIComponent(folder)}/${name}`;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'minqing-pg-'));
      if (asRoot) execFileSync('chown', ['postgres', folder]);
      else chmodSync(folder, 0o700);
      const data = join(folder, 'data');
      run('initdb', ['-D', data, '-U', 'minqing', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
      // A socket in its own folder and no port, so that nothing else is in its way.
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
      stop = async () => {
        run('pg_ctl', ['stop', '-D', data, '-m', 'immediate']);
        await ended;
        rmSync(folder, { recursive: true, force: true });
      };
    });
    afterAll(() => stop());
    tests({
      async database() {
        const name = `m${(databases += 1)}`;
        const client = new pg.Client(url('postgres'));
        await client.connect();
        await client.query(`create database ${name}`);
        await client.end();
        return url(name);
      },
      run,
    });
  });
}
