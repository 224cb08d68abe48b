import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresStore } from '../../src/store/postgres.ts';
import { withPostgres } from '../postgres.ts';
import { storeContract } from './contract.ts';

withPostgres('the store in PostgreSQL', (server) => {
  let url = '';
  let client: pg.Client;
  let all = '';
  beforeAll(async () => {
    url = await server.database();
    await (await postgresStore({ url })).close();
    client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%'`,
    );
    // To empty the tables takes a tenth of the time that a new database does.
    all = rows.map(({ name }) => `delete from ${name}`).join(';');
  });
  afterAll(() => client.end());
  storeContract(async () => {
    await client.query(all);
    return postgresStore({ url });
  });

  test('where there is no such database, that is said, and no password with it', async () => {
    const nowhere = url
      .replace(/^postgres:\/\/minqing@/, 'postgres://minqing:secret@')
      .replace(/\w+$/, 'none');
    const refused = await postgresStore({ url: nowhere }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'postgres-unreachable' });
    expect(String(refused)).toContain('"none" does not exist');
    expect(String(refused)).not.toContain('secret');
  });
});
