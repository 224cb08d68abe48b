import type { CivilDate } from '../model/date.ts';
import { say } from '../model/text.ts';
import type { Thing } from '../model/thing.ts';
import { vacancy } from './posts.ts';
import { stageOf, type Reader } from './view.ts';

/** What is out of the ordinary where a thing stands, for whoever reads it. */
export function noticesOf(reader: Reader, thing: Thing, today: CivilDate): string[] {
  return [...vacant(reader, thing, today)];
}

/** Nobody can act by the stage's posts: who does instead, or that nobody can at all. */
function vacant({ county, language, postsOn }: Reader, thing: Thing, today: CivilDate): string[] {
  const found = vacancy(county, postsOn(today), stageOf(county, thing), thing);
  if (!found) return [];
  const named = (id: string) => say(county.posts.get(id)?.name ?? id, language);
  const en = language === 'en';
  const posts = found.of.map(named).join(en ? ', ' : '、');
  if (found.fallback !== null)
    return [
      en
        ? `Today nobody can act here as ${posts}; ${named(found.fallback)} acts instead.`
        : `今日${posts}无人可办,由${named(found.fallback)}代为办理。`,
    ];
  return [
    en
      ? `Today nobody can act here: not as ${posts}, and not by the fallback either. Have the administrator name somebody in the directory.`
      : `今日无人可办:${posts}无人,兜底职务也无人。请管理员在名册中指定办理人。`,
  ];
}
