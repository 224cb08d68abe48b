import { LETTER } from './letter-files.ts';
import { thingKinds } from '../model/thing.ts';
import { queueViews } from '../model/view.ts';
import { demoRoutes, routes } from './routes.ts';
import { date, integer, list, nullable, see, string, words, type Schema } from './openapi-schemas.ts';

export interface Parameter {
  name: string;
  in: 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}
/** What one route takes and gives, beside its path. */
export interface RouteBodies {
  parameters?: readonly Parameter[];
  request?: { type?: string; required?: boolean; schema: Schema };
  answer: {
    status?: number;
    type?: string;
    description?: string;
    schema: Schema;
    headers?: readonly string[];
  };
}

const query = (name: string, schema: Schema, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
});
const of = query('of', words(['people', 'units']), 'Whose table; `people` without it');
const asPage = query('as', words(['page']), 'What it puts on paper, as JSON; the Word file without it');
const key: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same act tried again under the same key is done once',
  schema: { type: 'string', maxLength: 200 },
};
const version: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that the actor saw, as its ETag; 428 without it, 409 where it is an older one',
  schema: { type: 'string', pattern: '^(W/)?"?\\d+"?$' },
};
const yes: Schema = { type: 'boolean' };
const fileName: Parameter = {
  name: 'X-File-Name',
  in: 'header',
  description: 'Percent-encoded',
  schema: { type: 'string', maxLength: 400 },
};
const bytes: Schema = { type: 'string', format: 'binary' };
const anObject = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

const signature = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name): Parameter => ({
  name,
  in: 'header',
  required: true,
  schema: string,
}));

/** By the route's name; a route without an entry is described by its path and summary alone. */
export const routeBodies: { [Name in keyof typeof routes | keyof typeof demoRoutes]?: RouteBodies } = {
  health: { answer: { schema: anObject({ status: { const: 'ok' } }) } },
  ready: {
    answer: {
      schema: anObject({
        status: words(['ready', 'not ready']),
        store: yes,
        writes: words(['ok', 'storage-full', 'storage-read-only']),
        configs: yes,
        stopping: yes,
      }),
    },
  },
  metrics: {
    answer: { type: 'text/plain', description: 'The text that Prometheus reads', schema: string },
  },
  openapi: { answer: { schema: { type: 'object', description: 'OpenAPI 3.1' } } },
  counties: { answer: { schema: list(anObject({ id: string, name: string })) } },
  county: { answer: { schema: see('CountyInfo') } },
  map: {
    parameters: [
      query('direction', words(['right', 'down']), 'Which way it runs; `right` without it'),
      query('current', string, 'The stage to mark as the current one'),
      query('due', string, 'By when it is due there'),
      query(
        'visited',
        string,
        'Stages to mark as passed, with commas between, each with the day it came there if you like: `sort@2026-03-02`',
      ),
      query('skipped', string, 'Stages to mark as left out, with commas between'),
      query('version', string, 'The version of the config whose flow it is; the one in force without it'),
    ],
    answer: { schema: see('FlowMap') },
  },
  scores: {
    parameters: [
      query('period', string, 'Such as 2026, 2026-H1, 2026-Q3, 2026-09; this year without it'),
      of,
      query('version', string, 'As that version of the config counts it'),
    ],
    answer: { schema: see('ScoreTable') },
  },
  anthology: {
    parameters: [query('period', string, 'Such as 2026; this year without it')],
    answer: { type: '*/*', description: 'A .docx', schema: bytes, headers: ['Content-Disposition'] },
  },
  thingPaper: {
    parameters: [
      asPage,
      query(
        'pieces',
        string,
        'Of an issue that is being put together: its pieces in their order, with commas between',
      ),
      query('journal', string, 'With `pieces`: the journal'),
      query('number', integer, 'With `pieces`: the number'),
      query('destinations', string, 'With `pieces`: where it is to be sent, with commas between'),
    ],
    answer: { type: '*/*', description: 'A .docx', schema: bytes, headers: ['Content-Disposition'] },
  },
  personPaper: {
    parameters: [asPage, query('period', string, 'Such as 2026; this year without it')],
    answer: { type: '*/*', description: 'A .docx', schema: bytes, headers: ['Content-Disposition'] },
  },
  published: {
    parameters: [query('as', words(['json']), 'The same as data; a plain page without it')],
    answer: { description: 'With `as=json`; else a page', schema: see('PublicStatus') },
  },
  register: { answer: { schema: anObject({ columns: list(see('Option')), shown: list(string) }) } },
  registerFile: {
    parameters: [
      query('columns', string, 'Ids of columns, with commas between; the county’s own without it'),
      query('view', words(queueViews), 'Which list; `all` without it'),
      query('stage', string, 'Only what stands at this stage, by its id'),
      query('search', string, 'Only what has these words'),
    ],
    answer: { type: '*/*', description: 'An .xlsx', schema: bytes, headers: ['Content-Disposition'] },
  },
  resultsTrial: {
    request: { type: 'application/octet-stream', required: true, schema: bytes },
    answer: { schema: anObject({ rows: list(see('ResultRow')) }) },
  },
  results: {
    parameters: [key],
    request: {
      required: true,
      schema: anObject({
        rows: list(anObject({ piece: string, version: integer, input: { type: 'object' } })),
      }),
    },
    answer: { status: 201, schema: anObject({ entered: integer }) },
  },
  recordsTrial: {
    request: { type: 'application/x-ndjson', required: true, schema: { type: 'string' } },
    answer: { schema: anObject({ rows: list(see('RecordRow')) }) },
  },
  records: {
    request: { type: 'application/x-ndjson', required: true, schema: { type: 'string' } },
    answer: { status: 201, schema: anObject({ entered: integer, changed: integer }) },
  },
  audit: { answer: { schema: list(see('AuditRow')) } },
  auditStep: {
    request: { schema: { type: 'object' } },
    answer: { schema: anObject({ number: integer, standing: words(['agreed', 'refused']) }) },
  },
  personData: {
    answer: { type: '*/*', description: 'A .zip', schema: bytes, headers: ['Content-Disposition'] },
  },
  personErase: { request: { schema: { type: 'object' } }, answer: { schema: anObject({ things: integer }) } },
  directory: {
    parameters: [query('on', date, 'Who was there that day; everyone ever without it')],
    answer: { schema: see('Directory') },
  },
  directoryTrial: {
    request: { type: 'application/octet-stream', required: true, schema: bytes },
    answer: { schema: anObject({ rows: list(see('DirectoryRow')) }) },
  },
  directoryEnter: {
    parameters: [fileName],
    request: { type: 'application/octet-stream', required: true, schema: bytes },
    answer: { status: 201, schema: anObject({ entered: integer, changed: integer }) },
  },
  directoryRow: { answer: { schema: list(see('DirectoryEntry')) } },
  directoryPut: {
    request: { required: true, schema: { anyOf: [see('DirectoryPerson'), see('DirectoryOrganisation')] } },
    answer: { schema: anObject({ entered: integer, changed: integer }) },
  },
  quotas: {
    parameters: [query('of', words(['all']), 'Everybody’s, for the office; one’s own without it')],
    answer: { schema: list(see('QuotaProgress')) },
  },
  month: {
    parameters: [
      query('of', string, 'A post or an organisation; how much everybody had without it'),
      query('as', words(['docx', 'xlsx', 'html']), 'As a file; as JSON without it'),
    ],
    answer: { schema: see('Paper') },
  },
  obligations: {
    parameters: [query('of', words(['all']), 'Everybody’s, for the office; one’s own without it')],
    answer: { schema: list(see('Owed')) },
  },
  upload: {
    parameters: [key, fileName],
    request: { type: 'application/octet-stream', required: true, schema: bytes },
    answer: { status: 201, schema: see('KeptFile') },
  },
  file: {
    answer: {
      type: '*/*',
      description: 'The bytes, as a download',
      schema: bytes,
      headers: ['Content-Disposition'],
    },
  },
  changes: {
    answer: {
      type: 'text/event-stream',
      description: 'Each event’s data is the JSON of one; the stream ends now and then and is asked for anew',
      schema: see('Changed'),
    },
  },
  export: {
    parameters: [query('period', string, 'Of scores: which; this year without it'), of],
    answer: {
      type: 'text/csv',
      description:
        'CSV with a head and formulas made harmless, or NDJSON, one object a line, by the file’s name',
      schema: string,
      headers: ['Content-Disposition'],
    },
  },
  notices: {
    parameters: [
      query('before', integer, 'The `next` of the page before'),
      query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'How many'),
    ],
    answer: { schema: see('Notices') },
  },
  letters: {
    parameters: signature,
    request: { required: true, schema: see('Letter') },
    answer: { schema: anObject({ taken: string }) },
  },
  letterFiles: {
    parameters: [
      ...signature,
      {
        name: LETTER,
        in: 'header',
        required: true,
        description: 'The `attachment` letter, signed as the others are, in base64url',
        schema: string,
      },
    ],
    request: { type: 'application/octet-stream', required: true, schema: bytes },
    answer: { schema: anObject({ taken: string }) },
  },
  readNotices: {
    request: { required: true, schema: anObject({ upTo: integer }) },
    answer: { schema: anObject({ unread: integer }) },
  },
  draft: { answer: { schema: anObject({ draft: nullable(see('Draft')) }) } },
  saveDraft: {
    request: { required: true, schema: anObject({ draft: nullable(see('Draft')) }) },
    answer: { schema: anObject({ kept: { type: 'boolean' } }) },
  },
  undelivered: {
    parameters: [query('after', integer, 'The key of the last one seen')],
    answer: { schema: list(see('Undelivered')) },
  },
  replay: {
    request: {
      required: true,
      schema: { type: 'object', properties: { keys: { ...list(integer), description: 'All without it' } } },
    },
    answer: { schema: anObject({ replayed: integer }) },
  },
  blank: { answer: { schema: see('NewThing') } },
  choices: {
    parameters: [query('search', string, 'Words of the title')],
    answer: { schema: list(see('Option')) },
  },
  queue: {
    parameters: [
      query(
        'view',
        words(queueViews),
        'What waits for me, is due within three working days, is late, is mine; `all` without it',
      ),
      query('stage', string, 'Only what stands at this stage, by its id'),
      query('search', string, 'Words of the title'),
      query('after', string, 'The `next` of the page before'),
      query('limit', { ...integer, minimum: 1, maximum: 200, default: 50 }, 'How many rows'),
    ],
    answer: { schema: see('ThingPage') },
  },
  view: {
    parameters: [
      query('at', string, 'As it stood at that instant or at the end of that day; as it stands without it'),
    ],
    answer: { schema: see('ThingView'), headers: ['ETag'] },
  },
  similarTo: { answer: { schema: see('SimilarReports') } },
  similarText: {
    request: {
      required: true,
      schema: {
        type: 'object',
        properties: {
          kind: { ...words(['report', 'lead']), description: 'Whose form it is; `report` without it' },
          input: { type: 'object', description: 'What is written so far, by field' },
        },
        required: ['input'],
      },
    },
    answer: { schema: see('SimilarReports') },
  },
  open: {
    parameters: [key],
    request: { required: true, schema: see('ActBody') },
    answer: { status: 201, schema: see('ThingView'), headers: ['ETag'] },
  },
  act: {
    parameters: [version, key],
    request: { schema: see('ActBody') },
    answer: { schema: see('ThingView'), headers: ['ETag'] },
  },
  config: { answer: { schema: see('Config') } },
  configVersion: {
    parameters: [query('against', integer, 'The version to compare with; the one in force without it')],
    answer: { schema: see('ConfigVersion') },
  },
  configTrial: {
    request: { required: true, schema: see('ConfigBody') },
    answer: { schema: see('ConfigTrial') },
  },
  template: {
    parameters: [
      query('version', integer, 'That version’s; the one in force without it'),
      query('as', words(['example']), 'Filled, each field with its own name'),
    ],
    answer: { type: '*/*', description: 'A .docx', schema: bytes, headers: ['Content-Disposition'] },
  },
  templateDraft: {
    parameters: [query('over', integer, 'The version that it changes; the one in force without it')],
    request: { type: 'application/octet-stream', schema: bytes },
    answer: { status: 201, schema: see('ConfigRow') },
  },
  configDraft: {
    request: { required: true, schema: see('ConfigBody') },
    answer: { status: 201, schema: see('ConfigRow') },
  },
  configStep: {
    request: {
      schema: {
        type: 'object',
        properties: {
          from: { ...date, description: 'Today without it' },
          underWay: { ...see('UnderWay'), description: 'Without it each thing keeps its flow' },
        },
      },
    },
    answer: { schema: see('ConfigRow') },
  },
  configMigration: {
    request: {
      schema: {
        type: 'object',
        properties: {
          stages: { ...see('StageMap'), description: 'That of its publishing without it' },
          dryRun: { type: 'boolean', description: 'Only tells; then it may be a draft' },
        },
      },
    },
    answer: { schema: see('Migration') },
  },
  identities: {
    answer: {
      schema: list(
        anObject({
          county: string,
          countyName: string,
          id: string,
          name: string,
          post: string,
          postName: string,
        }),
      ),
    },
  },
  token: {
    request: {
      required: true,
      schema: { ...anObject({ id: string }), description: 'One of the identities' },
    },
    answer: { schema: anObject({ token: string }) },
  },
};

/** What the parts of a path can be, where they are not just any id. */
export const pathParts: Readonly<Record<string, Schema>> = {
  kind: { ...string, examples: [...thingKinds, 'call'] },
  number: integer,
};
