import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { noted, type Noted } from './noted.ts';
import { openApiPath } from './routes.ts';

/** One answered request as a log may hold it for years: which route, never which path, query, body or token. */
export interface Answered extends Noted {
  request: string;
  method: string;
  /** As OpenAPI writes it; `none` where no route was met. */
  route: string;
  status: number;
  ms: number;
}

/** Only what a proxy makes up; whatever else comes could be somebody's name. */
const MADE = /^[0-9a-f-]{16,64}$/i;

/** Gives each request its id, or keeps the proxy's, and tells of it once it is answered. */
export function tellAnswered(parts: {
  newId: () => string;
  clock: () => number;
  answered: (answered: Answered) => void;
}): MiddlewareHandler {
  return async (c, next) => {
    const began = parts.clock();
    const given = c.req.header('X-Request-Id') ?? '';
    const request = MADE.test(given) ? given : parts.newId();
    await next();
    c.header('X-Request-Id', request);
    parts.answered({
      request,
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      ms: Math.round(parts.clock() - began),
      ...noted(c),
    });
  };
}

export function routeOf(c: Context): string {
  const met = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
  return met ? openApiPath(met.path) : 'none';
}
