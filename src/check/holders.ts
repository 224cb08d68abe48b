import type { CountyConfig } from '../county/config.generated.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { kindsOf } from '../county/read.ts';
import type { Report } from './known.ts';

/**
 * Stages where nobody of the config's own directory could ever act: no holder of any of their posts, no deputy, and no
 * fallback that somebody holds. A directory that names no post says nothing of who holds them.
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
    const others = post.scope === 'organisation' ? post.enteredBy : post.deputies;
    return [id, ...(others ?? [])].some((one) => held.has(one));
  };
  const labels: Text[] = [];
  for (const kind of kindsOf(config))
    for (const { kind: of, label, by = [], fallback } of config.flows?.[kind]?.stages ?? []) {
      const also = [fallback, config.fallback].flatMap((post) => post ?? []);
      if (of !== 'end' && by.length > 0 && ![...by, ...also].some(acts)) labels.push(label);
    }
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
    zh: `按名册,这些环节没有人能办理:${list('zh')};${resort.zh}。请在名册中写明任职,或换一个有人担任的兜底职务。`,
    en: `By the directory nobody can act at these stages: ${list('en')}; ${resort.en}. Name a holder of their posts, or a fallback that somebody holds.`,
  });
}
