import type { Context } from 'hono';
import { pathOfKind, thingKinds, type ThingKind } from '../model/thing.ts';
import { nothing } from './asking.ts';

const kindOfPath = new Map<string, ThingKind>(thingKinds.map((kind) => [pathOfKind[kind], kind]));

/** The kind that a path names. */
export function kindIn(c: Context): ThingKind {
  const kind = kindOfPath.get(c.req.param('things') ?? '');
  if (!kind) throw nothing();
  return kind;
}
