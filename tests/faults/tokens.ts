import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { tokensOf } from '../server/forged-tokens.ts';
import { atLeast, none, type Figure } from './figures.ts';
import { COUNTY, freshFolder, officeFolder, startService } from './service.ts';

/** Forged and stale tokens, each sent to a service that runs, in the header where it belongs and where it does not. */
export async function forgedTokens(): Promise<Figure[]> {
  const [ours, rsa, attacker, cityKey] = [
    await generateKeyPair('ES256', { extractable: true }),
    await generateKeyPair('RS256', { extractable: true }),
    await generateKeyPair('ES256', { extractable: true }),
    await generateKeyPair('ES256'),
  ];
  const [k1, r1, c1, theirs] = await Promise.all(
    [ours, rsa, cityKey, attacker].map(({ publicKey }) => exportJWK(publicKey)),
  );
  const sets = new Map([
    [
      '/keys',
      [
        { ...k1, kid: 'k1' },
        { ...r1, kid: 'r1', alg: 'RS256' },
      ],
    ],
    ['/city', [{ ...c1, kid: 'c1' }]],
    ['/attacker', [{ ...theirs, kid: 'k1' }]],
  ]);
  let misled = 0;
  const web = createServer((request, answer) => {
    if (request.url === '/attacker') misled += 1;
    answer
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify({ keys: sets.get(request.url ?? '') }));
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const at = web.address();
  const address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
  const [issuer, city] = ['https://portal.example', 'https://city.example'];
  const settings = join(freshFolder(), 'settings.json');
  writeFileSync(
    settings,
    JSON.stringify({
      portals: [
        { issuer, audience: 'minqing', jwks: `${address}/keys` },
        { issuer: city, audience: 'minqing', jwks: `${address}/city`, counties: ['ningshan'] },
      ],
      revoked: { ids: ['stolen'], before: { 'checker-1': new Date(Date.now() - 1_800_000).toISOString() } },
    }),
  );
  const service = await startService(join(freshFolder(), 'tokens.db'), officeFolder(), settings);
  // Made anew for each: some are stale by a second.
  const tokens = () =>
    tokensOf({
      ...{ issuer, city, ours, rsa, attacker, cityKey, seconds: Math.ceil(Date.now() / 1000) },
      elsewhere: `${address}/attacker`,
      author: 'author-1',
      revoked: 'checker-1',
    });
  const ask = async (headers: Record<string, string>, query = '') => {
    const answer = await fetch(`${service.base}/counties/${COUNTY}${query}`, { headers });
    return { status: answer.status, said: await answer.text() };
  };
  const good = `Bearer ${await tokens().signed()}`;
  const accepted: string[] = [];
  let [sent, otherwise] = [0, 0];
  for (const name of Object.keys(tokens().forged)) {
    const Authorization = (await tokens().forged[name]?.[1]()) ?? '';
    const answer = await ask(Authorization === '' ? {} : { Authorization });
    sent += 1;
    if (answer.status < 400) accepted.push(name);
    // Refused as a login that is not believed, with no word of what the program is made of.
    if (answer.status !== 401 || /jose|JWS|ERR_|at .*\.js|eyJ/.test(answer.said)) otherwise += 1;
  }
  // The right one, where none is read.
  const misplaced = [
    await ask({ Cookie: `token=${good.slice(7)}; Authorization=${good}` }),
    await ask({ 'X-Authorization': good, 'Proxy-Authorization': good }),
    await ask({}, `?token=${good.slice(7)}&access_token=${good.slice(7)}`),
  ];
  const well = await ask({ Authorization: good });
  await service.end('SIGTERM');
  web.close();
  return [
    atLeast('forged or stale tokens', sent, 40),
    { what: 'accepted', value: accepted.join(', ') || 0, holds: accepted.length === 0 },
    none('refused otherwise than with 401', otherwise),
    none('right ones where none is read, accepted', misplaced.filter(({ status }) => status !== 401).length),
    none('keys fetched from where a token points', misled),
    { what: 'the right one beside them', value: well.status, holds: well.status === 200 },
  ];
}
