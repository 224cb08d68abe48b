import { createServer as createHttpServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createServer } from '../../src/server/app.ts';
import { portalIdentity } from '../../src/server/identity.ts';
import { readSettings, type Settings } from '../../src/server/settings.ts';
import { twoCounties } from './two-counties.ts';

/*
 * Real keys, and a portal that publishes them over HTTP. What is not exactly right is refused, and the refusal says why
 * in general words.
 */
const now = '2026-03-02T01:00:00.000Z';
const seconds = Date.parse(now) / 1000;
const issuer = 'https://portal.example';
const city = 'https://city.example';

let ours: { publicKey: CryptoKey; privateKey: CryptoKey };
let rsa: typeof ours;
let attacker: typeof ours;
let cityKey: typeof ours;
let web: Server;
let address = '';
let asked = 0;
let published: JWK[] = [];
const keySets = new Map<string, () => JWK[]>();
let settings: Settings;
let server: ReturnType<typeof createServer>;

const jwk = async ({ publicKey }: typeof ours, kid: string) => ({ ...(await exportJWK(publicKey)), kid });

beforeAll(async () => {
  ours = await generateKeyPair('ES256', { extractable: true });
  rsa = await generateKeyPair('RS256', { extractable: true });
  attacker = await generateKeyPair('ES256', { extractable: true });
  cityKey = await generateKeyPair('ES256');
  published = [await jwk(ours, 'k1'), { ...(await jwk(rsa, 'r1')), alg: 'RS256' }];
  const theirs = [await jwk(attacker, 'k1')];
  const cityKeys = [await jwk(cityKey, 'c1')];
  keySets
    .set('/keys', () => published)
    .set('/city', () => cityKeys)
    .set('/attacker', () => theirs);
  web = createHttpServer((request, response) => {
    const keys = keySets.get(request.url ?? '');
    if (request.url === '/attacker') asked += 1;
    response.writeHead(keys ? 200 : 500, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ keys: keys?.() ?? [] }));
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const at = web.address();
  address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`;
  settings = readSettings(
    'settings.json',
    JSON.stringify({
      portals: [
        { issuer, audience: 'minqing', jwks: `${address}/keys` },
        { issuer: city, audience: 'minqing', jwks: `${address}/city`, counties: ['ningshan'] },
        { issuer: 'https://gone.example', audience: 'minqing', jwks: `${address}/gone` },
      ],
      revoked: {
        ids: ['stolen'],
        before: { 'huantai-checker': '2026-03-02T00:30:00Z' },
      },
    }),
  );
  const { parts } = await twoCounties();
  server = createServer({
    ...parts,
    identity: portalIdentity(
      () => settings,
      () => now,
    ),
  });
});
afterAll(() => new Promise((resolve) => web.close(resolve)));
afterEach(() => void vi.useRealTimers());

const call = (authorization: string | null, county = 'huantai', language = 'en', to = server) =>
  to.fetch(
    new Request(`http://minqing.test/counties/${county}`, {
      headers: {
        'Accept-Language': language,
        ...(authorization === null ? {} : { Authorization: authorization }),
      },
    }),
  );

const claims = {
  sub: 'huantai-author-1',
  iss: issuer,
  aud: 'minqing',
  iat: seconds - 60,
  exp: seconds + 3600,
};
const signed = (
  change: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: CryptoKey | Uint8Array = ours.privateKey,
) => {
  const said = Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(said))
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
    .sign(key);
};
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The same token with its head or its claims changed after it was signed. */
async function bent(at: 0 | 1, change: Record<string, unknown>): Promise<string> {
  const parts = (await signed()).split('.');
  parts[at] = part({ ...JSON.parse(Buffer.from(parts[at] ?? '', 'base64url').toString()), ...change });
  return parts.join('.');
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('accepted', () => {
  const good: Record<string, () => Promise<string>> = {
    'the portal’s own': () => signed(),
    'by its other key': () => signed({}, { alg: 'RS256', kid: 'r1' }, rsa.privateKey),
    'one of several audiences': () => signed({ aud: ['elsewhere', 'minqing'] }),
    'expired within the skew': () => signed({ exp: seconds - 29 }),
    'not yet valid within the skew': () => signed({ nbf: seconds + 29 }),
    'issued after the subject’s others were revoked': () =>
      signed({ sub: 'huantai-checker', iat: seconds - 60 }),
    // What it says of keys is not read at all: ours are those that the portal publishes.
    'with a jku that nobody follows': () => signed({}, { jku: `${address}/attacker` }),
  };
  test.each(Object.entries(good))('%s', async (_what, token) => {
    expect((await call(`Bearer ${await token()}`)).status).toBe(200);
  });

  test('the city’s portal, for the county that it speaks for', async () => {
    const token = await signed({ iss: city, sub: 'ningshan-author-1' }, { kid: 'c1' }, cityKey.privateKey);
    expect((await call(`Bearer ${token}`, 'ningshan')).status).toBe(200);
  });
});

const forged: Record<string, [why: RegExp, token: () => string | Promise<string>, county?: string]> = {
  'no token at all': [/no token/, () => ''],
  'another scheme': [/no token/, () => 'Basic aHVhbnRhaTp4'],
  'an empty bearer': [/no token/, () => 'Bearer '],
  'two tokens': [/no token/, async () => `Bearer ${await signed()} ${await signed()}`],
  'words instead of a token': [/cannot be read/, () => 'Bearer let-me-in'],
  'dots alone': [/cannot be read/, () => 'Bearer ..'],
  'no signature': [/signature/, async () => `Bearer ${(await signed()).split('.').slice(0, 2).join('.')}.`],
  'two parts': [/cannot be read/, async () => `Bearer ${(await signed()).split('.').slice(0, 2).join('.')}`],
  'a truncated signature': [/signature/, async () => `Bearer ${(await signed()).slice(0, -10)}`],
  'one letter of the signature changed': [
    /signature/,
    async () =>
      `Bearer ${(await signed()).replace(/.(.{20})$/, (whole, rest) => (whole[0] === 'A' ? 'B' : 'A') + rest)}`,
  ],
  'alg none': [/signature|cannot be read/, () => `Bearer ${new UnsecuredJWT(claims).encode()}`],
  'alg None in other letters': [/signature/, () => `Bearer ${part({ alg: 'nOnE' })}.${part(claims)}.`],
  'alg changed to none, the signature kept': [
    /signature/,
    () => bent(0, { alg: 'none' }).then((t) => `Bearer ${t}`),
  ],
  'HS256 with the public key in PEM': [
    /signature/,
    async () => {
      const { exportSPKI } = await import('jose');
      const pem = await exportSPKI(rsa.publicKey);
      return `Bearer ${await signed({}, { alg: 'HS256', kid: 'r1' }, bytes(pem))}`;
    },
  ],
  'HS256 with the public key as JSON': [
    /signature/,
    async () => `Bearer ${await signed({}, { alg: 'HS256' }, bytes(JSON.stringify(published[0])))}`,
  ],
  'HS256 with a guessed secret': [
    /signature/,
    async () => `Bearer ${await signed({}, { alg: 'HS256' }, bytes('secret'.repeat(8)))}`,
  ],
  'an RSA key under an EC algorithm': [
    /signature/,
    () => bent(0, { alg: 'RS256' }).then((t) => `Bearer ${t}`),
  ],
  'a kid nobody published': [/signature/, async () => `Bearer ${await signed({}, { kid: 'k9' })}`],
  'a kid that is a path': [
    /signature/,
    async () => `Bearer ${await signed({}, { kid: '../../etc/passwd' }, attacker.privateKey)}`,
  ],
  'another’s key under our kid': [
    /signature/,
    async () => `Bearer ${await signed({}, {}, attacker.privateKey)}`,
  ],
  'its own key embedded as jwk': [
    /signature/,
    async () => {
      const key = await jwk(attacker, 'k1');
      return `Bearer ${await signed({}, { jwk: key }, attacker.privateKey)}`;
    },
  ],
  'its own key embedded as jwk, no kid': [
    /signature/,
    async () => {
      const key = await jwk(attacker, 'own');
      return `Bearer ${await signed({}, { kid: undefined, jwk: key }, attacker.privateKey)}`;
    },
  ],
  'its own certificate as x5c': [
    /signature/,
    async () => `Bearer ${await signed({}, { x5c: ['MIIBszCCAVmgAwIBAgIU'] }, attacker.privateKey)}`,
  ],
  'a jku pointing at its own keys': [
    /signature/,
    async () => `Bearer ${await signed({}, { jku: `${address}/attacker` }, attacker.privateKey)}`,
  ],
  'an x5u pointing at its own keys': [
    /signature/,
    async () => `Bearer ${await signed({}, { x5u: `${address}/attacker` }, attacker.privateKey)}`,
  ],
  'the city’s key for the county’s portal': [
    /signature/,
    async () => `Bearer ${await signed({}, { kid: 'c1' }, cityKey.privateKey)}`,
  ],
  'a critical extension nobody knows': [
    /signature|cannot be read/,
    () => bent(0, { crit: ['b64x'], b64x: true }).then((t) => `Bearer ${t}`),
  ],
  'another subject written in': [
    /signature/,
    () => bent(1, { sub: 'huantai-admin' }).then((t) => `Bearer ${t}`),
  ],
  'a later expiry written in': [
    /signature/,
    () => bent(1, { exp: seconds + 9e6 }).then((t) => `Bearer ${t}`),
  ],
  'an unknown issuer': [/No portal/, async () => `Bearer ${await signed({ iss: 'https://evil.example' })}`],
  'an issuer with a slash more': [/No portal/, async () => `Bearer ${await signed({ iss: `${issuer}/` })}`],
  'no issuer': [/No portal/, async () => `Bearer ${await signed({ iss: undefined })}`],
  'a list of issuers': [/No portal/, async () => `Bearer ${await signed({ iss: [issuer] })}`],
  'another service’s audience': [/another service/, async () => `Bearer ${await signed({ aud: 'payroll' })}`],
  'no audience': [/another service/, async () => `Bearer ${await signed({ aud: undefined })}`],
  'expired an hour ago': [/expired/, async () => `Bearer ${await signed({ exp: seconds - 3600 })}`],
  'expired just beyond the skew': [/expired/, async () => `Bearer ${await signed({ exp: seconds - 31 })}`],
  'no expiry': [/cannot be read/, async () => `Bearer ${await signed({ exp: undefined })}`],
  'an expiry that is no number': [
    /cannot be read/,
    async () => `Bearer ${await signed({ exp: '2099-01-01' })}`,
  ],
  'not yet valid beyond the skew': [
    /not valid yet/,
    async () => `Bearer ${await signed({ nbf: seconds + 31 })}`,
  ],
  'issued tomorrow': [/not valid yet/, async () => `Bearer ${await signed({ iat: seconds + 86_400 })}`],
  'revoked by its id': [/revoked/, async () => `Bearer ${await signed({ jti: 'stolen' })}`],
  'issued before its subject’s were revoked': [
    /revoked/,
    async () => `Bearer ${await signed({ sub: 'huantai-checker', iat: seconds - 3600 })}`,
  ],
  'of a revoked subject, without the date of issue': [
    /revoked/,
    async () => `Bearer ${await signed({ sub: 'huantai-checker', iat: undefined })}`,
  ],
  'no subject': [/cannot be read/, async () => `Bearer ${await signed({ sub: undefined })}`],
  'an empty subject': [/cannot be read/, async () => `Bearer ${await signed({ sub: '' })}`],
  'the city’s portal for a county that it does not speak for': [
    /does not speak/,
    async () => `Bearer ${await signed({ iss: city }, { kid: 'c1' }, cityKey.privateKey)}`,
  ],
  'the city’s portal for a county that is not there': [
    /does not speak/,
    async () => `Bearer ${await signed({ iss: city }, { kid: 'c1' }, cityKey.privateKey)}`,
    'atlantis',
  ],
};

test('there are at least forty forged and stale tokens', () => {
  expect(Object.keys(forged).length).toBeGreaterThanOrEqual(40);
});

test.each(Object.entries(forged))('refused: %s', async (_what, [why, token, county]) => {
  const authorization = await token();
  const answer = await call(authorization === '' ? null : authorization, county);
  expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
  const problem = await answer.json();
  expect(problem).toMatchObject({ status: 401, code: 'unauthorized' });
  expect(problem.detail).toMatch(why);
  expect(JSON.stringify(problem)).not.toMatch(/jose|JWS|ERR_|eyJ|stack/);
  // The same in Chinese.
  expect((await (await call(authorization || null, county, 'zh-CN')).json()).detail).toMatch(
    /请从门户重新登录。$/,
  );
});

test('no key is ever fetched from where a token points', () => {
  expect(asked).toBe(0);
});

test('a new key of the portal is believed once it is published, and an old one no longer when it is gone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const next = await generateKeyPair('ES256');
  const token = () => signed({}, { kid: 'k2' }, next.privateKey);
  const before = published;
  const { parts } = await twoCounties();
  const identity = portalIdentity(
    () => settings,
    () => now,
  );
  const its = createServer({ ...parts, identity });
  const status = async (token: string) => (await call(`Bearer ${token}`, 'huantai', 'en', its)).status;
  expect(await status(await token())).toBe(401);
  published = [await jwk(next, 'k2')];
  // Keys are not fetched again for every stranger's token, but after half a minute.
  vi.setSystemTime(Date.now() + 31_000);
  expect(await status(await token())).toBe(200);
  expect(await status(await signed())).toBe(401);
  published = before;
});

test('a portal whose keys cannot be fetched is no reason to say that somebody is a forger', async () => {
  const answer = await call(`Bearer ${await signed({ iss: 'https://gone.example' })}`);
  expect([answer.status, (await answer.json()).code]).toEqual([503, 'keys-unreachable']);
});

test('what is revoked while the server runs is refused from then on', async () => {
  const token = await signed({ jti: 'lost-phone' });
  expect((await call(`Bearer ${token}`)).status).toBe(200);
  settings = { ...settings, revoked: { ...settings.revoked, ids: ['lost-phone'] } };
  expect((await call(`Bearer ${token}`)).status).toBe(401);
});

test('another scheme is a function: whoever it names is looked up in the directory like anyone else', async () => {
  const { parts } = await twoCounties();
  const gateway = createServer({
    ...parts,
    identity: { identify: async (request) => ({ subject: request.headers.get('X-User') ?? '' }) },
  });
  const as = (user: string) =>
    gateway.fetch(new Request('http://minqing.test/counties/huantai', { headers: { 'X-User': user } }));
  expect([(await as('huantai-author-1')).status, (await as('nobody')).status]).toEqual([200, 404]);
});

test.each([
  ['{', /valid JSON/],
  ['{}', /"portals"/],
  ['{"portals": []}', /"portals"/],
  [{ issuer: 'a', audience: 'b' }, /"jwks"/],
  [{ issuer: 'a', audience: 'b', jwks: 'http://portal.example/keys' }, /https/],
  [{ issuer: 'a', audience: 'b', jwks: 'file:///keys' }, /https/],
  [{ issuer: 'a', audience: 'b', jwks: 'https://a/', clockSkew: 5 }, /does not know "clockSkew"/],
  [{ issuer: 'a', audience: 'b', jwks: 'https://a/', clockSkewSeconds: 9999 }, /0 to 300/],
  [{ issuer: 'a', audience: 'b', jwks: 'https://a/', counties: 'x' }, /list of counties/],
])('settings that are wrong are refused: %j', (written, why) => {
  const text = typeof written === 'string' ? written : JSON.stringify({ portals: [written] });
  expect(() => readSettings('settings.json', text)).toThrow(why);
});

test('a revocation that names no instant is refused, and so are two portals of one name', () => {
  const portal = { issuer: 'a', audience: 'b', jwks: 'https://a/' };
  const read = (value: object) => () => readSettings('settings.json', JSON.stringify(value));
  expect(read({ portals: [portal], revoked: { before: { x: 'yesterday' } } })).toThrow(/instant/);
  expect(read({ portals: [portal, portal] })).toThrow(/same issuer/);
  expect(read({ portals: [portal], revoked: { before: { x: '2026-03-02T00:00:00Z' } } })).not.toThrow();
});
