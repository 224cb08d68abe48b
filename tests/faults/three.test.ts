import { expect, test } from 'vitest';
import { programs } from '../postgres-server.ts';
import { missed } from './figures.ts';
import { disorderIn, type Operation } from './linearizable.ts';
import { histories, racedOnThree } from './three.ts';

const bin = programs();
const one = (kind: Operation['kind'], version: number, from: number, to: number, title = `v${version}`) => ({
  ...{ kind, version, from, to, title },
});

test('the checker of histories takes what some order explains, and names what none does', () => {
  const writes = [one('write', 1, 0, 1), one('write', 2, 2, 6)];
  expect(disorderIn([...writes, one('read', 1, 3, 4), one('read', 2, 3, 5)])).toBeNull();
  expect(disorderIn([...writes, one('read', 1, 7, 8)])).toMatch(/came after version 2/);
  expect(disorderIn([...writes, one('write', 2, 3, 4)])).toMatch(/two made version 2/);
  expect(disorderIn([...writes, one('read', 2, 7, 8, 'lost')])).toMatch(/seen as lost/);
  expect(disorderIn([...writes, one('conflict', 3, 7, 8)])).toMatch(/nobody made/);
  expect(disorderIn([...writes, one('write', 4, 7, 8)])).toMatch(/nobody made version 3/);
});

test.skipIf(bin === null)(
  'on three processes one of fifty wins, and what several read and write at once has one order that explains it',
  async () => {
    expect(missed(await racedOnThree(bin ?? '', 5))).toEqual([]);
    expect(missed(await histories(bin ?? '', 5, 8))).toEqual([]);
  },
  240_000,
);
