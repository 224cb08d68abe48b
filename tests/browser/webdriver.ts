import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** A browser that is driven by the W3C's own protocol; all that a smoke journey takes of it. */
export interface Driven {
  open(address: string): Promise<void>;
  /** Runs an async function's body in the page and gives what it came to. */
  run(body: string): Promise<unknown>;
  close(): Promise<void>;
}
export interface Kind {
  name: string;
  driver: string;
  capabilities: Record<string, unknown>;
  /** It opens a window, and wants a display for it. */
  windowed: boolean;
}

export const which = (name: string): string =>
  spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise<void>((closed) => server.close(() => closed()));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A display of its own where none is there; the number that Xvfb found free. */
async function display(started: ChildProcess[]): Promise<string> {
  if (process.env['DISPLAY']) return process.env['DISPLAY'];
  const server = spawn('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(server);
  const number = await new Promise<string>((found) =>
    server.stdout.once('data', (bytes: Buffer) => found(String(bytes).trim())),
  );
  return `:${number}`;
}

export async function drive({ driver, capabilities, windowed }: Kind): Promise<Driven> {
  const started: ChildProcess[] = [];
  const env = { ...process.env, ...(windowed ? { DISPLAY: await display(started) } : {}) };
  const port = await freePort();
  started.push(spawn(driver, [`--port=${port}`], { stdio: 'ignore', env }));
  const base = `http://127.0.0.1:${port}`;
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${base}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const end = () => {
    for (const child of started.reverse()) child.kill();
  };
  while (!(await fetch(`${base}/status`).catch(() => null))?.ok)
    await new Promise((resolve) => setImmediate(resolve));
  const wanted = { capabilities: { alwaysMatch: capabilities } };
  const session = await send('POST', '/session', wanted).catch((error: unknown) => {
    end();
    throw error;
  });
  const id =
    typeof session === 'object' && session && 'sessionId' in session ? String(session.sessionId) : '';
  await send('POST', `/session/${id}/timeouts`, { script: 40_000 });
  return {
    open: async (address) => void (await send('POST', `/session/${id}/url`, { url: address })),
    run: (body) =>
      send('POST', `/session/${id}/execute/async`, {
        script: `const done = arguments[0]; (async () => { ${body} })().then(done, (error) => done('failed: ' + error));`,
        args: [],
      }),
    async close() {
      await send('DELETE', `/session/${id}`).catch(() => undefined);
      end();
    },
  };
}
