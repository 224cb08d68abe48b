import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { Instant } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import { ServerError } from './error.ts';
import type { Portal, Settings } from './settings.ts';

export interface Identified {
  subject: string;
  /** The counties that whoever vouches for them speaks for; every one without it. */
  counties?: readonly string[];
}

/**
 * Who a request comes from; what they may do is the directory's to say, never the token's. Another scheme than a
 * portal's JWT (SM2, a gateway's header) is a function of its own: it throws `unauthorized` for whoever it does not know.
 */
export interface Identity {
  identify(request: Request): Promise<Identified>;
}

const reasons = {
  missing: { zh: '请求没有带登录令牌。', en: 'The request carries no token.' },
  malformed: { zh: '登录令牌无法识读。', en: 'The token cannot be read.' },
  issuer: {
    zh: '登录令牌不是本平台所认的门户签发的。',
    en: 'No portal that is trusted here issued the token.',
  },
  audience: { zh: '登录令牌不是给本平台的。', en: 'The token is meant for another service.' },
  signature: { zh: '登录令牌的签名不对。', en: 'The token’s signature does not hold.' },
  expired: { zh: '登录令牌已过期。', en: 'The token has expired.' },
  early: { zh: '登录令牌还没有生效。', en: 'The token is not valid yet.' },
  revoked: { zh: '登录令牌已被吊销。', en: 'The token has been revoked.' },
  county: { zh: '该门户的登录不适用于这个县。', en: 'That portal does not speak for this county.' },
} satisfies Record<string, Saying>;

/** Why somebody is not believed, in general words: they help an honest portal and tell a forger nothing. */
export function unauthorized(why: keyof typeof reasons, cause?: unknown): ServerError {
  return new ServerError(
    'unauthorized',
    {
      zh: `${reasons[why].zh}请从门户重新登录。`,
      en: `${reasons[why].en} Sign in again through the portal.`,
    },
    { cause },
  );
}

function tokenOf(request: Request): string {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (token === undefined) throw unauthorized('missing');
  return token;
}

/** The one path by which every token is checked: key, algorithm, issuer, audience, dates. */
async function checked(
  token: string,
  key: JWTVerifyGetKey,
  { issuer, audience, clockSkewSeconds }: Pick<Portal, 'issuer' | 'audience' | 'clockSkewSeconds'>,
  now: Date | null,
): Promise<JWTPayload & { sub: string }> {
  const { payload } = await jwtVerify(token, key, {
    issuer,
    audience,
    algorithms: ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA', 'Ed25519'],
    clockTolerance: clockSkewSeconds,
    ...(now ? { currentDate: now } : {}),
    requiredClaims: ['sub', 'exp'],
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { sub, iat } = payload;
  if (typeof sub !== 'string' || sub === '') throw unauthorized('malformed');
  // One that was issued tomorrow would outlive being revoked today.
  if (now && iat !== undefined && iat > now.getTime() / 1000 + clockSkewSeconds) throw unauthorized('early');
  return { ...payload, sub };
}

function refusalOf(error: unknown): ServerError {
  const because = (why: keyof typeof reasons) => unauthorized(why, error);
  if (error instanceof errors.JWTExpired) return because('expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return because(error.claim === 'nbf' ? 'early' : error.claim === 'aud' ? 'audience' : 'malformed');
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported
  )
    return because('signature');
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return because('malformed');
  // The portal's published keys did not come; the caller may be honest.
  return new ServerError(
    'keys-unreachable',
    {
      zh: '暂时取不到门户的公钥,无法核对登录。请稍后再试;如仍不行,请联系系统管理人员。',
      en: 'The portal’s keys cannot be fetched now, so that no login can be checked. Try again soon; if it stays so, tell whoever runs this service.',
    },
    { cause: error },
  );
}

/**
 * The portals' own tokens, by the keys they publish; a new key is fetched when a token names it. `settings` is asked at
 * each request, so that a revocation holds from the moment it is written down.
 */
export function portalIdentity(
  settings: () => Pick<Settings, 'portals' | 'revoked'>,
  now: () => Instant,
): Identity {
  const keys = new Map<string, JWTVerifyGetKey>();
  const keysOf = ({ jwks }: Portal) => {
    const known = keys.get(jwks) ?? createRemoteJWKSet(new URL(jwks));
    keys.set(jwks, known);
    return known;
  };
  return {
    async identify(request) {
      const token = tokenOf(request);
      const { portals, revoked } = settings();
      const issuer = issuerOf(token);
      const portal = portals.find((one) => one.issuer === issuer);
      if (!portal) throw unauthorized('issuer');
      const { sub, jti, iat = 0 } = await checked(token, keysOf(portal), portal, new Date(now()));
      const before = revoked.before.get(sub);
      if (
        (jti !== undefined && revoked.ids.includes(jti)) ||
        (before !== undefined && iat * 1000 < Date.parse(before))
      )
        throw unauthorized('revoked');
      return portal.counties ? { subject: sub, counties: portal.counties } : { subject: sub };
    },
  };
}

/** As the token says, before anything of it is believed: which portal's keys to check it by. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw unauthorized('malformed', error);
  }
}

export interface DemoIdentity extends Identity {
  sign(subject: string): Promise<string>;
}

/** For --demo alone: tokens of a key that is made in memory and gone with the process. */
export async function demoIdentity(): Promise<DemoIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const portal = { issuer: 'minqing-demo', audience: 'minqing', clockSkewSeconds: 30 };
  return {
    async identify(request) {
      const { sub } = await checked(tokenOf(request), async () => publicKey, portal, null);
      return { subject: sub };
    },
    sign: (subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(subject)
        .setIssuer(portal.issuer)
        .setAudience(portal.audience)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
  };
}
