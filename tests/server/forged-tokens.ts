import { EncryptJWT, exportJWK, exportSPKI, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';

interface Pair {
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}
export interface Portals {
  /** The county's own portal, with an EC key `k1` and an RSA key `r1`, and the city's, with its `c1`. */
  issuer: string;
  city: string;
  ours: Pair;
  rsa: Pair;
  cityKey: Pair;
  /** Nobody publishes it, but at `elsewhere`. */
  attacker: Pair;
  elsewhere: string;
  /** What the clock of the service says, in seconds. */
  seconds: number;
  author: string;
  /** Its tokens were revoked up to half an hour ago, and that of the id `stolen`. */
  revoked: string;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bytes = (text: string) => new TextEncoder().encode(text);

/** What the portals sign, and what is forged or stale: each with why it is refused, and the county asked for, if not the portal's. */
export function tokensOf({
  issuer,
  city,
  ours,
  rsa,
  cityKey,
  attacker,
  elsewhere,
  seconds,
  author,
  revoked,
}: Portals) {
  const claims = { sub: author, iss: issuer, aud: 'minqing', iat: seconds - 60, exp: seconds + 3600 };
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
  /** The same token with its head or its claims changed after it was signed. */
  async function bent(at: 0 | 1, change: Record<string, unknown>): Promise<string> {
    const parts = (await signed()).split('.');
    parts[at] = part({ ...JSON.parse(Buffer.from(parts[at] ?? '', 'base64url').toString()), ...change });
    return parts.join('.');
  }

  const forged: Record<string, [why: RegExp, token: () => string | Promise<string>, county?: string]> = {
    'no token at all': [/no token/, () => ''],
    'another scheme': [/no token/, () => 'Basic aHVhbnRhaTp4'],
    'an empty bearer': [/no token/, () => 'Bearer '],
    'two tokens': [/no token/, async () => `Bearer ${await signed()} ${await signed()}`],
    'words instead of a token': [/cannot be read/, () => 'Bearer let-me-in'],
    'dots alone': [/cannot be read/, () => 'Bearer ..'],
    'no signature': [/signature/, async () => `Bearer ${(await signed()).split('.').slice(0, 2).join('.')}.`],
    'two parts': [
      /cannot be read/,
      async () => `Bearer ${(await signed()).split('.').slice(0, 2).join('.')}`,
    ],
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
        const pem = await exportSPKI(rsa.publicKey);
        return `Bearer ${await signed({}, { alg: 'HS256', kid: 'r1' }, bytes(pem))}`;
      },
    ],
    'HS256 with the public key as JSON': [
      /signature/,
      async () => {
        const key = { ...(await exportJWK(ours.publicKey)), kid: 'k1' };
        return `Bearer ${await signed({}, { alg: 'HS256' }, bytes(JSON.stringify(key)))}`;
      },
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
        const key = { ...(await exportJWK(attacker.publicKey)), kid: 'k1' };
        return `Bearer ${await signed({}, { jwk: key }, attacker.privateKey)}`;
      },
    ],
    'its own key embedded as jwk, no kid': [
      /signature/,
      async () => {
        const key = { ...(await exportJWK(attacker.publicKey)), kid: 'own' };
        return `Bearer ${await signed({}, { kid: undefined, jwk: key }, attacker.privateKey)}`;
      },
    ],
    'its own certificate as x5c': [
      /signature/,
      async () => `Bearer ${await signed({}, { x5c: ['MIIBszCCAVmgAwIBAgIU'] }, attacker.privateKey)}`,
    ],
    'a jku pointing at its own keys': [
      /signature/,
      async () => `Bearer ${await signed({}, { jku: `${elsewhere}` }, attacker.privateKey)}`,
    ],
    'an x5u pointing at its own keys': [
      /signature/,
      async () => `Bearer ${await signed({}, { x5u: `${elsewhere}` }, attacker.privateKey)}`,
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
    'another service’s audience': [
      /another service/,
      async () => `Bearer ${await signed({ aud: 'payroll' })}`,
    ],
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
      async () => `Bearer ${await signed({ sub: revoked, iat: seconds - 3600 })}`,
    ],
    'of a revoked subject, without the date of issue': [
      /revoked/,
      async () => `Bearer ${await signed({ sub: revoked, iat: undefined })}`,
    ],
    'one token in another': [
      /signature|cannot be read/,
      async () =>
        `Bearer ${part({ alg: 'ES256', kid: 'k1', cty: 'JWT' })}.${part(await signed())}.${(await signed()).split('.')[2]}`,
    ],
    'its claims hidden in a cipher': [
      /cannot be read/,
      async () =>
        `Bearer ${await new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(new Uint8Array(32))}`,
    ],
    'ten kilobytes of claims': [
      /signature|cannot be read|no token/,
      async () => `Bearer ${await signed({ posts: 'x'.repeat(10_000) }, {}, attacker.privateKey)}`,
    ],
    'claims nested a thousand deep': [
      /signature|cannot be read/,
      async () => {
        const deep = `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`;
        const said = `${JSON.stringify(claims).slice(0, -1)},"posts":${deep}}`;
        return `Bearer ${part({ alg: 'ES256', kid: 'k1' })}.${Buffer.from(said).toString('base64url')}.${(await signed()).split('.')[2]}`;
      },
    ],
    'its payload not encoded, as its head says': [
      /signature|cannot be read/,
      () => bent(0, { b64: false, crit: ['b64'] }).then((t) => `Bearer ${t}`),
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
  return { signed, bent, forged };
}
