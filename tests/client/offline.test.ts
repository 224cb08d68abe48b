import { expect, test } from 'vitest';
import { createClient } from '../../src/client/index.ts';

const client = (token: () => Promise<string>, call: typeof fetch) =>
  createClient({ endpoint: '', county: 'x', token, language: () => 'zh', fetch: call });
const unreachable = () => Promise.reject(new TypeError('Failed to fetch'));

test('a network that is down reads offline, whether the token or the request met it first', async () => {
  await expect(client(unreachable, unreachable).info()).rejects.toMatchObject({ code: 'offline' });
  await expect(client(async () => 'token', unreachable).info()).rejects.toMatchObject({ code: 'offline' });
});

test('a portal that refuses to give a token is not taken for a network that is down', async () => {
  const refuses = () => Promise.reject(new Error('signed out'));
  await expect(client(refuses, unreachable).info()).rejects.toThrow('signed out');
});
