import { stageKinds } from '../county/county.ts';
import type { Taken } from '../desk/request.ts';
import type { Bulletin, Correction } from '../model/bulletin.ts';
import { sensitiveActs, type AuditRow } from '../model/audit.ts';
import type { Candidate, DirectoryRow, RecordRow, ResultRow } from '../model/import.ts';
import type {
  ContactLink,
  Directory,
  DirectoryOrganisation,
  DirectoryPerson,
  Head,
  HeldPost,
  OwnContactLink,
  QuotaProgress,
  ScoreLine,
  ScoreTable,
  Standing as SubjectStanding,
  SummaryLine,
} from '../model/record.ts';
import { resultFacts, type Result, type Attachment, type Submission, type Word } from '../model/letter.ts';
import type { Owed } from '../model/obligation.ts';
import type { Paper } from '../model/paper.ts';
import type { LineMove, Move, OtherMove, Simulation } from '../model/simulation.ts';
import type { SharedPhrase, SimilarReport, SimilarReports } from '../model/similar.ts';
import {
  thingKinds,
  ties,
  type Author,
  type Decision,
  type Due,
  type Link,
  type Reason,
} from '../model/thing.ts';
import { verbs } from '../model/verb.ts';
import type {
  ConfigDifference,
  ConfigMistake,
  ConfigPage,
  ConfigTrial,
  ConfigValue,
  Migration,
  MigrationRow,
  Signature,
  StageGone,
  Standing,
  UnderWay,
  ValueGroup,
  VersionPage,
  VersionRow,
} from '../model/version.ts';
import { paperIds } from '../model/paper.ts';
import type { Draft, DraftField } from '../model/draft.ts';
import type { PublicHandling, PublicStatus, PublicTold } from '../model/published.ts';
import type { Notice, Notices } from '../model/notice.ts';
import {
  fieldTypes,
  type ActionView,
  type Changed,
  type EarnedPoints,
  type FieldView,
  type HistoryItem,
  type Invitation,
  type Option,
  type QueuePage,
  type ReasonView,
  type Remark,
  type ThingRow,
  type Undelivered,
  type ThingView,
} from '../model/view.ts';
import type { FlowMap, MapEdge, MapStage } from '../workflow/map.ts';
import type { ActBody, ConfigBody } from './body.ts';
import type { Problem } from './problem.ts';

/** A JSON Schema of 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

type OptionalOf<T> = {
  [Name in keyof T]-?: Partial<Pick<T, Name>> extends Pick<T, Name> ? Name : never;
}[keyof T];

/** An object with the members of a type: one that is added to the type has to be described here, or nothing compiles. */
export function shape<T>(
  members: { [Name in keyof T]-?: Schema },
  { optional = [], description }: { optional?: readonly OptionalOf<T>[]; description?: string } = {},
): Schema {
  const left = new Set<PropertyKey>(optional);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: members,
    required: Object.keys(members).filter((name) => !left.has(name)),
  };
}

export const string: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
export const yesNo: Schema = { type: 'boolean' };
const number: Schema = { type: 'number' };
export const date: Schema = { type: 'string', format: 'date' };
const instant: Schema = { type: 'string', format: 'date-time' };
export const words = (list: readonly string[]): Schema => ({ type: 'string', enum: [...list] });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const decimal: Schema = {
  type: 'string',
  description: 'A decimal number / 十进制数',
  pattern: '^-?\\d+(\\.\\d+)?$',
};
const mapOfAll = (schema: Schema): Schema => ({ type: 'object', additionalProperties: schema });

/** The schemas below by name. */
export const see = (name: keyof typeof schemas): Schema => ({ $ref: `#/components/schemas/${name}` });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** One of those that every county has, or a matter of the county's own. */
const kind: Schema = { ...string, examples: [...thingKinds, 'call'] };
const verb = words(verbs);
const due = shape<Due>(
  {
    on: date,
    provisional: { ...yesNo, description: 'That year’s calendar is not published yet' },
    from: { ...date, description: 'The day of receipt' },
    by: words([
      'working-days',
      'days',
      'months',
      'same-day',
      'before',
      'field',
      'working-hours',
      'close-of-office',
    ]),
    time: {
      type: 'object',
      properties: { received: string, by: string },
      required: ['received', 'by'],
      description: 'At what time of those days it came and is due, where it is due at a time',
    },
    count: { ...integer, description: 'How many days, hours or months' },
  },
  { optional: ['time'] },
);
const reasonView = shape<ReasonView>({ rule: string, clause: nullable(string), because: list(string) });
const reason = shape<Reason>({
  fact: string,
  operator: string,
  expected: ref('Fact'),
  value: ref('Fact'),
  met: yesNo,
});
const part = words(['sole', 'first', 'other']);
const ownLink = { to: string, kind: string, name: string, since: date, until: date };
const ownLinkOptional = ['kind', 'name', 'since', 'until'] as const;
const link = { role: string, kind, id: string } satisfies { [Name in keyof Link]-?: Schema };
const letter = {
  id: { ...string, description: 'The webhook-id that it is signed with' },
  from: string,
  to: string,
  piece: { ...string, description: 'The lower committee’s piece' },
};
const thing = { county: string, kind, id: string, version: { ...integer, description: 'For If-Match' } };
const place = { x: number, y: number, width: number, height: number };
const point: Schema = { type: 'array', prefixItems: [number, number], minItems: 2, maxItems: 2 };
const range: Schema = { type: 'array', prefixItems: [integer, integer], minItems: 2, maxItems: 2 };
const standsAt = shape<Move['was']>({
  points: nullable(decimal),
  rank: nullable(integer),
  grade: nullable(string),
});
const signed = shape<{ id: string; name: string }>({ id: string, name: string });
const signature = shape<Signature>({ by: string, at: instant });
const standing = words(['draft', 'approved', 'waiting', 'in-force', 'superseded'] satisfies Standing[]);
const valueGroup = words(['quotas', 'method', 'flows', 'forms'] satisfies ValueGroup[]);

const configRow = {
  number: integer,
  standing,
  note: string,
  backTo: { ...nullable(integer), description: 'The version whose text it takes up again' },
  drafted: signature,
  approved: nullable(signature),
  published: nullable(
    shape<Signature & { from: string; underWay?: UnderWay }>(
      { by: string, at: instant, from: date, underWay: ref('UnderWay') },
      { optional: ['underWay'] },
    ),
  ),
  alone: { ...yesNo, description: 'Approved by the one who drafted it' },
};

/** All that the routes take and give, each once; a test holds it against real answers. */
export const schemas = {
  Text: {
    description: 'A label of the county: one for both languages, or one each',
    anyOf: [string, { type: 'object', properties: { zh: string, en: string }, required: ['zh'] }],
  },
  Fact: { anyOf: [string, number, yesNo, { type: 'null' }, list(string)] },
  FieldValue: {
    description: 'A file, a person or an organisation is its id; a date is YYYY-MM-DD',
    anyOf: [string, number, yesNo, list(string), { type: 'null' }],
  },
  Option: shape<Option>({ value: string, label: string }),
  Problem: shape<Problem>(
    {
      type: string,
      title: string,
      status: integer,
      detail: { ...string, description: 'What is wrong and what to do, in the reader’s language' },
      code: { ...string, description: 'Stable; for programs' },
      fields: list(shape<{ field: string; message: string }>({ field: string, message: string })),
      current: { ...ref('ThingView'), description: 'With 409: the thing as it is now' },
    },
    { optional: ['fields', 'current'], description: 'RFC 9457' },
  ),
  Letter: {
    description: 'What one committee tells another; taken once by its id, however often it comes',
    oneOf: [
      shape<Submission>(
        {
          ...letter,
          is: { const: 'submission' },
          on: date,
          title: string,
          text: string,
          confidential: yesNo,
          files: { ...list(string), description: 'Names of the files that follow' },
        },
        { optional: ['files'], description: 'A piece that was dispatched to the committee above' },
      ),
      shape<Attachment>(
        {
          ...letter,
          is: { const: 'attachment' },
          of: { ...string, description: 'The id of the submission' },
          file: string,
          name: string,
          sha256: {
            ...nullable(string),
            description: 'Of the bytes beside it; null where it was deleted below',
          },
        },
        { optional: ['sha256'], description: 'A file of it; goes to `letters/files`, as a header' },
      ),
      shape<Word>(
        {
          ...letter,
          is: { const: 'word' },
          report: { ...string, description: 'Its number above' },
          what: ref('Text'),
          said: nullable(shape<NonNullable<Word['said']>>({ zh: string, en: string })),
        },
        { description: 'What became of it there, in words' },
      ),
      shape<Result>(
        {
          ...letter,
          is: { const: 'result' },
          moment: shape<Result['moment']>(
            {
              is: string,
              on: date,
              level: string,
              outlet: string,
              form: string,
              body: string,
              leader: string,
            },
            { optional: [...resultFacts] },
          ),
        },
        { description: 'What it came to; the words of an instruction stay where they were written' },
      ),
    ],
  },
  OnBehalf: {
    description: 'An outside party’s act, entered by the office',
    type: 'object',
    properties: {
      of: { ...string, description: 'A person’s or an organisation’s id' },
      on: { ...date, description: 'When it really happened' },
      scan: { ...string, description: 'The id of an uploaded file' },
    },
    required: ['of', 'on'],
  },
  ActBody: {
    ...shape<ActBody>({
      action: { ...nullable(verb), description: 'To open a thing: its first action, `submit` without it' },
      input: { ...mapOfAll(ref('FieldValue')), description: 'What the action’s form holds, by field' },
      takes: {
        ...list(shape<Taken>({ kind, id: string, version: integer })),
        description:
          'Reports compiled together, the report that is joined, or the pieces that follow this one in an issue',
      },
      onBehalf: nullable(ref('OnBehalf')),
    }),
    required: [],
  },
  FieldView: shape<FieldView>({
    name: string,
    label: string,
    hint: nullable(string),
    type: words(fieldTypes),
    required: yesNo,
    onDemand: { ...yesNo, description: 'Asked for only once the answer to the form does' },
    limit: { ...nullable(number), description: 'Characters of text, or the largest number' },
    pictures: { ...yesNo, description: 'Files that are pictures, and nothing else' },
    headings: {
      ...list(string),
      description: 'Headings of a Word file under which its text stands, besides its label',
    },
    options: list(ref('Option')),
    tie: {
      ...nullable(
        shape<NonNullable<FieldView['tie']>>({
          link: words(Object.keys(ties)),
          kinds: list(string),
          of: string,
        }),
      ),
      description:
        'For one that names another thing: how they are tied, what kinds it can be of, and of what kind the form’s own thing is',
    },
    value: ref('FieldValue'),
  }),
  ActionView: shape<ActionView>({
    action: verb,
    label: string,
    tone: words(['primary', 'plain', 'danger']),
    aside: { ...yesNo, description: 'Offered at every stage' },
    confirm: nullable(string),
    proposed: { ...nullable(list(reasonView)), description: 'Why the rules propose it' },
    takes: nullable(words(['reports', 'report', 'pieces'])),
    arranged: {
      ...list(string),
      description: 'The ids of the pieces of its issue as they were last arranged, in their order',
    },
    behalf: list(ref('Option')),
    fields: list(ref('FieldView')),
  }),
  NewThing: shape<Pick<ThingView, 'actions'>>({ actions: list(ref('ActionView')) }),
  HistoryItem: shape<HistoryItem>({
    standIn: nullable(string),
    automatic: nullable(string),
    sequence: integer,
    action: words([...verbs, 'tick', 'erase', 'migrate', 'heard']),
    label: string,
    by: nullable(string),
    onBehalf: nullable({
      type: 'object',
      properties: { of: string, on: date, scan: string, name: string },
      required: ['of', 'on', 'name'],
    }),
    on: date,
    at: instant,
    stage: string,
    stageId: string,
    skipped: list(string),
    said: list(shape<{ label: string; value: string }>({ label: string, value: string })),
    changed: list(shape<HistoryItem['changed'][number]>({ label: string, was: string, now: string })),
    reasons: list(reasonView),
    from: {
      ...nullable(shape<NonNullable<HistoryItem['from']>>({ kind, id: string, title: string })),
      description: 'The thing whose log holds it, where it is read through a link',
    },
  }),
  ThingView: shape<ThingView>({
    ...thing,
    configVersion: string,
    title: string,
    stage: shape<ThingView['stage']>({ id: string, label: string, kind: words(stageKinds) }),
    since: instant,
    due: nullable(due),
    dueBecause: nullable(string),
    reckoned: list({
      type: 'object',
      properties: { on: date, counts: nullable(integer), hours: list(string) },
      required: ['on', 'counts'],
    }),
    supervised: yesNo,
    notices: list(string),
    skipped: list(string),
    signed: list({
      type: 'object',
      properties: { name: string, is: nullable(words(['for', 'against', 'abstain'])) },
      required: ['name', 'is'],
    }),
    urgency: nullable(string),
    authors: list(shape<Author & { name: string }>({ person: string, part, name: string })),
    unit: nullable(string),
    enteredBy: nullable(string),
    channel: nullable(string),
    fields: list(shape<ThingView['fields'][number]>({ name: string, label: string, value: string })),
    files: list(shape<ThingView['files'][number]>({ id: string, name: string, type: string, label: string })),
    moments: list({
      type: 'object',
      description: 'What earned points, with its facts besides',
      properties: { is: string, on: date, entered: date, label: string, from: string },
      required: ['is', 'on', 'label', 'from'],
      additionalProperties: ref('Fact'),
    }),
    links: list(shape<ThingView['links'][number]>({ ...link, label: string, title: string, stage: string })),
    answers: { ...nullable(integer), description: 'How many answers it has, whoever may read them' },
    remarks: list(ref('Remark')),
    history: list(ref('HistoryItem')),
    decisions: list(
      shape<Decision & ReasonView>({
        rule: string,
        fired: yesNo,
        reasons: list(reason),
        clause: nullable(string),
        because: list(string),
      }),
    ),
    points: list(
      shape<EarnedPoints>({
        subject: string,
        name: string,
        points: decimal,
        line: string,
        clause: nullable(string),
        on: date,
      }),
    ),
    bulletin: nullable(ref('Bulletin')),
    invitation: {
      ...nullable(shape<Invitation>({ name: string, until: date, path: string })),
      description:
        'The link by which an author may answer once without signing in, for the office to hand over',
    },
    papers: { ...list(ref('Option')), description: 'What may be printed of it' },
    actions: list(ref('ActionView')),
  }),
  Remark: shape<Remark>({
    id: string,
    field: string,
    label: string,
    text: string,
    by: nullable(string),
    on: date,
    forAuthor: yesNo,
    settled: nullable(shape<NonNullable<Remark['settled']>>({ by: string, on: date })),
  }),
  ThingRow: shape<ThingRow>({
    ...thing,
    title: string,
    stage: shape<ThingRow['stage']>({ id: string, label: string }),
    since: instant,
    due: nullable(due),
    supervised: yesNo,
    claimedBy: nullable(string),
    authors: string,
    askedJointly: { ...yesNo, description: 'The reader is asked to be one of its authors, and has not said' },
    answers: nullable(integer),
  }),
  Notice: shape<Notice>({
    key: integer,
    kind,
    id: string,
    text: string,
    at: string,
    read: { type: 'boolean' },
  }),
  Draft: shape<Draft>({
    fields: list(
      shape<DraftField>({
        name: string,
        label: string,
        type: words(fieldTypes),
        value: ref('FieldValue'),
        files: string,
      }),
    ),
    at: string,
  }),
  Notices: shape<Notices>({ rows: list(ref('Notice')), next: nullable(integer), unread: integer }),
  Undelivered: shape<Undelivered>({
    key: integer,
    id: string,
    receiver: string,
    kind,
    thing: string,
    attempts: integer,
    failure: nullable(string),
  }),
  Changed: shape<Changed>({ kind, id: string, version: integer }),
  PublicStatus: shape<PublicStatus>({
    county: string,
    title: string,
    stage: string,
    since: instant,
    told: {
      ...list(ref('PublicTold')),
      description: 'What happened to it, of the acts that the county tells',
    },
    handling: list(
      shape<PublicHandling>({
        title: string,
        stage: string,
        since: instant,
        by: { ...list(string), description: 'The lead first' },
        due: nullable(date),
        told: list(ref('PublicTold')),
        satisfaction: nullable(string),
      }),
    ),
  }),
  PublicTold: shape<PublicTold>({
    on: date,
    what: string,
    words: list(shape<PublicTold['words'][number]>({ label: string, value: string })),
  }),
  ThingPage: shape<QueuePage>({
    stages: list(ref('Option')),
    rows: list(ref('ThingRow')),
    next: { ...nullable(string), description: 'For `after`; null at the end' },
    total: {
      ...integer,
      description: 'How many there are, counted to a thousand: 1001 says that there are more',
    },
  }),
  SimilarReport: shape<SimilarReport>({
    ...thing,
    title: string,
    stage: shape<SimilarReport['stage']>({ id: string, label: string }),
    authors: string,
    on: { ...date, description: 'When it was submitted' },
    score: { ...integer, minimum: 0, maximum: 100, description: '100: the same' },
    ended: { ...yesNo, description: 'Nothing is merged into it any more' },
    text: { ...string, description: 'Its title and text, a field a line' },
    phrases: list(
      shape<SharedPhrase>(
        { here: range, there: range },
        { description: 'Where it stands in the asker’s text and in this one: from, and up to but without' },
      ),
    ),
  }),
  SimilarReports: shape<SimilarReports>({
    text: { ...string, description: 'What was compared' },
    rows: list(ref('SimilarReport')),
    others: { ...integer, description: 'How many there are that the reader may not read' },
  }),
  KeptFile: shape<{ id: string; name: string; type: string }>({ id: string, name: string, type: string }),
  ScoreLine: shape<ScoreLine>({
    id: string,
    name: ref('Text'),
    clause: nullable(string),
    points: decimal,
    record: nullable(string),
    moment: nullable(shape<NonNullable<ScoreLine['moment']>>({ is: string, on: date })),
    why: nullable(string),
  }),
  Standing: shape<SubjectStanding>(
    {
      id: string,
      name: string,
      kind: string,
      group: nullable(string),
      groupName: ref('Text'),
      points: decimal,
      rank: { ...nullable(integer), description: '1, 2, 3, 3, 5; null without a group' },
      grade: nullable(string),
      lines: list(ref('ScoreLine')),
      columns: mapOfAll(decimal),
      figures: mapOfAll(nullable(decimal)),
      money: shape<NonNullable<SubjectStanding['money']>>({ total: decimal, lines: list(ref('ScoreLine')) }),
      outcomes: list(
        shape<NonNullable<SubjectStanding['outcomes']>[number]>({
          id: string,
          name: ref('Text'),
          clause: nullable(string),
        }),
      ),
    },
    { optional: ['groupName', 'columns', 'figures', 'money', 'outcomes'] },
  ),
  ScoreTable: shape<ScoreTable>(
    {
      period: string,
      before: { ...nullable(string), description: 'The period of the same kind before it' },
      subjects: list(ref('Standing')),
      heads: shape<NonNullable<ScoreTable['heads']>>({
        columns: list(shape<Head>({ id: string, name: ref('Text') })),
        figures: list(shape<Head>({ id: string, name: ref('Text') })),
        money: nullable(ref('Text')),
      }),
      summary: list(
        shape<SummaryLine>(
          { id: string, name: ref('Text'), value: nullable(decimal), share: decimal, stated: string },
          { optional: ['share', 'stated'] },
        ),
      ),
      honours: list(
        shape<NonNullable<ScoreTable['honours']>[number]>({
          record: string,
          id: string,
          name: ref('Text'),
          on: date,
        }),
      ),
    },
    { optional: ['before', 'heads', 'summary', 'honours'] },
  ),
  Bulletin: shape<Bulletin>({
    period: string,
    countedOn: date,
    configVersion: { ...string, description: 'The version of the config in force on that day' },
    people: ref('ScoreTable'),
    units: ref('ScoreTable'),
    corrections: list(
      shape<Correction>({
        period: string,
        of: words(['people', 'units']),
        subject: string,
        name: string,
        was: decimal,
        now: decimal,
        causes: list(
          shape<Correction['causes'][number]>({
            line: string,
            name: ref('Text'),
            record: nullable(string),
            moment: nullable({
              type: 'object',
              properties: { is: string, on: date },
              required: ['is', 'on'],
            }),
            points: decimal,
          }),
        ),
      }),
    ),
  }),
  QuotaProgress: shape<QuotaProgress>({
    subject: string,
    name: string,
    group: nullable(string),
    quota: string,
    label: ref('Text'),
    window: { type: 'object', properties: { from: date, to: date }, required: ['from', 'to'] },
    need: decimal,
    done: decimal,
    short: decimal,
    daysLeft: integer,
    silent: { ...yesNo, description: 'Has sent nothing at all' },
    clause: nullable(string),
  }),
  Paper: {
    ...shape<Paper>({
      title: string,
      subtitle: string,
      parts: list({
        type: 'object',
        properties: {
          heading: string,
          paragraphs: list(string),
          head: list(string),
          rows: list(list(string)),
        },
        required: ['heading'],
      }),
    }),
    description: 'Tables and paragraphs under headings, as they are printed',
  },
  Owed: shape<Owed>({
    obligation: string,
    label: ref('Text'),
    clause: nullable(string),
    subject: string,
    name: string,
    after: { ...string, description: 'The record after which it is owed' },
    title: string,
    on: date,
    due: date,
    by: nullable(shape<NonNullable<Owed['by']>>({ record: string, on: date })),
    state: words(['open', 'met', 'late', 'missed']),
  }),
  FlowMap: shape<FlowMap>({
    direction: words(['right', 'down']),
    stages: list(
      shape<MapStage>({
        ...place,
        id: string,
        label: string,
        lines: list(string),
        kind: words(stageKinds),
        notes: list(string),
        mark: nullable(words(['current', 'visited', 'skipped'])),
      }),
    ),
    edges: list(
      shape<MapEdge>({
        from: string,
        to: string,
        label: string,
        lines: list(string),
        way: words(['main', 'on', 'back']),
        both: yesNo,
        points: list(point),
        at: point,
      }),
    ),
    width: number,
    height: number,
    text: { ...string, description: 'The same in words, a stage a line' },
  }),
  CountyInfo: {
    type: 'object',
    properties: {
      id: string,
      name: string,
      me: {
        type: 'object',
        properties: {
          id: string,
          name: string,
          posts: list({
            type: 'object',
            properties: { post: string, organisation: nullable(string), name: string },
            required: ['post', 'organisation', 'name'],
          }),
          staff: yesNo,
        },
        required: ['id', 'name', 'posts', 'staff'],
      },
      may: { ...list(string), description: 'Such as `read:report`, `create:lead`, `see-scores`' },
      labels: {
        type: 'object',
        additionalProperties: string,
        description: 'Labels of the page in the county’s own words, in the language asked for',
      },
      matters: { ...list(ref('Option')), description: 'The county’s own kinds of thing' },
      channels: list(ref('Option')),
      authors: { ...list(ref('Option')), description: 'Those whose reports the office can enter' },
      units: { ...list(ref('Option')), description: 'The organisations that such a report can come in from' },
      offices: { ...list(ref('Option')), description: 'The posts and organisations whose month I may read' },
    },
    required: ['id', 'name', 'me', 'may', 'labels', 'matters', 'channels', 'authors', 'units', 'offices'],
  },
  ConfigBody: {
    ...shape<ConfigBody>({
      text: { ...nullable(string), description: 'A whole config; else `changes` to one' },
      over: { ...nullable(integer), description: 'The version that is changed; the one in force without it' },
      changes: list(
        shape<ConfigBody['changes'][number]>({
          path: { ...string, description: 'Things of a list by their id: `quotas/four-a-year/need`' },
          value: { type: ['string', 'number', 'boolean', 'null'] },
        }),
      ),
      note: string,
      period: { ...nullable(string), description: 'The table to try it on' },
      of: words(['people', 'units']),
    }),
    required: [],
  },
  ConfigRow: shape<VersionRow>(configRow),
  Config: shape<ConfigPage>({
    id: string,
    version: string,
    overrides: { ...list(string), description: 'What it says over its base' },
    versions: list(ref('ConfigRow')),
  }),
  ConfigVersion: shape<VersionPage>({
    ...configRow,
    text: string,
    values: list(
      shape<ConfigValue>({
        path: string,
        group: valueGroup,
        names: list(ref('Text')),
        label: ref('Text'),
        value: { type: ['string', 'number', 'boolean'] },
        own: { ...yesNo, description: 'The county says it itself' },
      }),
    ),
    papers: list(
      shape<VersionPage['papers'][number]>({
        paper: words(paperIds),
        label: string,
        own: { ...yesNo, description: 'The county has a template of its own for it' },
      }),
    ),
    differences: list(shape<ConfigDifference>({ path: string, was: {}, now: {} })),
  }),
  StageMap: {
    description: 'By kind of thing, which stage of an earlier version becomes which of this one',
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: string },
  },
  UnderWay: shape<UnderWay>({
    how: {
      ...words(['next-stage', 'now']),
      description: 'Things under way move over when they next change stage, or at once',
    },
    stages: ref('StageMap'),
  }),
  Migration: shape<Migration>({
    county: string,
    to: { ...string, description: 'The version that is moved to' },
    dry: { ...yesNo, description: 'Nothing was kept' },
    rows: list(
      shape<MigrationRow>({
        kind,
        id: string,
        from: { ...string, description: 'The version whose flow it follows' },
        stage: shape<MigrationRow['stage']>({ id: string, label: string }),
        goal: nullable(shape<MigrationRow['stage']>({ id: string, label: string })),
        is: words(['would-move', 'moved', 'refused', 'changed']),
        said: list(string),
      }),
    ),
    gone: {
      ...list(
        shape<StageGone>({
          kind,
          stage: shape<MigrationRow['stage']>({ id: string, label: string }),
          goals: list(shape<MigrationRow['stage']>({ id: string, label: string })),
          goal: { ...nullable(string), description: 'Where the stage map says it goes' },
        }),
      ),
      description: 'Stages that something under way needs and that version does not have',
    },
    ended: { ...integer, description: 'Things that have ended; they stay as they are' },
    already: { ...integer, description: 'Things that follow that version already' },
  }),
  ConfigTrial: shape<ConfigTrial>({
    text: string,
    mistakes: list(
      shape<ConfigMistake>({ code: string, line: integer, column: integer, path: string, message: string }),
    ),
    simulation: nullable(ref('Simulation')),
  }),
  Simulation: shape<Simulation>({
    period: string,
    moves: list(
      shape<Move>(
        {
          id: string,
          name: string,
          group: nullable(string),
          groupName: ref('Text'),
          was: standsAt,
          now: standsAt,
          difference: nullable(decimal),
          lines: list(shape<LineMove>({ line: string, name: ref('Text'), was: decimal, now: decimal })),
          others: list(
            shape<OtherMove>({
              what: string,
              name: ref('Text'),
              was: nullable(ref('Text')),
              now: nullable(ref('Text')),
            }),
          ),
        },
        { optional: ['groupName'] },
      ),
    ),
    unmoved: integer,
  }),
  ResultRow: shape<ResultRow>({
    row: { ...integer, description: 'As the sheet counts, its head being 1' },
    title: string,
    match: words(['matched', 'doubtful', 'unmatched', 'wrong', 'known']),
    candidates: list(shape<Candidate>({ id: string, version: integer, title: string })),
    said: list({
      type: 'object',
      properties: { label: string, value: string },
      required: ['label', 'value'],
    }),
    input: { type: 'object' },
    message: nullable(string),
  }),
  RecordRow: shape<RecordRow>({
    line: integer,
    id: nullable(string),
    match: words(['new', 'changed', 'unchanged', 'wrong']),
    message: nullable(string),
  }),
  AuditRow: shape<AuditRow>({
    number: { ...nullable(integer), description: 'By which it is agreed to; null for a config' },
    is: words([...sensitiveActs, 'config']),
    about: string,
    by: signed,
    at: instant,
    second: nullable(
      shape<{ id: string; name: string; at: string }>({ id: string, name: string, at: instant }),
    ),
    standing: words(['waiting', 'agreed', 'refused', 'alone']),
  }),
  DirectoryRow: shape<DirectoryRow>({
    row: integer,
    of: words(['people', 'organisations']),
    id: nullable(string),
    name: nullable(string),
    match: words(['new', 'changed', 'unchanged', 'wrong']),
    problems: list({
      type: 'object',
      properties: { column: string, message: string },
      required: ['column', 'message'],
    }),
  }),
  Directory: shape<Directory>(
    {
      organisations: list(ref('DirectoryOrganisation')),
      people: list(ref('DirectoryPerson')),
      links: list(ref('ContactLink')),
    },
    { optional: ['links'] },
  ),
  ContactLink: shape<ContactLink>({ from: string, ...ownLink }, { optional: ownLinkOptional }),
  OwnContactLink: shape<OwnContactLink>(ownLink, { optional: ownLinkOptional }),
  DirectoryOrganisation: shape<DirectoryOrganisation>(
    {
      id: string,
      name: string,
      kind: string,
      group: string,
      parent: string,
      headcount: integer,
      links: list(ref('OwnContactLink')),
      from: date,
      to: date,
    },
    { optional: ['kind', 'group', 'parent', 'headcount', 'links', 'from', 'to'] },
  ),
  DirectoryPerson: shape<DirectoryPerson>(
    {
      id: string,
      name: string,
      kind: string,
      group: string,
      organisation: string,
      posts: list(ref('HeldPost')),
      leaves: list({ type: 'object', properties: { from: date, to: date }, required: ['from', 'to'] }),
      standIns: list({
        type: 'object',
        properties: { person: string, from: date, to: date },
        required: ['person'],
      }),
      relations: list({ type: 'object', properties: { to: string, kind: string }, required: ['to'] }),
      links: list(ref('OwnContactLink')),
      from: date,
      to: date,
    },
    {
      optional: [
        'kind',
        'group',
        'organisation',
        'posts',
        'leaves',
        'standIns',
        'relations',
        'links',
        'from',
        'to',
      ],
    },
  ),
  HeldPost: shape<HeldPost>(
    { post: string, organisation: string, from: date, to: date },
    { optional: ['organisation', 'from', 'to'] },
  ),
  DirectoryEntry: shape<{ sequence: number; by: string; at: string; row: object }>({
    sequence: integer,
    by: string,
    at: instant,
    row: { anyOf: [ref('DirectoryPerson'), ref('DirectoryOrganisation')] },
  }),
} as const satisfies Record<string, Schema>;
