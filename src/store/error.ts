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

export function recordTaken(id: string): StoreError {
  return new StoreError('conflict', {
    zh: `记录 ${id} 刚被他人更新,本次一条也未录入。请重新试导入后再确认。`,
    en: `The record ${id} was just entered by someone else; none of these was kept. Try them again, then confirm.`,
  });
}

export function settled(number: number): StoreError {
  return new StoreError('conflict', {
    zh: `第 ${number} 件待批事项刚被他人处理过,本次未作改动。请刷新列表。`,
    en: `Number ${number} was just settled by someone else; nothing was changed. Reload the list.`,
  });
}

export function keyTaken(key: string): StoreError {
  return new StoreError('key-taken', {
    zh: `Idempotency-Key“${key}”已用过,本次操作未重复执行。`,
    en: `The Idempotency-Key "${key}" was used before; nothing was done twice.`,
  });
}

export function versionTaken(county: string, number: number): StoreError {
  return new StoreError('version-taken', {
    zh: `${county} 的配置第 ${number} 版刚被他人处理过,本次未保存。请重新查看版本列表。`,
    en: `Version ${number} of ${county}'s config was just taken further by someone else; nothing was kept. Look at the list of versions again.`,
  });
}

export function nulInText(path: string): StoreError {
  const at = path.split('/').findLast((name) => name !== '') ?? '';
  return new StoreError('nul-in-text', {
    zh: `“${at}”的文字中有空字符(U+0000),多半是从别处粘贴带来的,本次未保存。请删去后重试。`,
    en: `The text of "${at}" has a null character (U+0000), which was most likely pasted along; nothing was kept. Take it out and try again.`,
  });
}
