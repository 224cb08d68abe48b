import type { Context } from 'hono';
import { kindOfPath, type ThingKind } from '../model/thing.ts';
import { nothing } from './asking.ts';

/** The kind that a path names. */
export function kindIn(c: Context): ThingKind {
  const kind = kindOfPath(c.req.param('things') ?? '');
  if (!kind) throw nothing();
  return kind;
}
