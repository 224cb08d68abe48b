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
    due_by: string;
    claimed_by: string | null;
    /** 1 where no list shows it but its own people's. */
    confidential: number;
    title: string;
    state: string;
  };
  /** By what a title is found. */
  title_grams: { county: string; gram: string; thing: number };
  /** In which months something happened to it, and which entered record it handles. */
  found_by: { county: string; by: string; thing: number };
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
  timers: { thing: number; county: string; on_date: string; timer: string; claimed_until: string };
  outbox: {
    key: Generated<number>;
    county: string;
    recipient: string;
    message: string;
    unread: Generated<number>;
  };
  sends: {
    key: Generated<number>;
    receiver: string;
    county: string;
    kind: string;
    thing: string;
    id: string;
    body: string;
    attempts: Generated<number>;
    due: Generated<string>;
    claimed_until: Generated<string>;
    /** 1 once it was given up. */
    dead: Generated<number>;
    failure: string | null;
  };
  drafts: { county: string; person: string; kind: string; draft: string };
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
  /** Of which kind and whose a record is, or was by an entry of before. */
  record_found_by: { county: string; by: string; id: string };
  directory: {
    key: Generated<number>;
    county: string;
    list: string;
    id: string;
    sequence: number;
    /** The whole entry as JSON. */
    entry: string;
  };
  sensitive_acts: { county: string; number: number; waits: number; act: string };
  /** `version` is the whole row as JSON but for its texts, which never change. */
  configs: { county: string; number: number; steps: number; texts: string; version: string };
  files: { county: string; id: string; name: string; type: string; uploader: string; bytes: Uint8Array };
}
