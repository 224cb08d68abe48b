import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Hono } from 'hono';

export interface Static {
  type: string;
  body: string | Uint8Array;
}

const zip = promisify(gzip);
/** What is smaller gains nothing by being packed. */
const SMALL = 1024;

/** The page and its elements, the same for everybody; each is packed once, when it is first asked for. */
export function staticRoutes(app: Hono, statics: ReadonlyMap<string, Static>): void {
  for (const [path, { type, body }] of statics) {
    const plain = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
    const headers = {
      'Content-Type': type,
      // What is named by its content stays as it is; the rest is asked for again.
      'Cache-Control': path.startsWith('/minqing/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
      // A portal elsewhere loads the elements as modules. There is nothing in them that not everybody may read.
      ...(type.startsWith('text/javascript') ? { 'Access-Control-Allow-Origin': '*' } : {}),
    };
    let packed: Promise<Uint8Array<ArrayBuffer>> | null = null;
    app.get(path, async (c) => {
      const takes = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '');
      if (!takes || plain.length < SMALL || !/^(text|application\/json|image\/svg)/.test(type))
        return c.body(plain, 200, headers);
      packed ??= zip(plain).then((bytes) => new Uint8Array(bytes));
      return c.body(await packed, 200, { ...headers, 'Content-Encoding': 'gzip' });
    });
  }
}
