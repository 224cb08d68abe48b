import type { Draft, DraftKind } from '../model/draft.ts';
import type { Owed } from '../model/obligation.ts';
import type { Notices } from '../model/notice.ts';
import type { QuotaProgress } from '../model/record.ts';
import type { Language } from '../model/text.ts';
import type { SimilarReports } from '../model/similar.ts';
import { pathOf, type Fields, type OnBehalf, type ThingKind } from '../model/thing.ts';
import type { ActionView, Changed, Option, QueuePage, QueueView, ThingView } from '../model/view.ts';

export { adminOf, type Admin, type ConfigChange } from './admin.ts';
export { filesOf } from './files.ts';
export { mapOf } from './map.ts';
export { scoresOf } from './scores.ts';
export { similarTo } from './similar-to.ts';

export interface CountyInfo {
  id: string;
  name: string;
  me: {
    id: string;
    name: string;
    posts: { post: string; organisation: string | null; name: string }[];
    staff: boolean;
  };
  /** Such as `read:report`, `create:lead`, `see-scores`. */
  may: string[];
  /** Labels of the page in the county's own words, in the language asked for. */
  labels: Record<string, string>;
  /** The county's own kinds of thing: `call`, `meeting` … */
  matters: Option[];
  channels: Option[];
  /** Those whose reports the office can enter; empty for others. */
  authors: Option[];
  /** The organisations that such a report can come in from; empty for others. */
  units: Option[];
  /** The posts and organisations whose month I may read. */
  offices: Option[];
}
/** A flow as the server lays it out: boxes by rank, lines that go round them. */
export interface FlowMap {
  direction: 'right' | 'down';
  stages: {
    id: string;
    label: string;
    /** The label as it fits into the box. */
    lines: string[];
    kind: string;
    /** Small, under it: its due time, since or by when a thing is there, what runs side by side, what leads back to it or to it from any. */
    notes: string[];
    mark: 'current' | 'visited' | 'skipped' | null;
    x: number;
    y: number;
    width: number;
    height: number;
  }[];
  edges: {
    from: string;
    to: string;
    label: string;
    lines: string[];
    way: 'main' | 'on' | 'back';
    /** There and back again. */
    both: boolean;
    points: [number, number][];
    /** The middle of its words. */
    at: [number, number];
  }[];
  width: number;
  height: number;
  /** The same in words, a stage a line. */
  text: string;
}
export interface MapQuery {
  direction?: FlowMap['direction'];
  /** Where a thing stands, and where it has been: stages' ids, of those before with the day it came if known: `sort@2026-03-02`. */
  current?: string;
  /** By when it is due where it stands. */
  due?: string;
  visited?: readonly string[];
  /** What it left out. */
  skipped?: readonly string[];
  /** The version of the config whose flow it is; the one in force without it. */
  version?: string;
}
export interface ActInput {
  action: string;
  input: Fields;
  takes?: { kind: ThingKind; id: string; version: number }[];
  onBehalf?: OnBehalf | null;
}

/** What the server refused, or that it could not be reached (`offline`). */
export class ClientError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly fields: { field: string; message: string }[] = [],
    readonly current: ThingView | null = null,
  ) {
    super(message);
    this.name = 'ClientError';
  }
}

export interface ClientOptions {
  /** Where the server is; the page's own place when empty. */
  endpoint: string;
  county: string;
  /** The portal's login token; asked for again after a 401. */
  token: () => string | Promise<string>;
  language: () => Language;
  /** Hears the version of the config that the server answers by. */
  answeredBy?: (configVersion: string) => void;
  fetch?: typeof fetch;
}
export type Client = ReturnType<typeof createClient>;
export type Asking = RequestInit & { headers?: Record<string, string> };

/** One typed way to the server; it holds no workflow. */
export function createClient(options: ClientOptions) {
  const call = options.fetch ?? ((input: string, init?: RequestInit) => fetch(input, init));
  const base = `${options.endpoint.replace(/\/$/, '')}/counties/${encodeURIComponent(options.county)}`;

  async function send(path: string, init: Asking): Promise<Response> {
    // The network's own failures are TypeErrors, in the portal's token call too; its other errors are its own.
    const unreached = (error: unknown): never => {
      if (error instanceof TypeError) throw new ClientError('offline', 0, '');
      throw error;
    };
    const once = async () => {
      const headers = {
        ...init.headers,
        Authorization: `Bearer ${await options.token()}`,
        'Accept-Language': options.language() === 'en' ? 'en' : 'zh-CN',
      };
      return call(`${base}${path}`, { ...init, headers });
    };
    let response = await once().catch(unreached);
    if (response.status === 401) response = await once().catch(unreached);
    const version = response.headers.get('Minqing-Config');
    if (version !== null) options.answeredBy?.(version);
    if (response.ok) return response;
    throw refusal(response.status, await response.json().catch(() => null));
  }
  async function get<Answer>(path: string): Promise<Answer> {
    return (await send(path, { method: 'GET' })).json();
  }
  async function post<Answer>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  const put = async (path: string, body: unknown): Promise<void> => {
    const headers = { 'Content-Type': 'application/json' };
    await send(path, { method: 'PUT', headers, body: JSON.stringify(body) });
  };
  const blob = async (path: string) => (await send(path, { method: 'GET' })).blob();
  /** A file as it is, and what the server says of it. */
  const give = async <Answer>(path: string, body: Blob, name?: string): Promise<Answer> => {
    const headers: Record<string, string> =
      name === undefined ? {} : { 'X-File-Name': encodeURIComponent(name) };
    return (await send(path, { method: 'POST', headers, body })).json();
  };
  const pathTo = ({ kind, id }: Pick<ThingView, 'kind' | 'id'>) =>
    `/${pathOf(kind)}/${encodeURIComponent(id)}`;
  const asking = (asked: Record<string, string>) => `?${new URLSearchParams(asked)}`;

  return {
    county: options.county,
    endpoint: options.endpoint,
    /** Whatever there is at a path of the county; `filesOf` knows the files, `mapOf` a flow’s map, `adminOf` what few do. */
    ask: (path: string, init: Asking = { method: 'GET' }) => send(path, init),
    /** Hears of each change that one may read until the signal ends it; null where some may have been missed. */
    async follow(heard: (changed: Changed | null) => void, signal: AbortSignal): Promise<void> {
      // Who only sends a report follows nothing.
      const { follow } = await import('./follow.ts');
      await follow(() => send('/changes', { method: 'GET', signal }), heard, signal);
    },
    info: () => get<CountyInfo>(''),
    /** What a form's field can name, found by words of the title. */
    choices: (kind: ThingKind, field: string, search: string) =>
      get<Option[]>(
        `/${pathOf(kind)}/choices/${encodeURIComponent(field)}?${new URLSearchParams({ search })}`,
      ),
    blank: (kind: ThingKind) => get<{ actions: ActionView[] }>(`/${pathOf(kind)}/new`),
    /** With `at`, a day or an instant, as it stood then. */
    view: (kind: ThingKind, id: string, at?: string) =>
      get<ThingView>(pathTo({ kind, id }) + (at === undefined ? '' : asking({ at }))),
    similarText: (kind: 'report' | 'lead', input: Fields) =>
      post<SimilarReports>('/similar', { kind, input }),
    queue: (
      kind: ThingKind,
      query: { view: QueueView; stage?: string; search?: string; after?: string | null; limit?: number },
    ) => {
      const asked = new URLSearchParams({ view: query.view, limit: String(query.limit ?? 50) });
      if (query.stage) asked.set('stage', query.stage);
      if (query.search) asked.set('search', query.search);
      if (query.after) asked.set('after', query.after);
      return get<QueuePage>(`/${pathOf(kind)}?${asked}`);
    },
    /** `key` stays the same while the same act is tried again, so that it is done once. */
    open: (kind: ThingKind, act: ActInput, key: string) =>
      post<ThingView>(`/${pathOf(kind)}`, act, { 'Idempotency-Key': key }),
    act: (thing: Pick<ThingView, 'kind' | 'id' | 'version'>, act: ActInput, key: string) =>
      post<ThingView>(`${pathTo(thing)}/actions/${encodeURIComponent(act.action)}`, act, {
        'Idempotency-Key': key,
        'If-Match': `"${thing.version}"`,
      }),
    upload: (file: File) => give<{ id: string; name: string; type: string }>('/files', file, file.name),
    /** A file's bytes, for a picture or a download. */
    file: (thing: Pick<ThingView, 'kind' | 'id'>, id: string) =>
      blob(`${pathTo(thing)}/files/${encodeURIComponent(id)}`),
    /** One's own; everybody's for the office. */
    quotas: (of?: 'all') => get<QuotaProgress[]>(of ? '/quotas?of=all' : '/quotas'),
    /** What I and my units owe after something; what everybody owes for the office. */
    obligations: (of?: 'all') => get<Owed[]>(of ? '/obligations?of=all' : '/obligations'),
    /** What one was told, newest first; `before` the `next` of the page before. */
    notices: (before?: number) => get<Notices>(`/notices${before === undefined ? '' : `?before=${before}`}`),
    /** What I have written of a form and not sent; kept as I write, and gone once it is sent. */
    draft: (kind: DraftKind) => get<{ draft: Draft | null }>(`/drafts/${kind}`),
    saveDraft: (kind: DraftKind, draft: Draft | null) => put(`/drafts/${kind}`, { draft }),
    readNotices: (upTo: number) => post<{ unread: number }>('/notices/actions/read', { upTo }),
  };
}

interface Refusal {
  code?: string;
  detail?: string;
  fields?: { field: string; message: string }[];
  current?: ThingView;
}
function refusal(status: number, body: Refusal | null): ClientError {
  return new ClientError(
    body?.code ?? 'failed',
    status,
    body?.detail ?? '',
    body?.fields ?? [],
    body?.current ?? null,
  );
}
