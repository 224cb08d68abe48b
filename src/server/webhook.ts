import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a receiver's clock may be from ours, in seconds; an older message is somebody's copy. */
const WINDOW = 300;
const SCHEME = 'v1';

/*
 * Signed as Standard Webhooks has it (standardwebhooks.com), so that receivers find a library in their own language:
 * HMAC-SHA256 over id, time and body. While a secret is being changed, the old one signs too.
 */
const keyOf = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
const signature = (secret: string, id: string, seconds: string, body: string) =>
  createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64');

export function signedHeaders(
  { id, body, at }: { id: string; body: string; at: string },
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = String(Math.floor(Date.parse(at) / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': secrets
      .map((secret) => `${SCHEME},${signature(secret, id, seconds, body)}`)
      .join(' '),
  };
}

/** For a receiver: whether it is ours, and of now. Whether it came before is the receiver's to look up, by its id. */
export function isGenuine(
  { headers, body, at }: { headers: Headers; body: string; at: string },
  secrets: readonly string[],
): boolean {
  const id = headers.get('webhook-id') ?? '';
  const seconds = headers.get('webhook-timestamp') ?? '';
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(Date.parse(at) / 1000 - Number(seconds)) > WINDOW) return false;
  const given = (headers.get('webhook-signature') ?? '').split(' ').flatMap((one) => {
    const [scheme, value = ''] = one.split(',');
    return scheme === SCHEME ? [Buffer.from(value)] : [];
  });
  return secrets.some((secret) => {
    const ours = Buffer.from(signature(secret, id, seconds, body));
    return given.some((theirs) => theirs.length === ours.length && timingSafeEqual(theirs, ours));
  });
}
