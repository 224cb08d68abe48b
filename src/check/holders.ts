import type { CountyConfig } from '../county/config.generated.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { kindsOf } from '../county/read.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';
import { goalsOf, type RawStage } from './ways.ts';

type People = NonNullable<NonNullable<CountyConfig['directory']>['people']>;

/**
 * Stages where nobody of the config's own directory could ever act, or take what leads on: no holder of any of the
 * posts, no deputy, and no fallback that somebody holds; and where fewer hold the posts than have to agree. A directory
 * that names no post says nothing of who holds them.
 */
export function checkHolders(config: CountyConfig, report: Report): void {
  const posts = new Map((config.posts ?? []).map((post) => [post.id, post]));
  const people = config.directory?.people ?? [];
  const named = people.flatMap((person) => (person.posts ?? []).map(({ post }) => post));
  const held = new Set(named.filter((post) => posts.has(post)));
  if (held.size === 0) return;
  const acts = (id: string): boolean => {
    const post = posts.get(id);
    // What is not declared is a mistake of its own; a department without an account answers on paper.
    if (!post || post.everyone || post.scope === 'own') return true;
    const others = [
      ...(post.deputies ?? []),
      ...(post.scope === 'organisation' ? (post.enteredBy ?? []) : []),
    ];
    return [id, ...others].some((one) => held.has(one));
  };
  const labels: Text[] = [];
  for (const kind of kindsOf(config))
    (config.flows?.[kind]?.stages ?? []).forEach((stage, index) => {
      if (stage.kind === 'end') return;
      const { by = [], fallback, actions = {}, label } = stage;
      const also = [fallback, config.fallback].flatMap((post) => post ?? []);
      const able = (all: readonly string[]) => all.length === 0 || [...all, ...also].some(acts);
      const leadsOn = Object.values(actions).filter((action) => goalsOf(action).length > 0);
      if (!able(by) || (leadsOn.length > 0 && !leadsOn.some((action) => able(action.by ?? by))))
        labels.push(label);
      checkEnough(stage, people, held, ['flows', kind, 'stages', index, 'together', 'need'], report);
    });
  if (labels.length === 0) return;
  const list = (language: Language) =>
    labels
      .slice(0, 5)
      .map((label) => say(label, language))
      .join(language === 'en' ? ', ' : '、') + (labels.length > 5 ? ' …' : '');
  const resort =
    config.fallback === undefined
      ? { zh: '也没有写 fallback(兜底职务)', en: 'no "fallback" is named either' }
      : {
          zh: `兜底职务“${config.fallback}”也无人担任`,
          en: `nobody holds the fallback "${config.fallback}" either`,
        };
  report(['directory', 'people'], 'nobody-acts', {
    zh: `按名册,这些环节没有人能办理,或没有人能让它往下走:${list('zh')};${resort.zh}。请在名册中写明任职,改动作的 by,或换一个有人担任的兜底职务。`,
    en: `By the directory nobody can act at these stages, or take what leads on from them: ${list('en')}; ${resort.en}. Name a holder of their posts, change "by" of an action, or name a fallback that somebody holds.`,
  });
}

/** Where each person has a voice: a post that nobody holds has one for whoever stands in for it. */
function checkEnough(
  { together, by = [] }: RawStage,
  people: People,
  held: ReadonlySet<string>,
  path: Path,
  report: Report,
): void {
  const { need, each = 'post' } = together ?? {};
  if (typeof need !== 'number' || each === 'post' || each === 'handler') return;
  const of = together?.of ?? by;
  const holders = people.filter(({ posts = [] }) => posts.some(({ post }) => of.includes(post))).length;
  const voices = holders + of.filter((post) => !held.has(post)).length;
  if (voices >= need) return;
  report(path, 'never-together', {
    zh: `按名册,这里的职务只有 ${voices} 人,永远凑不够 ${need}。请改少,增加职务,或在名册中写明更多任职的人。`,
    en: `By the directory these posts have ${voices} people, which never come to ${need}. Ask for fewer, name more posts, or more holders of them.`,
  });
}
