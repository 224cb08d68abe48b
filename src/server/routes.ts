import type { AccessRow } from '../county/county.ts';

/**
 * Every route with who may use it: `public`, an `access` row of the county's config, `desk` where the desk judges each
 * thing and act, or `member` for anyone in the county's directory. A route without one fails a test.
 */
export interface Route {
  method: 'get' | 'post';
  path: string;
  permission: 'public' | 'member' | 'desk' | AccessRow['may'];
  summary: string;
}

const things = '/counties/:county/:things{(?:reports|leads|pieces|handling|periods|matter-[a-z0-9-]+)}';

export const routes = {
  health: { method: 'get', path: '/healthz', permission: 'public', summary: 'Whether the service is up' },
  openapi: { method: 'get', path: '/openapi.json', permission: 'public', summary: 'This document' },
  counties: { method: 'get', path: '/counties', permission: 'member', summary: 'The counties I belong to' },
  config: {
    method: 'get',
    path: '/counties/:county/config',
    permission: 'see-config',
    summary: 'The config in force, what it says over its base, and all its versions',
  },
  configVersion: {
    method: 'get',
    path: '/counties/:county/config/versions/:number{[0-9]+}',
    permission: 'see-config',
    summary: 'One version: its text, its values, and what it says otherwise than the one in force',
  },
  configTrial: {
    method: 'post',
    path: '/counties/:county/config/trial',
    permission: 'draft-config',
    summary: 'What a changed config would do to a table; nothing is kept',
  },
  configDraft: {
    method: 'post',
    path: '/counties/:county/config/versions',
    permission: 'draft-config',
    summary: 'Keep a changed config as a draft',
  },
  configStep: {
    method: 'post',
    path: '/counties/:county/config/versions/:number{[0-9]+}/actions/:step{(?:approve|publish|roll-back)}',
    permission: 'approve-config',
    summary: 'Approve a draft, publish it from a day on, or go back to an old version',
  },
  county: {
    method: 'get',
    path: '/counties/:county',
    permission: 'member',
    summary: 'The county and what I may do',
  },
  map: {
    method: 'get',
    path: '/counties/:county/flows/:kind/map',
    permission: 'see-config',
    summary: 'A flow as a laid-out map',
  },
  scores: {
    method: 'get',
    path: '/counties/:county/scores',
    permission: 'see-scores',
    summary: 'A period’s table',
  },
  anthology: {
    method: 'get',
    path: '/counties/:county/anthology',
    permission: 'desk',
    summary: 'The excellent reports of a period as one Word file',
  },
  quotas: { method: 'get', path: '/counties/:county/quotas', permission: 'member', summary: 'My quotas' },
  obligations: {
    method: 'get',
    path: '/counties/:county/obligations',
    permission: 'member',
    summary: 'What I and my units owe after something',
  },
  month: {
    method: 'get',
    path: '/counties/:county/months/:month',
    permission: 'desk',
    summary: 'What an office had to do in a month, as JSON or as a file',
  },
  resultsTrial: {
    method: 'post',
    path: '/counties/:county/results/trial',
    permission: 'import',
    summary: 'A list of results (CSV or .xlsx) against the pieces; nothing is kept',
  },
  results: {
    method: 'post',
    path: '/counties/:county/results',
    permission: 'import',
    summary: 'Enter results of several pieces, all or none',
  },
  recordsTrial: {
    method: 'post',
    path: '/counties/:county/records/trial',
    permission: 'import',
    summary: 'Records of other kinds, one JSON a line: what each would become; nothing is kept',
  },
  records: {
    method: 'post',
    path: '/counties/:county/records',
    permission: 'import',
    summary: 'Enter records of other kinds, one JSON a line, all or none',
  },
  upload: { method: 'post', path: '/counties/:county/files', permission: 'attach', summary: 'Keep a file' },
  file: {
    method: 'get',
    path: `${things}/:id/files/:file`,
    permission: 'desk',
    summary: 'A file that a thing holds, as a download',
  },
  blank: { method: 'get', path: `${things}/new`, permission: 'desk', summary: 'The form for a new one' },
  queue: { method: 'get', path: things, permission: 'desk', summary: 'A page of what I may see' },
  open: { method: 'post', path: things, permission: 'desk', summary: 'Open a new one by its first action' },
  similarTo: {
    method: 'get',
    path: '/counties/:county/:things{(?:reports|leads)}/:id/similar',
    permission: 'desk',
    summary: 'Reports that say much the same as this one, of those that I may read; nothing is merged by it',
  },
  similarText: {
    method: 'post',
    path: '/counties/:county/similar',
    permission: 'desk',
    summary: 'The same of a text that is not sent yet; nothing is kept',
  },
  view: {
    method: 'get',
    path: `${things}/:id`,
    permission: 'desk',
    summary: 'One thing, its history and my actions',
  },
  act: {
    method: 'post',
    path: `${things}/:id/actions/:action`,
    permission: 'desk',
    summary: 'Take an action',
  },
} as const satisfies Record<string, Route>;

/** Only where the server runs with --demo. */
export const demoRoutes = {
  identities: {
    method: 'get',
    path: '/demo/identities',
    permission: 'public',
    summary: 'The people to try it as',
  },
  token: { method: 'post', path: '/demo/token', permission: 'public', summary: 'A token for one of them' },
} as const satisfies Record<string, Route>;

/** The same path as OpenAPI writes it. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}');
}
