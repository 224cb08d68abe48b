import { foundByOf } from './found-by.ts';
import { gramsOf } from './grams.ts';
import { dueByOf, NEVER } from './query.ts';
import { findBy, findRecordBy } from './sql-found.ts';
import type { Tables } from './tables.ts';
import {
  sql,
  type ColumnDefinitionBuilder,
  type CreateTableBuilder,
  type Kysely,
  type Migration,
} from 'kysely';

type ColumnType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** What one database calls otherwise than the other. */
interface Types {
  text: ColumnType;
  whole: ColumnType;
  bytes: ColumnType;
  /** Numbers its rows by itself, and takes a number that a copy brings along. */
  numbered: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  /** Lies in the order of its key. */
  inKeyOrder: <Name extends string, Columns extends string>(
    table: CreateTableBuilder<Name, Columns>,
  ) => CreateTableBuilder<Name, Columns>;
}
export const sqliteTypes: Types = {
  text: 'text',
  whole: 'integer',
  bytes: 'blob',
  numbered: (column) => column.autoIncrement(),
  inKeyOrder: (table) => table.modifyEnd(sql`without rowid`),
};
export const postgresTypes: Types = {
  // Sorted by bytes as in SQLite, whatever the database's own language is.
  text: sql`text collate "C"`,
  whole: 'bigint',
  bytes: 'bytea',
  numbered: (column) => column.generatedByDefaultAsIdentity(),
  inKeyOrder: (table) => table,
};

/** In the order of their names; one that has run anywhere is never changed. */
export const migrationsFor = ({
  text,
  whole,
  bytes,
  numbered,
  inKeyOrder,
}: Types): Record<string, Migration> => ({
  '0001-things': {
    async up(db: Kysely<unknown>) {
      const { schema } = db;
      await schema
        .createTable('things')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('version', whole, (column) => column.notNull())
        .addColumn('stage', text, (column) => column.notNull())
        .addColumn('since', text, (column) => column.notNull())
        .addColumn('due_on', text, (column) => column.notNull())
        .addColumn('claimed_by', text)
        .addColumn('title', text, (column) => column.notNull())
        .addColumn('state', text, (column) => column.notNull())
        .addUniqueConstraint('things_id', ['county', 'kind', 'id'])
        .execute();
      await index(db, 'things_by_stage', 'things', ['county', 'kind', 'stage', 'due_on', 'since', 'id']);
      await index(db, 'things_by_since', 'things', ['county', 'kind', 'since', 'id']);
      await schema
        .createTable('thing_authors')
        .addColumn('thing', whole, (column) => column.notNull())
        .addColumn('person', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('thing_authors_key', ['person', 'thing'])
        .execute();
      await index(db, 'thing_authors_thing', 'thing_authors', ['thing']);
      await schema
        .createTable('thing_handlers')
        .addColumn('thing', whole, (column) => column.notNull())
        .addColumn('organisation', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('thing_handlers_key', ['organisation', 'thing'])
        .execute();
      await index(db, 'thing_handlers_thing', 'thing_handlers', ['thing']);
      await schema
        .createTable('log')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('thing', whole, (column) => column.notNull())
        .addColumn('sequence', whole, (column) => column.notNull())
        .addColumn('entry', text, (column) => column.notNull())
        .addUniqueConstraint('log_sequence', ['thing', 'sequence'])
        .execute();
      await schema
        .createTable('log_texts')
        .addColumn('log', whole, (column) => column.notNull())
        .addColumn('hash', text, (column) => column.notNull())
        .addColumn('salt', text, (column) => column.notNull())
        .addColumn('text', text, (column) => column.notNull())
        .execute();
      await index(db, 'log_texts_log', 'log_texts', ['log']);
    },
  },
  '0002-what-follows': {
    async up(db: Kysely<unknown>) {
      const { schema } = db;
      await schema
        .createTable('score_entries')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('record', text, (column) => column.notNull())
        .addColumn('subject', text, (column) => column.notNull())
        .addColumn('line', text, (column) => column.notNull())
        .addColumn('clause', text)
        .addColumn('points', text, (column) => column.notNull())
        .addColumn('on_date', text, (column) => column.notNull())
        .addColumn('moment', text, (column) => column.notNull())
        .execute();
      await index(db, 'score_entries_record', 'score_entries', ['county', 'record']);
      await index(db, 'score_entries_date', 'score_entries', ['county', 'on_date']);
      await schema
        .createTable('timers')
        .addColumn('thing', whole, (column) => column.primaryKey())
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('on_date', text, (column) => column.notNull())
        .addColumn('timer', text, (column) => column.notNull())
        .execute();
      await index(db, 'timers_due', 'timers', ['county', 'on_date']);
      await schema
        .createTable('outbox')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('recipient', text, (column) => column.notNull())
        .addColumn('message', text, (column) => column.notNull())
        .execute();
      await index(db, 'outbox_recipient', 'outbox', ['county', 'recipient', 'key']);
      await schema
        .createTable('idempotency')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('actor', text, (column) => column.notNull())
        .addColumn('key', text, (column) => column.notNull())
        .addColumn('row', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['county', 'actor', 'key'])
        .execute();
      await schema
        .createTable('series')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('value', whole, (column) => column.notNull())
        .addPrimaryKeyConstraint('series_key', ['county', 'name'])
        .execute();
      await schema
        .createTable('files')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('type', text, (column) => column.notNull())
        .addColumn('uploader', text, (column) => column.notNull())
        .addColumn('bytes', bytes, (column) => column.notNull())
        .addPrimaryKeyConstraint('files_key', ['county', 'id'])
        .execute();
    },
  },
  '0003-keys-age': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('idempotency')
        .addColumn('at', text, (column) => column.notNull().defaultTo(''))
        .execute();
      await index(db, 'idempotency_at', 'idempotency', ['at']);
    },
  },
  '0004-records': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('records')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('sequence', whole, (column) => column.notNull())
        .addColumn('entered_by', text, (column) => column.notNull())
        .addColumn('at', text, (column) => column.notNull())
        .addColumn('record', text, (column) => column.notNull())
        .addUniqueConstraint('records_id', ['county', 'id', 'sequence'])
        .execute();
    },
  },
  '0005-configs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('configs')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('number', whole, (column) => column.notNull())
        .addColumn('steps', whole, (column) => column.notNull())
        .addColumn('texts', text, (column) => column.notNull())
        .addColumn('version', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('configs_key', ['county', 'number'])
        .execute();
    },
  },
  // Filled by the first count of a county that was kept before.
  '0006-counted': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('counted')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('record', text, (column) => column.notNull())
        .addUniqueConstraint('counted_id', ['county', 'id'])
        .execute();
      await index(db, 'counted_in_order', 'counted', ['county', 'key']);
    },
  },
  '0007-claimed-timers': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('timers')
        .addColumn('claimed_until', text, (column) => column.notNull().defaultTo(''))
        .execute();
    },
  },
  '0008-directory': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('directory')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('list', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('sequence', whole, (column) => column.notNull())
        .addColumn('entry', text, (column) => column.notNull())
        .addUniqueConstraint('directory_id', ['county', 'list', 'id', 'sequence'])
        .execute();
    },
  },
  '0009-sensitive-acts': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('sensitive_acts')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('number', whole, (column) => column.notNull())
        .addColumn('waits', whole, (column) => column.notNull())
        .addColumn('act', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('sensitive_acts_key', ['county', 'number'])
        .execute();
    },
  },
  '0010-confidential': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('things')
        .addColumn('confidential', whole, (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '0011-sends': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('sends')
        .addColumn('key', whole, (column) => numbered(column.primaryKey()))
        .addColumn('receiver', text, (column) => column.notNull())
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('thing', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addColumn('body', text, (column) => column.notNull())
        .addColumn('attempts', whole, (column) => column.notNull().defaultTo(0))
        .addColumn('due', text, (column) => column.notNull().defaultTo(''))
        .addColumn('claimed_until', text, (column) => column.notNull().defaultTo(''))
        .addColumn('dead', whole, (column) => column.notNull().defaultTo(0))
        .addColumn('failure', text)
        .execute();
      await index(db, 'sends_due', 'sends', ['receiver', 'dead', 'due']);
      await index(db, 'sends_thing', 'sends', ['receiver', 'county', 'kind', 'thing', 'key']);
      await index(db, 'sends_dead', 'sends', ['county', 'dead', 'key']);
    },
  },
  '0012-read': {
    async up(db: Kysely<unknown>) {
      // What was told before anybody could read it here is not news.
      await db.schema
        .alterTable('outbox')
        .addColumn('unread', whole, (column) => column.notNull().defaultTo(0))
        .execute();
      await index(db, 'outbox_unread', 'outbox', ['county', 'recipient', 'unread']);
    },
  },
  '0013-things-of-before': {
    async up(db: Kysely<Pick<Tables, 'things'>>) {
      // What no thing had then, as one has it to which none of it has happened.
      const none = { resume: null, delegated: null, skipped: [] };
      for await (const page of pagesBy((after) =>
        db
          .selectFrom('things')
          .select(['key', 'state'])
          .where('key', '>', after)
          .orderBy('key')
          .limit(500)
          .execute(),
      )) {
        for (const { key, state } of page) {
          const whole = JSON.stringify({ ...none, ...JSON.parse(state) });
          if (whole.length !== state.length)
            await db.updateTable('things').set({ state: whole }).where('key', '=', key).execute();
        }
      }
    },
  },
  '0014-drafts': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('drafts')
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('person', text, (column) => column.notNull())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('draft', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('drafts_key', ['county', 'person', 'kind'])
        .execute();
    },
  },
  '0015-lists': {
    async up(db: Kysely<Pick<Tables, 'things' | 'title_grams'>>) {
      const { schema } = db;
      await index(db, 'things_by_stage_since', 'things', [
        'county',
        'kind',
        'stage',
        'since',
        'id',
        // So that a list is counted from the index alone.
        'confidential',
      ]);
      await index(db, 'things_in_order', 'things', ['county', 'kind', 'key']);
      await schema
        .createIndex('things_claimed')
        .on('things')
        .columns(['county', 'kind', 'claimed_by'])
        .where('claimed_by', 'is not', null)
        .execute();
      await inKeyOrder(schema.createTable('title_grams'))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('gram', text, (column) => column.notNull())
        .addColumn('thing', whole, (column) => column.notNull())
        .addPrimaryKeyConstraint('title_grams_key', ['county', 'gram', 'thing'])
        .execute();
      for await (const page of pagesBy((after) =>
        db
          .selectFrom('things')
          .select(['key', 'county', 'title'])
          .where('key', '>', after)
          .orderBy('key')
          .limit(100)
          .execute(),
      )) {
        const grams = page.flatMap(({ key: thing, county, title }) =>
          gramsOf(title).map((gram) => ({ county, gram, thing })),
        );
        if (grams.length > 0) await db.insertInto('title_grams').values(grams).execute();
      }
    },
  },
  '0016-found-by': {
    async up(db: Kysely<Tables>) {
      const { schema } = db;
      await inKeyOrder(schema.createTable('found_by'))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('by', text, (column) => column.notNull())
        .addColumn('thing', whole, (column) => column.notNull())
        .addPrimaryKeyConstraint('found_by_key', ['county', 'by', 'thing'])
        .execute();
      await inKeyOrder(schema.createTable('record_found_by'))
        .addColumn('county', text, (column) => column.notNull())
        .addColumn('by', text, (column) => column.notNull())
        .addColumn('id', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('record_found_by_key', ['county', 'by', 'id'])
        .execute();
      for await (const page of pagesBy((after) =>
        db
          .selectFrom('log')
          .innerJoin('things', 'things.key', 'log.thing')
          .select(['log.key', 'log.thing', 'log.entry', 'things.county'])
          .where('log.key', '>', after)
          .orderBy('log.key')
          .limit(500)
          .execute(),
      )) {
        await findBy(
          db,
          page.flatMap(({ thing, county, entry }) =>
            foundByOf(JSON.parse(entry)).map((by) => ({ county, by, thing })),
          ),
        );
      }
      for await (const page of pagesBy((after) =>
        db
          .selectFrom('records')
          .select(['key', 'county', 'record'])
          .where('key', '>', after)
          .orderBy('key')
          .limit(500)
          .execute(),
      )) {
        for (const { county, record } of page) await findRecordBy(db, county, JSON.parse(record));
      }
    },
  },
  '0017-due-by-the-minute': {
    async up(db: Kysely<Tables>) {
      await db.schema.alterTable('things').renameColumn('due_on', 'due_by').execute();
      for await (const page of pagesBy((after) =>
        db
          .selectFrom('things')
          .select(['key', 'state'])
          .where('key', '>', after)
          .where('due_by', '<', NEVER)
          .orderBy('key')
          .limit(500)
          .execute(),
      )) {
        for (const { key, state } of page)
          await db
            .updateTable('things')
            .set({ due_by: dueByOf(JSON.parse(state)) })
            .where('key', '=', key)
            .execute();
      }
    },
  },
});

/** Page after page of rows, each read on from the last one's key, until none is left. */
async function* pagesBy<Row extends { key: number }>(
  read: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  for (let after = 0; ;) {
    const page = await read(after);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    // A database may give it as text.
    after = Number(last.key);
  }
}

async function index<Of>(db: Kysely<Of>, name: string, table: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).on(table).columns(columns).execute();
}
