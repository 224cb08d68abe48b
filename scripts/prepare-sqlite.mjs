// Makes sure that better-sqlite3 opens a database: where no prebuilt one could be fetched, it is compiled here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

// In a process of its own: a failed load of a native module is remembered by the one that tried.
const opens = () =>
  spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], {
    stdio: 'ignore',
  }).status === 0;
const run = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

export function prepareSqlite() {
  if (opens()) return;
  const tools = ['python3', 'make', 'g++'];
  if (!tools.every(has)) {
    const root = process.getuid?.() === 0;
    const installed =
      root && has('apt-get') && run('apt-get', ['update']) && run('apt-get', ['install', '-y', ...tools]);
    if (!installed) fail('Install python3, make and g++ (Debian: apt-get install python3 make g++).');
  }
  const places = [join(dirname(process.execPath), '..'), '/usr', process.env.npm_config_nodedir ?? ''];
  const headers = places.find((place) => place !== '' && existsSync(join(place, 'include/node/node.h')));
  console.log(
    headers
      ? 'Compiling better-sqlite3 once; this takes a minute or two.'
      : 'No headers of Node are here; node-gyp will try to fetch them.',
  );
  run('npm', ['rebuild', 'better-sqlite3', '--build-from-source', '--foreground-scripts'], {
    npm_config_build_from_source: 'true',
    ...(headers ? { npm_config_nodedir: headers } : {}),
  });
  if (!opens())
    fail(
      headers
        ? 'better-sqlite3 was compiled and still does not open a database; see above.'
        : `Install the headers of Node ${process.version} (Debian: libnode-dev, or Node from its own tarball) and try again.`,
    );
}

function fail(what) {
  console.error(`better-sqlite3 cannot be used here. ${what}`);
  process.exit(1);
}

if (import.meta.url === `file://${process.argv[1]}`) prepareSqlite();
