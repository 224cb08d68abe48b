import { afterAll, beforeAll, describe, test } from 'vitest';
import { programs, startPostgres, type PostgresProcess, type PostgresServer } from './postgres-server.ts';

export type { PostgresServer } from './postgres-server.ts';

/**
 * Tests on a PostgreSQL process of their own, started for them and stopped after them. Where PostgreSQL is not
 * installed they are left out aloud; with CI set they fail.
 */
export function withPostgres(name: string, tests: (server: PostgresServer) => void): void {
  const bin = programs();
  if (bin === null) {
    const remedy = 'PostgreSQL is not installed: apt-get install postgresql';
    if (process.env['CI'])
      test(name, () => {
        throw new Error(remedy);
      });
    else {
      console.warn(`left out: ${name}. ${remedy}`);
      test.skip(`${name} (${remedy})`, () => undefined);
    }
    return;
  }
  describe(name, () => {
    let started: PostgresProcess | null = null;
    const server = () => {
      if (!started) throw new Error('PostgreSQL is not started yet');
      return started;
    };
    beforeAll(async () => {
      started = await startPostgres(bin);
    });
    afterAll(() => started?.end());
    tests({ database: () => server().database(), run: (program, args) => server().run(program, args) });
  });
}
