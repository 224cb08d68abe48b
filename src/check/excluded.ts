import { kindsOf } from '../county/read.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { say, type Language } from '../model/text.ts';
import type { Report } from './known.ts';

/** Stages that exclude everybody they could turn to, and fallbacks that may not read what would fall to them. */
export function checkExcluded(config: CountyConfig, report: Report): void {
  const posts = new Map((config.posts ?? []).map((post) => [post.id, post]));
  const reads = (post: string, kind: string) =>
    (config.access ?? []).some(
      (row) => row.may === 'read' && (row.on === undefined || row.on === kind) && row.posts.includes(post),
    );
  const unread: string[] = [];
  for (const kind of kindsOf(config)) {
    const stages = config.flows?.[kind]?.stages ?? [];
    stages.forEach(({ id, by = [], kind: of, fallback, excludes = [] }, index) => {
      const at = ['flows', kind, 'stages', index];
      if (fallback !== undefined && posts.has(fallback) && !reads(fallback, kind))
        report([...at, 'fallback'], 'fallback-unread', {
          zh: `兜底职务“${fallback}”无权阅读 ${kind},轮到时打不开。请在 access 的 read 行中加上它,或换一个职务。`,
          en: `The fallback "${fallback}" may not read ${kind}, so what falls to it could not be opened. Add it to the "read" row of access, or name another post.`,
        });
      if (of !== 'end' && by.length > 0 && config.fallback !== undefined && posts.has(config.fallback))
        if (!reads(config.fallback, kind) && !unread.includes(kind)) unread.push(kind);
      if (excludes.length === 0 || by.length === 0) return;
      const everyDepartment =
        excludes.includes('department-concerned') &&
        by.every((post) => posts.get(post)?.scope === 'organisation');
      const others = [...by.flatMap((post) => posts.get(post)?.deputies ?? []), fallback, config.fallback];
      if (everyDepartment)
        report([...at, 'excludes'], 'excludes-everyone', {
          zh: `环节“${id}”由承办单位办理,又让涉及的部门回避,谁也办不了。请去掉 department-concerned。`,
          en: `At "${id}" the departments act that it concerns, and those it excludes: nobody could. Leave "department-concerned" out.`,
        });
      else if (!others.some((post) => post !== undefined && !by.includes(post)))
        report([...at, 'excludes'], 'excludes-everyone', {
          zh: `环节“${id}”的人须回避时没有别的职务接办。请给这里的职务写 deputies(代行职务),或写另一个 fallback(兜底职务)。`,
          en: `When those who act at "${id}" are excluded no other post takes over. Give its posts "deputies", or name another post as "fallback".`,
        });
    });
  }
  if (unread.length === 0) return;
  const list = (language: Language) => unread.join(language === 'en' ? ', ' : '、');
  const name = (language: Language) => say(posts.get(config.fallback ?? '')?.name ?? '', language);
  report(['fallback'], 'fallback-unread', {
    zh: `兜底职务“${name('zh')}”无权阅读 ${list('zh')},轮到时打不开。请在 access 的 read 行中加上它,或换一个职务。`,
    en: `The fallback "${name('en')}" may not read ${list('en')}, so what falls to it could not be opened. Add it to the "read" rows of access, or name another post.`,
  });
}
