import type { County } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import { say, type Text } from '../model/text.ts';
import type { Actor, Thing } from '../model/thing.ts';
import { awaitedNotice } from './from-below.ts';
import { conflictsOf, isBarred, isStaff } from './permission.ts';
import { vacancy } from './posts.ts';
import { relationWords } from './relations.ts';
import { skipText } from './history.ts';
import { stageOf, type Reader } from './view.ts';

/** What is out of the ordinary where a thing stands, for whoever reads it. */
export function noticesOf(reader: Reader, thing: Thing, today: CivilDate): string[] {
  return [
    ...awaitedNotice(reader, thing),
    ...vacant(reader, thing, today),
    ...excluded(reader, thing),
    ...delegated(reader, thing),
    ...skipped(reader, thing),
    ...resuming(reader, thing),
  ];
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

/** Who of those that act here must not: themselves are told, and the office. */
function excluded({ county, language, actor, nameOf, holdersOf }: Reader, thing: Thing): string[] {
  const en = language === 'en';
  const holders = new Set(stageOf(county, thing).by.flatMap(holdersOf));
  return [...holders].flatMap((person) => {
    if (person !== actor.id && !isStaff(county, actor)) return [];
    const why = whyBarred(county, person, thing).map((one) => say(one, language));
    if (why.length === 0) return [];
    const reasons = why.join(en ? ', ' : '、');
    if (person === actor.id)
      return [en ? `You do not act on this here: ${reasons}.` : `您在此环节应回避:${reasons}。`];
    return [
      en ? `${nameOf(person)} does not act here: ${reasons}.` : `${nameOf(person)}在此环节回避:${reasons}。`,
    ];
  });
}

function whyBarred(county: County, person: string, thing: Thing): Text[] {
  if (!isBarred(county, person, thing)) return [];
  return [
    ...(thing.authors.some((author) => author.person === person) ? [ownWord] : []),
    ...(thing.excluded.includes(person) ? [recusedWord] : []),
    ...conflictsOf(county, person, thing).map((relation) => relationWords[relation]),
  ];
}
const ownWord = { zh: '本人反映的信息', en: 'their own report' };
const recusedWord = { zh: '本人申请回避', en: 'asked not to judge it' };

function delegated({ language, nameOf, county, actor }: Reader, thing: Thing): string[] {
  if (!thing.delegated || !isStaffOrParty(county, actor, thing.delegated)) return [];
  const [by, to] = [nameOf(thing.delegated.by), nameOf(thing.delegated.to)];
  return [
    language === 'en'
      ? `${by} has ${to} do this; once it is handed back ${by} goes on.`
      : `${by}已委派${to}办理,交回后由${by}接着办。`,
  ];
}

/** Names are the office's, and of those who are meant. */
function isStaffOrParty(county: County, actor: Actor, { by, to }: { by: string; to: string }): boolean {
  return county.showsNames || isStaff(county, actor) || [by, to].includes(actor.id);
}

/** The stages that a thing went past and has not come to since. */
export function leftOut({ skipped, path, stage }: Thing): Thing['skipped'] {
  return skipped.filter((one) => one.stage !== stage && !path.includes(one.stage));
}

function skipped(reader: Reader, thing: Thing): string[] {
  const left = leftOut(thing).map((one) => skipText(reader, one));
  if (left.length === 0) return [];
  return [reader.language === 'en' ? `Left out: ${left.join(', ')}.` : `已跳过:${left.join('、')}。`];
}

function resuming({ county, language }: Reader, { kind, stage, resume }: Thing): string[] {
  if (resume?.at !== stage) return [];
  const to = say(stageOf(county, { kind, stage: resume.to }).label, language);
  return [
    language === 'en'
      ? `Sent back from "${to}"; from here it goes on there.`
      : `由“${to}”退回,办后直接送回“${to}”。`,
  ];
}
