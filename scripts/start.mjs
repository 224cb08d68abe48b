// npm start: everything a newcomer needs to see it run, then the server in demo mode.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { prepareSqlite } from './prepare-sqlite.mjs';

prepareSqlite();

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
      .map((entry) => statSync(`${entry.parentPath}/${entry.name}`).mtimeMs),
  );
const built = existsSync('dist/cli.js') ? statSync('dist/cli.js').mtimeMs : 0;
if (['src', 'components', 'configs'].some((folder) => newest(folder) > built)) {
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const child = spawn(
  process.execPath,
  [
    '--disallow-code-generation-from-strings',
    'dist/cli.js',
    'serve',
    '--demo',
    '--db',
    'minqing-demo.db',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
