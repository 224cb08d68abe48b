import { connect } from 'node:net';

/** What looks a file over before it is kept: null when it may stay, else what was found in it. It may fail. */
export type Scan = (bytes: Uint8Array) => Promise<string | null>;

const PART = 64 * 1024;

/** ClamAV's daemon, asked over its own protocol (INSTREAM). */
export function clamdScan({ host, port }: { host: string; port: number }, within = 20_000): Scan {
  return (bytes) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      let said = '';
      const failed = (why: string) => {
        socket.destroy();
        reject(new Error(`clamd ${why}`));
      };
      socket.setTimeout(within, () => failed('is silent'));
      socket.once('error', ({ message }) => failed(message));
      socket.once('connect', () => {
        socket.write('zINSTREAM\0');
        for (let at = 0; at < bytes.length; at += PART) {
          const part = bytes.subarray(at, at + PART);
          const length = Buffer.alloc(4);
          length.writeUInt32BE(part.length);
          socket.write(length);
          socket.write(part);
        }
        socket.write(Buffer.alloc(4));
      });
      socket.on('data', (chunk) => (said += String(chunk)));
      socket.once('end', () => {
        socket.destroy();
        const found = /^stream: (.+) FOUND\0?$/.exec(said.trim());
        if (found) return resolve(found[1] ?? 'virus');
        return /^stream: OK\0?$/.test(said.trim())
          ? resolve(null)
          : reject(new Error('clamd did not answer'));
      });
    });
}
