import type { AccessRow } from '../county/county.ts';
import { paperIds } from '../model/paper.ts';

/**
 * Every route with who may use it: `public`, an `access` row of the county's config, `desk` where the desk judges each
 * thing and act, `member` for anyone in the county's directory, or `committee` for another one that signs what it sends.
 * A route without one fails a test.
 */
export interface Route {
  method: 'get' | 'post' | 'put';
  path: string;
  permission: 'public' | 'member' | 'desk' | 'committee' | AccessRow['may'];
  /** Where a deployment lets the committee above agree, its people come here too. */
  above?: true;
  summary: string;
}

const things = '/counties/:county/:things{(?:reports|leads|pieces|handling|periods|matter-[a-z0-9-]+)}';

export const routes = {
  health: { method: 'get', path: '/healthz', permission: 'public', summary: 'Whether the service is up' },
  ready: {
    method: 'get',
    path: '/readyz',
    permission: 'public',
    summary: 'Whether requests may be sent here: the store answers, configs are in force, it is not stopping',
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    permission: 'public',
    summary: 'Figures for Prometheus, of no county and nobody; not through a proxy',
  },
  openapi: { method: 'get', path: '/openapi.json', permission: 'public', summary: 'This document' },
  counties: { method: 'get', path: '/counties', permission: 'member', summary: 'The counties I belong to' },
  config: {
    method: 'get',
    path: '/counties/:county/config',
    permission: 'see-config',
    above: true,
    summary: 'The config in force, what it says over its base, and all its versions',
  },
  configVersion: {
    method: 'get',
    path: '/counties/:county/config/versions/:number{[0-9]+}',
    permission: 'see-config',
    above: true,
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
    above: true,
    summary: 'Approve a draft, publish it from a day on, or go back to an old version',
  },
  template: {
    method: 'get',
    path: `/counties/:county/config/templates/:paper{(?:${paperIds.join('|')})}`,
    permission: 'see-config',
    summary: 'The Word template that a paper is printed from, or the paper as an example',
  },
  templateDraft: {
    method: 'post',
    path: `/counties/:county/config/templates/:paper{(?:${paperIds.join('|')})}`,
    permission: 'draft-config',
    summary: 'A draft of the config with this template, or with none of its own where nothing is sent',
  },
  configMigration: {
    method: 'post',
    path: '/counties/:county/config/versions/:number{[0-9]+}/migration',
    permission: 'approve-config',
    summary: 'What becomes of the things under way by that version; unless it is a dry run, move them',
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
  thingPaper: {
    method: 'get',
    path: `${things}/:id/papers/:paper`,
    permission: 'desk',
    summary: 'A paper of a thing from its Word template: an issue, a sheet, a letter, a notice',
  },
  personPaper: {
    method: 'get',
    path: '/counties/:county/people/:id/papers/:paper',
    permission: 'member',
    summary: 'A person’s period from its Word template: the yearly sheet, the letter to the employer',
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
  published: {
    method: 'get',
    path: '/counties/:county/public/:things/:id',
    permission: 'public',
    summary: 'Where a report stands that the county publishes, and what is done about it, as a plain page',
  },
  invitation: {
    method: 'get',
    path: '/counties/:county/rate/:id/:token',
    permission: 'public',
    summary: 'By a link that works once: how satisfied one is with an answer, as a plain page',
  },
  answerInvitation: {
    method: 'post',
    path: '/counties/:county/rate/:id/:token',
    permission: 'public',
    summary: 'The answer to it',
  },
  notices: {
    method: 'get',
    path: '/counties/:county/notices',
    permission: 'member',
    summary: 'What I was told, newest first',
  },
  readNotices: {
    method: 'post',
    path: '/counties/:county/notices/actions/read',
    permission: 'member',
    summary: 'I have read everything up to one of them',
  },
  draft: {
    method: 'get',
    path: '/counties/:county/drafts/:kind{(?:report|lead)}',
    permission: 'member',
    summary: 'What I have written of a form and not sent',
  },
  saveDraft: {
    method: 'put',
    path: '/counties/:county/drafts/:kind{(?:report|lead)}',
    permission: 'member',
    summary: 'Keep what I have written so far, in the place of what was kept before; null lets it go',
  },
  undelivered: {
    method: 'get',
    path: '/counties/:county/messages/undelivered',
    permission: 'draft-config',
    summary: 'What systems outside were told in vain: given up after many attempts',
  },
  replay: {
    method: 'post',
    path: '/counties/:county/messages/undelivered/actions/replay',
    permission: 'draft-config',
    summary: 'Send again what was given up: all, or some of it',
  },
  letters: {
    method: 'post',
    path: '/counties/:county/letters',
    permission: 'committee',
    summary: 'A committee above or below, on another service, tells what it sent or what became of it',
  },
  letterFiles: {
    method: 'post',
    path: '/counties/:county/letters/files',
    permission: 'committee',
    summary: 'A file of what a committee below sent; the letter that it belongs to is a header',
  },
  export: {
    method: 'get',
    path: '/counties/:county/export/:file{(?:reports.csv|reports.ndjson|reports.xlsx|pieces.csv|pieces.ndjson|pieces.xlsx|records.csv|records.ndjson|records.xlsx|scores.csv|scores.ndjson|scores.xlsx)}',
    permission: 'export',
    summary: 'A whole list for data work, streamed; without texts and instructions',
  },
  directory: {
    method: 'get',
    path: '/counties/:county/directory',
    permission: 'manage-directory',
    summary: 'The directory, or with `on` who was there on a day with the posts held that day',
  },
  directoryTrial: {
    method: 'post',
    path: '/counties/:county/directory/trial',
    permission: 'manage-directory',
    summary: 'People or organisations (CSV, .xlsx or JSON): what each row would become; nothing is kept',
  },
  directoryEnter: {
    method: 'post',
    path: '/counties/:county/directory',
    permission: 'manage-directory',
    summary: 'Enter people or organisations, all or none',
  },
  directoryRow: {
    method: 'get',
    path: '/counties/:county/directory/:list{(?:people|organisations)}/:id',
    permission: 'manage-directory',
    summary: 'Every entry of one person or organisation, with who made it and when',
  },
  directoryPut: {
    method: 'put',
    path: '/counties/:county/directory/:list{(?:people|organisations)}/:id',
    permission: 'manage-directory',
    summary: 'Enter one person or organisation; with `to`, it ends and its name stays in history',
  },
  audit: {
    method: 'get',
    path: '/counties/:county/audit',
    permission: 'member',
    above: true,
    summary: 'What was done alone, what two answered for, and what waits for the second',
  },
  auditStep: {
    method: 'post',
    path: '/counties/:county/audit/:number{[0-9]+}/actions/:step{(?:agree|refuse)}',
    permission: 'agree',
    above: true,
    summary: 'Agree to what another person asked for, which is then done, or refuse it',
  },
  personData: {
    method: 'get',
    path: '/counties/:county/people/:id/data',
    permission: 'member',
    summary:
      'All that is kept of one person, with their files, as a .zip: for themselves or who answers for it',
  },
  personErase: {
    method: 'post',
    path: '/counties/:county/people/:id/erase',
    permission: 'personal-data',
    summary: 'Erase what one person gave; the log keeps that it happened',
  },
  upload: { method: 'post', path: '/counties/:county/files', permission: 'attach', summary: 'Keep a file' },
  file: {
    method: 'get',
    path: `${things}/:id/files/:file`,
    permission: 'desk',
    summary: 'A file that a thing holds, as a download',
  },
  changes: {
    method: 'get',
    path: '/counties/:county/changes',
    permission: 'desk',
    summary: 'What changes from now on, of what I may read, as server-sent events',
  },
  register: {
    method: 'get',
    path: `${things}/register`,
    permission: 'desk',
    summary: 'The columns that a register can have for me, and those it has by default',
  },
  registerFile: {
    method: 'get',
    path: `${things}/register.xlsx`,
    permission: 'desk',
    summary: 'A list as I have it, whole, as a workbook with the columns I chose; streamed',
  },
  blank: { method: 'get', path: `${things}/new`, permission: 'desk', summary: 'The form for a new one' },
  choices: {
    method: 'get',
    path: `${things}/choices/:field`,
    permission: 'desk',
    summary: 'What a field of its forms can name, found by words of the title',
  },
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
