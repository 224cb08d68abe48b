import type { Saying } from '../model/error.ts';
import { StoreError } from './error.ts';

/**
 * What keeps a store from working that is no fault of what was asked: a disk without room, a file that may only be read,
 * another who holds it, a database that is away. Null for anything else.
 */
export function troubleOf(error: unknown): StoreError | null {
  const is = nameOf(error);
  return is === null ? null : new StoreError(is, troubles[is], { cause: error });
}

export type Trouble = keyof typeof troubles;

const troubles = {
  'storage-full': {
    zh: '服务器的存储空间已满,本次未保存任何内容,您填写的还在页面上。请联系系统管理人员腾出空间,然后重试。',
    en: 'The server has no room left to store anything. Nothing of this was kept; what you wrote is still on the page. Ask whoever runs this service to make room, then try again.',
  },
  'storage-read-only': {
    zh: '服务器的数据目前只能查看、不能写入,本次未保存任何内容,您填写的还在页面上。请联系系统管理人员恢复写入,然后重试。',
    en: 'What the server keeps can only be read at the moment. Nothing of this was kept; what you wrote is still on the page. Ask whoever runs this service to make it writable, then try again.',
  },
  'storage-busy': {
    zh: '数据库正被占用,本次未保存任何内容,您填写的还在页面上。请稍后重试;如仍不行,请联系系统管理人员。',
    en: 'The database is held by something else. Nothing of this was kept; what you wrote is still on the page. Try again in a moment; if it stays so, tell whoever runs this service.',
  },
  // A connection may break between what was done and the word that it was.
  'storage-away': {
    zh: '服务器与数据库的连接中断,本次是否已保存不能确定,您填写的还在页面上。请稍后重试,同一次操作不会办理两遍;如仍不行,请联系系统管理人员。',
    en: 'The server lost its database, and whether this was kept is not certain; what you wrote is still on the page. Try again in a moment: the same act is never done twice. If it stays so, tell whoever runs this service.',
  },
} satisfies Record<string, Saying>;

/** By the codes of SQLite, of the system that keeps files, and of PostgreSQL. */
const codes: [RegExp, Trouble][] = [
  [/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|53100)$/, 'storage-full'],
  [/^(SQLITE_READONLY|EROFS|EACCES|EPERM|25006)/, 'storage-read-only'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03|53300)/, 'storage-busy'],
  [/^(SQLITE_IOERR|SQLITE_CANTOPEN|EIO$)/, 'storage-away'],
  [/^(08...|57P0.|53200|ECONNRESET|EPIPE|ETIMEDOUT)$/, 'storage-away'],
];
/** What PostgreSQL's driver says itself has no code. */
const spoken =
  /^(Connection terminated|timeout (expired|exceeded)|Client (has encountered a connection error|was closed)|Query read timeout)/;

function nameOf(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  // Of all the addresses of a host that was tried.
  if (error instanceof AggregateError) return error.errors.map(nameOf).find((name) => name !== null) ?? null;
  // Whatever stands against a connection, a socket that is not there too.
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo'))
    return 'storage-away';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return spoken.test(error.message) ? 'storage-away' : null;
  return codes.find(([of]) => of.test(code))?.[1] ?? null;
}
