import type { Kysely, Migration } from 'kysely';

/** In the order of their names; one that has run anywhere is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-things': {
    async up(db: Kysely<unknown>) {
      const { schema } = db;
      await schema
        .createTable('things')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('stage', 'text', (column) => column.notNull())
        .addColumn('since', 'text', (column) => column.notNull())
        .addColumn('due_on', 'text', (column) => column.notNull())
        .addColumn('claimed_by', 'text')
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addUniqueConstraint('things_id', ['county', 'kind', 'id'])
        .execute();
      await index(db, 'things_by_stage', 'things', ['county', 'kind', 'stage', 'due_on', 'since', 'id']);
      await index(db, 'things_by_since', 'things', ['county', 'kind', 'since', 'id']);
      await schema
        .createTable('thing_authors')
        .addColumn('thing', 'integer', (column) => column.notNull())
        .addColumn('person', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('thing_authors_key', ['person', 'thing'])
        .execute();
      await index(db, 'thing_authors_thing', 'thing_authors', ['thing']);
      await schema
        .createTable('thing_handlers')
        .addColumn('thing', 'integer', (column) => column.notNull())
        .addColumn('organisation', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('thing_handlers_key', ['organisation', 'thing'])
        .execute();
      await index(db, 'thing_handlers_thing', 'thing_handlers', ['thing']);
      await schema
        .createTable('log')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('thing', 'integer', (column) => column.notNull())
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('entry', 'text', (column) => column.notNull())
        .addUniqueConstraint('log_sequence', ['thing', 'sequence'])
        .execute();
      await schema
        .createTable('log_texts')
        .addColumn('log', 'integer', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('salt', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .execute();
      await index(db, 'log_texts_log', 'log_texts', ['log']);
    },
  },
  '0002-what-follows': {
    async up(db: Kysely<unknown>) {
      const { schema } = db;
      await schema
        .createTable('score_entries')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('line', 'text', (column) => column.notNull())
        .addColumn('clause', 'text')
        .addColumn('points', 'text', (column) => column.notNull())
        .addColumn('on_date', 'text', (column) => column.notNull())
        .addColumn('moment', 'text', (column) => column.notNull())
        .execute();
      await index(db, 'score_entries_record', 'score_entries', ['county', 'record']);
      await index(db, 'score_entries_date', 'score_entries', ['county', 'on_date']);
      await schema
        .createTable('timers')
        .addColumn('thing', 'integer', (column) => column.primaryKey())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('on_date', 'text', (column) => column.notNull())
        .addColumn('timer', 'text', (column) => column.notNull())
        .execute();
      await index(db, 'timers_due', 'timers', ['county', 'on_date']);
      await schema
        .createTable('outbox')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .execute();
      await index(db, 'outbox_recipient', 'outbox', ['county', 'recipient', 'key']);
      await schema
        .createTable('idempotency')
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('actor', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('row', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['county', 'actor', 'key'])
        .execute();
      await schema
        .createTable('series')
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('value', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('series_key', ['county', 'name'])
        .execute();
      await schema
        .createTable('files')
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('uploader', 'text', (column) => column.notNull())
        .addColumn('bytes', 'blob', (column) => column.notNull())
        .addPrimaryKeyConstraint('files_key', ['county', 'id'])
        .execute();
    },
  },
  '0003-keys-age': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('idempotency')
        .addColumn('at', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
      await index(db, 'idempotency_at', 'idempotency', ['at']);
    },
  },
  '0004-records': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('records')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('sequence', 'integer', (column) => column.notNull())
        .addColumn('entered_by', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addUniqueConstraint('records_id', ['county', 'id', 'sequence'])
        .execute();
    },
  },
  '0005-configs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('configs')
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('steps', 'integer', (column) => column.notNull())
        .addColumn('texts', 'text', (column) => column.notNull())
        .addColumn('version', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('configs_key', ['county', 'number'])
        .execute();
    },
  },
  // Filled by the first count of a county that was kept before.
  '0006-counted': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('counted')
        .addColumn('key', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('county', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addUniqueConstraint('counted_id', ['county', 'id'])
        .execute();
      await index(db, 'counted_in_order', 'counted', ['county', 'key']);
    },
  },
};

async function index(db: Kysely<unknown>, name: string, table: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).on(table).columns(columns).execute();
}
