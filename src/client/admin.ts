import type { AuditRow } from '../model/audit.ts';
import type { DirectoryRow, RecordRow, ResultRow } from '../model/import.ts';
import type { PaperId } from '../model/paper.ts';
import type { Directory, DirectoryOrganisation, DirectoryPerson } from '../model/record.ts';
import type { Fields } from '../model/thing.ts';
import type {
  ConfigPage,
  ConfigTrial,
  Migration,
  StageMap,
  UnderWay,
  VersionPage,
  VersionRow,
} from '../model/version.ts';
import type { Undelivered } from '../model/view.ts';
import type { Asking } from './index.ts';

/** A changed config: a text of its own, or another version's with other values. */
export interface ConfigChange {
  text?: string;
  over?: number;
  changes?: { path: string; value: string | number | boolean | null }[];
}

export type Admin = ReturnType<typeof adminOf>;

/** What few do and no report needs: the config, what is imported, the directory, who agrees, what did not get out. */
export function adminOf({ ask }: { ask: (path: string, init?: Asking) => Promise<Response> }) {
  const get = async <Answer>(path: string): Promise<Answer> => (await ask(path)).json();
  const send = (method: 'POST' | 'PUT', path: string, body: unknown, more: Record<string, string> = {}) => {
    const headers = { 'Content-Type': 'application/json', ...more };
    return ask(path, { method, headers, body: JSON.stringify(body) });
  };
  const post = async <Answer>(path: string, body: unknown, more?: Record<string, string>): Promise<Answer> =>
    (await send('POST', path, body, more)).json();
  const put = async (path: string, body: unknown): Promise<void> => void (await send('PUT', path, body));
  /** A file as it is, and what the server says of it. */
  const give = async <Answer>(path: string, body: Blob, name?: string): Promise<Answer> => {
    const headers: Record<string, string> =
      name === undefined ? {} : { 'X-File-Name': encodeURIComponent(name) };
    return (await ask(path, { method: 'POST', headers, body })).json();
  };
  const rowsOf = async <Row>(path: string, list: Blob) => (await give<{ rows: Row[] }>(path, list)).rows;

  return {
    config: () => get<ConfigPage>('/config'),
    configVersion: (number: number) => get<VersionPage>(`/config/versions/${number}`),
    configTrial: (change: ConfigChange & { period?: string; of?: 'people' | 'units' }) =>
      post<ConfigTrial>('/config/trial', change),
    configDraft: (change: ConfigChange & { note: string }) => post<VersionRow>('/config/versions', change),
    /** `underWay` says what becomes of the things under way; without it each keeps its flow. */
    configStep: (
      number: number,
      step: 'approve' | 'publish' | 'roll-back',
      publishing: { from?: string; underWay?: UnderWay } = {},
    ) => post<VersionRow>(`/config/versions/${number}/actions/${step}`, publishing),
    /** The Word template of a paper as a version has it; `example` fills each field with its own name. */
    template: async (paper: PaperId, version: number, example: boolean) => {
      const asked = new URLSearchParams({ version: String(version), ...(example ? { as: 'example' } : {}) });
      return (await ask(`/config/templates/${paper}?${asked}`)).blob();
    },
    /** A draft with this template, or with the one that comes along where there is none. */
    templateDraft: (paper: PaperId, over: number, file: Blob) =>
      give<VersionRow>(`/config/templates/${paper}?over=${over}`, file),
    /** Moves the things under way to a version that is in force; in a dry run tells what would become of them, by any. */
    configMigration: (number: number, asked: { dryRun: boolean; stages?: StageMap }) =>
      post<Migration>(`/config/versions/${number}/migration`, asked),
    resultsTrial: (sheet: File) => rowsOf<ResultRow>('/results/trial', sheet),
    results: (rows: { piece: string; version: number; input: Fields }[], key: string) =>
      post<{ entered: number }>('/results', { rows }, { 'Idempotency-Key': key }),
    recordsTrial: (records: Blob) => rowsOf<RecordRow>('/records/trial', records),
    records: (records: Blob) => give<{ entered: number; changed: number }>('/records', records),
    /** What systems outside were told in vain, and all or some of it sent again. */
    undelivered: (after = 0) => get<Undelivered[]>(`/messages/undelivered?after=${after}`),
    replay: (keys?: readonly number[]) =>
      post<{ replayed: number }>('/messages/undelivered/actions/replay', keys ? { keys } : {}),
    /** Everyone ever; with `on`, who was there that day with the posts held that day. */
    directory: (on?: string) =>
      get<Directory>(on === undefined ? '/directory' : `/directory?${new URLSearchParams({ on })}`),
    directoryTrial: (list: Blob) => rowsOf<DirectoryRow>('/directory/trial', list),
    directoryEnter: (list: File) => give<{ entered: number; changed: number }>('/directory', list, list.name),
    putPerson: (person: DirectoryPerson) => put(`/directory/people/${encodeURIComponent(person.id)}`, person),
    putOrganisation: (organisation: DirectoryOrganisation) =>
      put(`/directory/organisations/${encodeURIComponent(organisation.id)}`, organisation),
    audit: () => get<AuditRow[]>('/audit'),
    /** `agree` does what another person asked for. */
    auditStep: (number: number, step: 'agree' | 'refuse') =>
      post<{ number: number; standing: 'agreed' | 'refused' }>(`/audit/${number}/actions/${step}`, {}),
  };
}
