import type { CountyConfig } from '../../src/county/config.generated.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { ActRequest } from '../../src/desk/request.ts';
import type { Directory } from '../../src/model/record.ts';
import type { Actor, Fields, ThingKind } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { countyOf } from '../county.ts';

const posts: Record<string, string> = {
  checker: 'checker',
  compiler: 'compiler',
  director: 'office-director',
  secretary: 'secretary-general',
  chairman: 'chairman',
  supervisor: 'supervision-office',
};

/** A county's office with a moving clock: `as('checker', 'pass', view, {...})`. */
export function officeOf(
  name: string,
  store: Store = memoryStore(),
  from = '2026-03-02',
  /** What its config says otherwise of how points are counted and what is owed. */
  more: Pick<CountyConfig, 'method' | 'obligations'> = {},
) {
  const { county, config: written } = countyOf(name);
  const config = { ...written, ...more, method: { ...written.method, ...more.method } };
  const departments = [...county.organisations.values()].filter((item) => item.kind !== 'sector');
  const directory: Directory = {
    organisations: [...county.organisations.values()].map((item) => ({
      id: item.id,
      name: typeof item.name === 'string' ? item.name : item.name.zh,
      kind: item.kind,
    })),
    people: [
      ...['wang', 'li', 'zhao', 'sun'].map((id) => ({ id, name: id, kind: 'member' })),
      { id: 'standing', name: 'standing', kind: 'standing-member' },
      ...Object.keys(posts).map((id) => ({ id, name: id, kind: 'cadre' })),
      ...departments.map((item) => ({ id: `at-${item.id}`, name: item.id })),
    ],
    links: [
      { from: 'wang', to: 'li', kind: 'member' },
      { from: 'wang', to: 'old-zhou', kind: 'people', name: '周大爷' },
    ],
  };
  let salts = 0;
  let minutes = 0;
  const desk = createDesk({
    county,
    directory,
    store,
    scoring: methodScoring(config, directory),
    newSalt: () => `salt-${(salts += 1)}`,
  });
  const actor = (id: string): Actor => ({
    id,
    county: county.id,
    name: id,
    kind: directory.people.find((person) => person.id === id)?.kind ?? null,
    posts: posts[id]
      ? [{ post: posts[id], organisation: null }]
      : id.startsWith('at-')
        ? [{ post: 'department-contact', organisation: id.slice(3) }]
        : [],
  });
  let start = from;
  const now = () => new Date(Date.parse(`${start}T01:00:00Z`) + (minutes += 1) * 60_000).toISOString();
  const clock = (date: string) => void (start = date);
  const begin = (who: string, kind: ThingKind, action: Verb, input: Fields, more: Partial<ActRequest> = {}) =>
    desk.act({
      thing: { county: county.id, kind, id: null },
      action,
      input,
      expected: null,
      takes: [],
      onBehalf: null,
      actor: actor(who),
      now: now(),
      language: 'zh',
      key: null,
      ...more,
    });
  const as = (who: string, action: Verb, on: ThingView, input: Fields = {}, more: Partial<ActRequest> = {}) =>
    desk.act({
      thing: { county: on.county, kind: on.kind, id: on.id },
      action,
      input,
      expected: on.version,
      takes: [],
      onBehalf: null,
      actor: actor(who),
      now: now(),
      language: 'zh',
      key: null,
      ...more,
    });
  const look = (who: string, on: { county: string; kind: ThingKind; id: string }) =>
    desk.view({ county: on.county, kind: on.kind, id: on.id }, actor(who), now(), 'zh');
  return { county, desk, store, directory, actor, now, clock, begin, as, look };
}

export const text = {
  title: '关于校门口交通安全的建议',
  situation: '城区三所小学放学时段校门口拥堵,车辆与学生混行。',
  analysis: '停车位不足,无分流方案。',
  suggestion: '设置护学岗和错峰放学。',
};
export const checked = { 'content-sound': true, category: 'education-health', level: 'county' };
