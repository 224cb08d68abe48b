import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const text = {
  situation: '城区三所小学放学时段校门口拥堵,车辆与学生混行。',
  analysis: '停车位不足,无分流方案。',
  suggestion: '设置护学岗和错峰放学。',
};
export const checked = { 'content-sound': true, category: 'education-health', level: 'county' };
export const COUNTY = 'huantai';
const cli = ['--disallow-code-generation-from-strings', 'dist/cli.js'];

export const freshFolder = () => mkdtempSync(join(tmpdir(), 'minqing-faults-'));

/** One county's config, and a directory of fifty authors and fifty who check. */
export function officeFolder(): string {
  const folder = freshFolder();
  for (const name of ['base', COUNTY]) copyFileSync(`configs/${name}.json`, join(folder, `${name}.json`));
  const fifty = Array.from({ length: 50 }, (_, at) => at + 1);
  const people = [
    ...fifty.map((at) => ({ id: `author-${at}`, name: `委员${at}`, kind: 'member' })),
    ...fifty.map((at) => ({
      id: `checker-${at}`,
      name: `初核${at}`,
      kind: 'cadre',
      posts: [{ post: 'checker' }],
    })),
  ];
  writeFileSync(join(folder, `${COUNTY}.directory.json`), JSON.stringify({ organisations: [], people }));
  return folder;
}

export interface Portal {
  settings: string;
  token(who: string): Promise<string>;
  close(): void;
}
/** A portal that publishes its keys; its tokens hold whatever becomes of the service. */
export async function openPortal(): Promise<Portal> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [await exportJWK(publicKey)] });
  const server = createServer((_request, answer) =>
    answer.setHeader('Content-Type', 'application/json').end(keys),
  );
  const issuer = await new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    }),
  );
  const settings = join(freshFolder(), 'settings.json');
  writeFileSync(
    settings,
    JSON.stringify({ portals: [{ issuer, audience: 'minqing', jwks: `${issuer}/jwks` }] }),
  );
  const known = new Map<string, Promise<string>>();
  return {
    settings,
    token(who) {
      const token =
        known.get(who) ??
        new SignJWT()
          .setProtectedHeader({ alg: 'ES256' })
          .setSubject(who)
          .setIssuer(issuer)
          .setAudience('minqing')
          .setExpirationTime('12h')
          .sign(privateKey);
      known.set(who, token);
      return token;
    },
    close: () => void server.close(),
  };
}

export interface Service {
  base: string;
  signal(signal: 'SIGUSR2' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it by a signal, and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}
/** What starts the built server on a free port. */
export const serving = (db: string, configs: string, settings: string): string[] => [
  ...cli,
  ...['serve', '--port', '0', '--db', db, '--configs', configs, '--settings', settings],
];

/** The built server as a process of its own, once it says that it listens. */
export async function startService(
  db: string,
  configs: string,
  settings: string,
  flags: string[] = [],
): Promise<Service> {
  const args = [...flags, ...serving(db, configs, settings)];
  // It tells of every answer on its error channel, and that is not what is looked at here.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (said: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said));
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    base,
    signal: (signal) => void child.kill(signal),
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}

/** What `minqing verify-log` says of a database; it throws where something differs. */
export function verified(db: string, configs: string): string {
  return execFileSync(process.execPath, [...cli, 'verify-log', '--db', db, '--configs', configs], {
    encoding: 'utf8',
  }).trim();
}
