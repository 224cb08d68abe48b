import { request as plain } from 'node:http';
import { request as secured } from 'node:https';
import { guardedLookup, judgeHost } from './address-guard.ts';
import type { Receiver } from './receivers.ts';

/** Sends one message; null once the receiver has taken it, else in a word why it has not. Follows nobody elsewhere. */
export type Post = (
  receiver: Receiver,
  headers: Record<string, string>,
  body: string | Uint8Array,
) => Promise<string | null>;

/** What a slow line of a county carries. */
const BYTES_IN_MS = 250;

export function postWithin(ms: number): Post {
  return (receiver, headers, body) =>
    new Promise((resolve) => {
      const failed = (error: unknown) => resolve(wordOf(error));
      try {
        judgeHost(receiver.url, receiver);
        const send = receiver.url.protocol === 'https:' ? secured : plain;
        const sent = send(receiver.url, {
          method: 'POST',
          headers: {
            ...headers,
            'Content-Type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
            'Content-Length': String(Buffer.byteLength(body)),
          },
          lookup: guardedLookup(receiver),
          // The whole of it, however slowly an answer drips in.
          signal: AbortSignal.timeout(ms + Math.ceil(Buffer.byteLength(body) / BYTES_IN_MS)),
        });
        sent.once('error', failed);
        sent.once('response', (answer) => {
          const { statusCode = 0 } = answer;
          // What it says is of no use here, and could be endless.
          answer.destroy();
          resolve(statusCode >= 200 && statusCode < 300 ? null : `HTTP ${statusCode}`);
        });
        sent.end(body);
      } catch (error) {
        failed(error);
      }
    });
}

function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
