// Finds a Chromium for the browser tests; never skips them in silence.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const which = (name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
/** The same browser without its windows: it takes two thirds of the time. */
const shell = 'chromium-headless-shell';
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const installed = () => names.map(which).find((path) => path !== '');
const canInstall = () => process.getuid?.() === 0 && which('apt-get') !== '';

function install(name) {
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  };
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], quiet);
}

export async function findChromium() {
  const named = process.env.MINQING_CHROMIUM ?? process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`MINQING_CHROMIUM names ${named}, which is not there.`);
  }
  if (!which(shell) && canInstall()) install(shell);
  if (!installed() && canInstall()) install('chromium');
  const here = installed();
  if (here) return here;
  spawnSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: 'inherit' });
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    'The browser tests need a Chromium and none could be had. Install one (Debian: apt-get install chromium), or set MINQING_CHROMIUM to its path.',
  );
}
