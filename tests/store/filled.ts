import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActRequest } from '../../src/desk/request.ts';
import type { Fields, ThingKind } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { openCounties } from '../../src/server/counties.ts';
import { actorIn } from '../../src/server/host.ts';
import { openStore } from '../../src/server/open-store.ts';
import { packageRoot } from '../../src/server/main.ts';
import { checked, text } from '../desk/office.ts';

export const folder = mkdtempSync(join(tmpdir(), 'minqing-filled-'));
/** One county alone, so that each command opens in no time. */
export const configs = mkdtempSync(join(tmpdir(), 'minqing-configs-'));
for (const name of ['base', 'huantai'])
  copyFileSync(`${packageRoot}configs/${name}.json`, `${configs}/${name}.json`);

/** A county at work in a database: `act` as somebody of its demo directory. */
export async function countyIn(db: string) {
  const store = await openStore(db);
  let minutes = 0;
  let salts = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 1) * 60_000).toISOString();
  const { hosts } = await openCounties({
    folder: configs,
    store,
    demo: true,
    now,
    newSalt: () => `salt-${db.length}-${(salts += 1)}`,
    receiversOf: () => ['portal'],
    heard: () => undefined,
  });
  const host = hosts.get('huantai');
  if (!host) throw new Error('no such county');
  const act = async (who: string, action: Verb, on: ThingView | ThingKind, input: Fields = {}) => {
    const at = now();
    const actor = actorIn(host, `huantai-${who}`, at);
    if (!actor) throw new Error(`${who} is nobody`);
    const view = typeof on === 'string' ? null : on;
    const request: ActRequest = {
      thing: { county: 'huantai', kind: view?.kind ?? String(on), id: view?.id ?? null },
      action,
      input,
      expected: view?.version ?? null,
      takes: [],
      onBehalf: null,
      actor,
      now: at,
      language: 'zh',
      key: view ? null : { value: `key-${minutes}`, request: 'hash' },
    };
    return host.desk.act(request);
  };
  const submit = (title: string, more: Fields = {}) =>
    act('author-1', 'submit', 'report', { ...text, title, ...more });
  return { store, host, act, submit, now };
}

/** Something in every table: reports on their way, one adopted, a task with a department, a file, records, a register. */
export async function fill(db: string): Promise<void> {
  const { store, host, act, submit, now } = await countyIn(db);
  const county = 'huantai';
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255]);
  await store.saveFile({
    county,
    id: 'photo',
    name: '井盖.png',
    type: 'image/png',
    uploader: 'huantai-author-1',
    bytes,
  });
  let report = await submit('校门口的护学岗', { photos: ['photo'] });
  report = await act('checker', 'pass', report, checked);
  report = await act('office-director', 'pass', report);
  report = await act('secretary-general', 'pass', report, { comment: '同意' });
  await act('compiler', 'compile', report, { title: '护学', text: '正文' });
  const handed = await submit('幸福路的井盖');
  await act('checker', 'pass-on', handed, { lead: 'education-bureau', task: '请更换井盖。' });
  for (let number = 1; number <= 6; number += 1) await submit(`第 ${number} 条 " \\ ' 🙂`);
  await host.desk.tick(county, '2026-03-20T01:00:00.000Z');
  await submit('催办之后的一条');
  await act('author-1', 'save', 'report', { title: '没写完的草稿' });
  await act('checker', 'pass', await submit('复审中的一条'), checked);
  const proposal = { id: 'proposal-1', kind: 'proposal', authors: [{ id: 'huantai-author-1' }], moments: [] };
  for (const sequence of [1, 2])
    await store.saveRecords(county, [{ record: proposal, sequence, by: 'huantai-checker', at: now() }]);
  const number = await store.next(county, 'sensitive-acts');
  const register = {
    county,
    number,
    is: 'purge',
    about: 'report-9',
    by: 'li',
    at: now(),
    request: {},
  } as const;
  const field = { name: 'title', label: '标题', type: 'text', value: '没写完的', files: '' } as const;
  await store.saveDraft(county, 'huantai-author-1', 'report', { fields: [field], at: now() });
  await store.saveSensitiveAct({ ...register, second: { by: 'wang', at: now(), is: 'agreed' } });
  await store.close();
}
