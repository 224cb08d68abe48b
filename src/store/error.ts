import { MinqingError } from '../model/error.ts';
import type { ThingRef } from '../model/thing.ts';

export class StoreError extends MinqingError {}

export function conflict(ref: ThingRef): StoreError {
  const name = `${ref.kind} ${ref.id}`;
  return new StoreError('conflict', {
    zh: `${name} 已被他人更新,本次操作未保存。请查看最新内容后再办理。`,
    en: `${name} was changed by someone else meanwhile; nothing of this act was kept. Look at it as it is now, then act again.`,
  });
}

export function keyTaken(key: string): StoreError {
  return new StoreError('key-taken', {
    zh: `Idempotency-Key“${key}”已用过,本次操作未重复执行。`,
    en: `The Idempotency-Key "${key}" was used before; nothing was done twice.`,
  });
}
