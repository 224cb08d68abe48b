import { createRemoteJWKSet, generateKeyPair, jwtVerify, SignJWT, type JWTVerifyGetKey } from 'jose';
import { ServerError } from './error.ts';

/** Who a token speaks for. What they may do is the directory's to say, never the token's. */
export interface Identity {
  verify(token: string): Promise<{ subject: string }>;
}

const unauthorized = () =>
  new ServerError('unauthorized', {
    zh: '登录已失效或无效。请从门户重新登录。',
    en: 'You are not signed in, or no longer. Sign in again through the portal.',
  });

/** The one path by which every token is checked: key, algorithm, issuer, audience, expiry. */
function checked(key: JWTVerifyGetKey, issuer: string, audience: string): Identity {
  return {
    async verify(token) {
      const result = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: ['ES256', 'RS256', 'PS256', 'EdDSA'],
        clockTolerance: 30,
        requiredClaims: ['sub', 'exp'],
      }).catch(() => null);
      const subject = result?.payload.sub;
      if (subject === undefined || subject === '') throw unauthorized();
      return { subject };
    },
  };
}

/** The portal's own tokens, by its published keys. */
export function portalIdentity(portal: { issuer: string; audience: string; jwks: URL }): Identity {
  return checked(createRemoteJWKSet(portal.jwks), portal.issuer, portal.audience);
}

export interface DemoIdentity extends Identity {
  sign(subject: string): Promise<string>;
}

/** For --demo alone: tokens of a key that is made in memory and gone with the process. */
export async function demoIdentity(): Promise<DemoIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const [issuer, audience] = ['minqing-demo', 'minqing'];
  return {
    ...checked(async () => publicKey, issuer, audience),
    sign: (subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
  };
}

export { unauthorized };
