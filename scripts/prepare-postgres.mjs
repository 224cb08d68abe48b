// Makes sure that there is a PostgreSQL for the tests to start, where it can be had from Debian's packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const debian = '/usr/lib/postgresql';
const installed = () =>
  existsSync(debian) && readdirSync(debian).some((version) => existsSync(`${debian}/${version}/bin/initdb`));
const apt = (args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

export function preparePostgres() {
  if (installed()) return;
  const has = spawnSync('sh', ['-c', 'command -v apt-get'], { stdio: 'ignore' }).status === 0;
  if (process.getuid?.() === 0 && has) {
    apt(['update']);
    apt(['install', '-y', '--no-install-recommends', 'postgresql']);
  }
  // The tests themselves say what is left out; in CI they fail.
  if (!installed())
    console.warn('PostgreSQL is not installed; its tests are left out. Debian: apt-get install postgresql');
}
