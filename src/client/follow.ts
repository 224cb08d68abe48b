import type { Changed } from '../model/view.ts';

/** Between two tries to have the line again, in milliseconds: longer with each that fails. */
const waits = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Reads the stream of changes and asks for it again whenever it ends, as it does now and then and whenever the network
 * fails; a server that refuses it is not asked again.
 */
export async function follow(
  ask: () => Promise<Response>,
  heard: (changed: Changed | null) => void,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  for (let first = true; !signal.aborted; first = false) {
    try {
      const { body } = await ask();
      if (!body) return;
      if (!first) heard(null);
      failures = 0;
      await readEvents(body, heard);
    } catch (error) {
      if (refuses(error)) return;
      failures += 1;
    }
    await pause(waits[Math.min(failures, waits.length - 1)] ?? 0, signal);
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  heard: (changed: Changed) => void,
): Promise<void> {
  const reader = body.getReader();
  const words = new TextDecoder();
  let unread = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (unread + words.decode(value, { stream: true })).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) heard(JSON.parse(line.slice('data: '.length)));
  }
}

function refuses(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  return status >= 400 && status < 500 && status !== 429;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
