import type { Generated } from 'kysely';

/** The tables, the same for every database. Lists and search read columns; a thing itself is one small JSON. */
export interface Tables {
  things: {
    key: Generated<number>;
    county: string;
    kind: string;
    id: string;
    version: number;
    stage: string;
    since: string;
    due_on: string;
    claimed_by: string | null;
    title: string;
    state: string;
  };
  thing_authors: { thing: number; person: string };
  thing_handlers: { thing: number; organisation: string };
  log: { key: Generated<number>; thing: number; sequence: number; entry: string };
  log_texts: { log: number; hash: string; salt: string; text: string };
  score_entries: {
    key: Generated<number>;
    county: string;
    record: string;
    subject: string;
    line: string;
    clause: string | null;
    points: string;
    on_date: string;
    moment: string;
  };
  counted: { key: Generated<number>; county: string; id: string; record: string };
  timers: { thing: number; county: string; on_date: string; timer: string };
  outbox: { key: Generated<number>; county: string; recipient: string; message: string };
  idempotency: { county: string; actor: string; key: string; at: string; row: string };
  series: { county: string; name: string; value: number };
  records: {
    key: Generated<number>;
    county: string;
    id: string;
    sequence: number;
    entered_by: string;
    at: string;
    record: string;
  };
  /** `version` is the whole row as JSON but for its texts, which never change. */
  configs: { county: string; number: number; steps: number; texts: string; version: string };
  files: { county: string; id: string; name: string; type: string; uploader: string; bytes: Uint8Array };
}
