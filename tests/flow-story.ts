import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { checkConfig } from '../src/check/check.ts';
import type { County } from '../src/county/county.ts';
import { createDesk } from '../src/desk/desk.ts';
import { methodScoring } from '../src/desk/method-scoring.ts';
import type { Directory } from '../src/model/record.ts';
import type { Fields, FieldValue, ThingKind } from '../src/model/thing.ts';
import { isVerb, type Verb } from '../src/model/verb.ts';
import { actorIn } from '../src/server/host.ts';
import { memoryStore } from '../src/store/memory.ts';

const base = (name: string) => readFileSync(new URL(`../configs/${name}.json`, import.meta.url), 'utf8');

const people: Directory['people'] = [
  { id: 'wang', name: '王建国', kind: 'member' },
  { id: 'li', name: '李明', kind: 'member' },
  { id: 'zhao', name: '赵一', kind: 'member' },
  { id: 'checker', name: '初核', posts: [{ post: 'checker' }] },
  { id: 'director', name: '主任', posts: [{ post: 'office-director' }] },
  { id: 'secretary', name: '秘书长', posts: [{ post: 'secretary-general' }] },
  { id: 'vice', name: '副主席', posts: [{ post: 'vice-chairman' }] },
  { id: 'chairman', name: '主席', posts: [{ post: 'chairman' }] },
  { id: 'compiler', name: '编报', posts: [{ post: 'compiler' }] },
  { id: 'helper', name: '干事' },
  { id: 'transport', name: '交通局', posts: [{ post: 'department-contact', organisation: 'transport' }] },
  { id: 'market', name: '市场局', posts: [{ post: 'department-contact', organisation: 'market' }] },
];
const county = {
  extends: 'base',
  id: 'x',
  name: '某县',
  posts: [{ id: 'vice-chairman', name: '副主席', scope: 'county' }],
  organisations: [
    { id: 'transport', name: '交通局', kind: 'department' },
    { id: 'market', name: '市场局', kind: 'department' },
  ],
};

type Own = { posts?: { id: string }[]; [key: string]: unknown };

/** The check of what a county says over the base, with a post and two departments that the manual's examples use. */
export function checkedFlow(own: Own) {
  const posts = own.posts?.some(({ id }) => id === 'vice-chairman')
    ? own.posts
    : [...county.posts, ...(own.posts ?? [])];
  return checkConfig('example.json', JSON.stringify({ ...county, ...own, posts }), base);
}

/** One line of a story in the manual: who does what on which day, and what comes of it. */
export interface StoryStep {
  day?: string;
  who?: string;
  does?: string;
  with?: Fields;
  /** Another thing than the one that the story is about, from here on. */
  thing?: string;
  stage?: string;
  due?: string | null;
  /** It is not offered, and refused. */
  refused?: true;
  /** What the clock does on this day. */
  clock?: string[];
  /** The stages that it left out, as the history has it. */
  skipped?: string[];
  /** What it then did by itself, as the history calls it. */
  automatic?: string[];
  /** In whose place it was done, as the history has it. */
  inPlace?: string;
}
export interface Story {
  directory?: Directory['people'];
  steps: StoryStep[];
}

/** Plays a story on a desk of its own. */
export async function play(own: Own, { directory = [], steps }: Story): Promise<void> {
  const read = checkedFlow(own);
  if (!read.county || !read.config) throw new Error(read.mistakes.map(({ saying }) => saying.en).join('\n'));
  const listed: Directory = {
    organisations: [],
    people: people.map((person) => {
      const said = [...(read.config?.directory?.people ?? []), ...directory].find(
        ({ id }) => id === person.id,
      );
      return { ...person, ...said };
    }),
  };
  const store = memoryStore();
  let salts = 0;
  const newSalt = () => `s-${(salts += 1)}`;
  const parts = { county: read.county, directory: listed, store };
  const desk = createDesk({ ...parts, scoring: methodScoring(read.config, listed), newSalt });
  let [day, minutes] = ['2026-03-02', 0];
  const now = () => new Date(Date.parse(`${day}T01:00:00Z`) + (minutes += 1) * 60_000).toISOString();
  const who = (id: string) => {
    const actor = actorIn({ ...parts, desk }, id, now());
    if (!actor) throw new Error(id);
    return actor;
  };
  let [kind, id]: [ThingKind, string | null] = ['report', null];
  const entries = async () => (id === null ? [] : store.log({ county: 'x', kind, id }));
  for (const step of steps) {
    const told = JSON.stringify(step);
    day = step.day ?? day;
    if (step.thing !== undefined) {
      kind = step.thing.startsWith('handling') ? 'handling' : 'report';
      id = step.thing;
    }
    if (step.clock) {
      const logged = (await entries()).length;
      await desk.tick('x', now());
      const did = (await entries()).slice(logged);
      expect(
        did.map(({ entry }) => escalationIn(entry.change) ?? entry.action),
        told,
      ).toEqual(step.clock);
    }
    if (step.who !== undefined && step.does !== undefined) {
      if (!isVerb(step.does)) throw new Error(`${told}: no such action`);
      const found = id === null ? null : await store.read({ county: 'x', kind, id });
      const acting = desk.act({
        thing: { county: 'x', kind, id },
        action: step.does,
        input: filled(read.county, kind, found?.thing.stage ?? 'draft', step.does, step.with ?? {}, day),
        expected: found?.thing.version ?? null,
        takes: [],
        onBehalf: null,
        actor: who(step.who),
        now: now(),
        language: 'zh',
        key: null,
      });
      if (step.refused) {
        await expect(acting, told).rejects.toThrow();
        continue;
      }
      const view = await acting.catch((error: unknown) => {
        throw new Error(`${told}: ${String(error)}`);
      });
      id = view.id;
      if (step.skipped !== undefined) expect(view.history.at(-1)?.skipped, told).toEqual(step.skipped);
      if (step.automatic !== undefined)
        expect(
          view.history
            .slice(found?.thing.version ?? 0)
            .flatMap((item) => (item.automatic ? [item.label] : [])),
          told,
        ).toEqual(step.automatic);
      if (step.inPlace !== undefined) expect(view.history.at(-1)?.standIn, told).toBe(step.inPlace);
    }
    const after = id === null ? null : (await store.read({ county: 'x', kind, id }))?.thing;
    if (step.stage !== undefined) expect(after?.stage, told).toBe(step.stage);
    if (step.due !== undefined) expect(after?.due?.on ?? null, told).toBe(step.due);
  }
}

function escalationIn(change: unknown): unknown {
  return typeof change === 'object' && change !== null && 'escalation' in change
    ? change.escalation
    : undefined;
}

/** What is given, and for every other field that must be filled in something that fits. */
function filled(
  county: County,
  kind: ThingKind,
  stage: string,
  verb: Verb,
  given: Fields,
  day: string,
): Fields {
  const form = county.flows.get(kind)?.stages.get(stage)?.actions.get(verb)?.form ?? '';
  const fits: Record<string, FieldValue> = { 'yes-no': true, date: day, number: 1 };
  const needed = (county.forms.get(form) ?? []).filter(({ required }) => required);
  const made = needed.map(({ id, type, options }): [string, FieldValue] => {
    const [first] = options;
    if (type === 'choices') return [id, first ? [first.id] : []];
    return [id, first ? first.id : (fits[type] ?? '某事')];
  });
  return { ...Object.fromEntries(made), ...given };
}
