import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { checked, officeOf, text } from './office.ts';

test('a file of before things could be delegated, skipped and resumed opens: its reports go on and its log holds', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'minqing-before-')), 'old.db');
  const store = await sqliteStore({ file });
  const { begin } = officeOf('huantai', store);
  const sent = await begin('wang', 'report', 'submit', text);
  await store.close();
  const database = new Database(file);
  database.exec(`
    update things set state = json_remove(state, '$.resume', '$.delegated', '$.skipped');
    update things set due_by = substr(due_by, 1, 10);
    alter table things rename column due_by to due_on;
    drop table drafts;
    drop table title_grams;
    drop table found_by;
    drop table record_found_by;
    drop index things_by_stage_since;
    drop index things_in_order;
    drop index things_claimed;
    delete from kysely_migration where name >= '0013';
  `);
  database.close();

  const again = await sqliteStore({ file });
  const { desk, as, look } = officeOf('huantai', again);
  expect((await desk.verifyLog()).difference).toBeNull();
  const view = await look('checker', { county: 'huantai', kind: 'report', id: sent.id });
  expect((await as('checker', 'pass', view, checked)).stage.id).toBe('second-review');
  expect((await desk.verifyLog()).difference).toBeNull();
  await again.close();
});
