import { createServer as createHttpServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createServer } from '../../src/server/app.ts';
import { portalIdentity } from '../../src/server/identity.ts';
import { readSettings, type Settings } from '../../src/server/settings.ts';
import { tokensOf } from './forged-tokens.ts';
import { twoCounties } from './two-counties.ts';

/*
 * Real keys, and a portal that publishes them over HTTP. What is not exactly right is refused, and the refusal says why
 * in general words.
 */
const now = '2026-03-02T01:00:00.000Z';
const seconds = Date.parse(now) / 1000;
const issuer = 'https://portal.example';
const city = 'https://city.example';

const [ours, rsa, attacker, cityKey] = [
  await generateKeyPair('ES256', { extractable: true }),
  await generateKeyPair('RS256', { extractable: true }),
  await generateKeyPair('ES256', { extractable: true }),
  await generateKeyPair('ES256'),
];
let asked = 0;
const jwk = async ({ publicKey }: typeof ours, kid: string) => ({ ...(await exportJWK(publicKey)), kid });
let published: JWK[] = [await jwk(ours, 'k1'), { ...(await jwk(rsa, 'r1')), alg: 'RS256' }];
const theirs = [await jwk(attacker, 'k1')];
const cityKeys = [await jwk(cityKey, 'c1')];
const keySets = new Map([
  ['/keys', () => published],
  ['/city', () => cityKeys],
  ['/attacker', () => theirs],
]);
const web = createHttpServer((request, response) => {
  const keys = keySets.get(request.url ?? '');
  if (request.url === '/attacker') asked += 1;
  response.writeHead(keys ? 200 : 500, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ keys: keys?.() ?? [] }));
});
await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
const at = web.address();
const address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`;
let settings: Settings = readSettings(
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
const { signed, forged } = tokensOf({
  ...{ issuer, city, ours, rsa, attacker, cityKey, seconds },
  elsewhere: `${address}/attacker`,
  author: 'huantai-author-1',
  revoked: 'huantai-checker',
});
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
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
