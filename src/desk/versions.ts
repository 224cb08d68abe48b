import { checkConfig, type Checked } from '../check/check.ts';
import { mistakeLine, type Mistake } from '../check/mistake.ts';
import type { County } from '../county/county.ts';
import { differences, type Difference } from '../county/diff.ts';
import { readSource } from '../check/source.ts';
import { isCivilDate, type CivilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import { inForceOn, publishedIn, type ConfigVersion, type UnderWay } from '../model/version.ts';
import type { Store } from '../store/port.ts';
import { checkStageMap } from './migrate.ts';

/** A refusal in the life of a config's versions; nothing was kept. `mistakes` where the text itself is wrong. */
export class VersionError extends MinqingError {
  constructor(
    code: 'no-version' | 'config-refused' | 'not-approved' | 'bad-date' | 'nothing-new' | 'other-county',
    saying: { zh: string; en: string },
    readonly mistakes: Mistake[] = [],
  ) {
    super(code, saying);
  }
}

/** Before everything: the day from which a county's first version is in force. */
export const ALWAYS: CivilDate = '0001-01-01';

/** Who signs a county's first version: the file it was started with. */
export const FILE = 'file';

/** A version's text with the bases it was written over, checked by today's program. */
export function checkVersion(version: Pick<ConfigVersion, 'county' | 'text' | 'bases'>): Checked {
  return checkConfig(`${version.county}.json`, version.text, (name) => version.bases[name] ?? null);
}

/** The Word template that a version brings along under this name; null where it does not. */
export function templateIn({ bases }: Pick<ConfigVersion, 'bases'>, file: string): Uint8Array | null {
  const kept = bases[file];
  return kept === undefined ? null : new Uint8Array(Buffer.from(kept, 'base64'));
}

/** The bases, and of the templates those that it names: what it brings itself, or an earlier version did. */
function withTemplates(
  bases: ConfigVersion['bases'],
  named: readonly string[],
  versions: readonly ConfigVersion[],
): ConfigVersion['bases'] {
  const texts = Object.entries(bases).filter(([name]) => !name.endsWith('.docx'));
  const templates = named.flatMap((name) => {
    const kept = bases[name] ?? versions.findLast((one) => one.bases[name] !== undefined)?.bases[name];
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries([...texts, ...templates]);
}

/** Who does it, and when. */
export interface By {
  by: string;
  at: Instant;
}

/**
 * The life of one county's config: drafted, approved, published from a day on, superseded by the next. A version is a
 * row; nothing is overwritten, and going back is a new version with an old text.
 */
export function versionsOf(county: string, store: Store) {
  async function one(number: number): Promise<ConfigVersion> {
    const found = (await store.configs(county)).find((version) => version.number === number);
    if (found) return found;
    throw new VersionError('no-version', {
      zh: `${county} 没有第 ${number} 版配置。请先列出各版。`,
      en: `${county} has no version ${number}. List the versions first.`,
    });
  }

  async function draft(
    written: Pick<ConfigVersion, 'text' | 'bases'> & { note?: string; backTo?: number },
    by: By,
  ): Promise<ConfigVersion> {
    const { text, note = '', backTo = null } = written;
    const { mistakes, config } = checkVersion({ county, ...written });
    if (mistakes.length > 0 || !config) throw refused(mistakes);
    if (config.id !== county)
      throw new VersionError('other-county', {
        zh: `这份配置是 ${config.id} 的,不是 ${county} 的。请核对 id。`,
        en: `This config is ${config.id}'s, not ${county}'s. Look at its id.`,
      });
    const versions = await store.configs(county);
    const bases = withTemplates(written.bases, Object.values(config.papers ?? {}), versions);
    const last = versions.at(-1);
    if (last && sameTexts(last, { text, bases }) && backTo === null)
      throw new VersionError('nothing-new', {
        zh: `与第 ${last.number} 版完全相同,没有新建草案。`,
        en: `It is the same as version ${last.number}; no draft was made.`,
      });
    const version: ConfigVersion = {
      county,
      number: (last?.number ?? 0) + 1,
      text,
      bases,
      note,
      backTo,
      drafted: by,
      approved: null,
      published: null,
    };
    await store.saveConfig(version);
    return version;
  }

  async function approve(number: number, by: By): Promise<ConfigVersion> {
    const version = await one(number);
    if (version.approved) return version;
    const { mistakes } = checkVersion(version);
    if (mistakes.length > 0) throw refused(mistakes);
    const approved = { ...version, approved: by };
    await store.saveConfig(approved);
    return approved;
  }

  async function publish(
    number: number,
    from: CivilDate,
    by: By,
    underWay: UnderWay | null = null,
  ): Promise<ConfigVersion> {
    const version = await one(number);
    if (version.published) return version;
    mustBeDate(from);
    if (!version.approved)
      throw new VersionError('not-approved', {
        zh: `第 ${number} 版还没有批准,不能发布。请先批准。`,
        en: `Version ${number} is not approved and cannot be published. Approve it first.`,
      });
    const { mistakes, county: next } = checkVersion(version);
    if (!next) throw refused(mistakes);
    if (underWay) {
      const earlier = publishedIn(await store.configs(county)).map((one) => checkVersion(one).county);
      checkStageMap(
        underWay.stages,
        next,
        earlier.filter((one) => one !== null),
      );
    }
    const published = { ...version, published: { ...by, from, ...(underWay ? { underWay } : {}) } };
    await store.saveConfig(published);
    return published;
  }

  /** An old text as a draft, which another person approves. */
  async function draftBack(number: number, by: By): Promise<ConfigVersion> {
    const { text, bases } = await one(number);
    return draft({ text, bases, backTo: number }, by);
  }

  return {
    list: () => store.configs(county),
    one,
    draft,
    approve,
    publish,
    draftBack,
    /** A new version with an old text, approved and published at once: the old one was both. */
    async rollBack(number: number, from: CivilDate, by: By): Promise<ConfigVersion> {
      mustBeDate(from);
      const again = await draftBack(number, by);
      await approve(again.number, by);
      return publish(again.number, from, by);
    },
    /** What `number` says otherwise than `against`; than the one in force on a day where none is named. */
    async diff(number: number, against: number | null, on: CivilDate): Promise<Difference[]> {
      const later = await one(number);
      const earlier =
        against === null
          ? inForceOn(
              (await store.configs(county)).filter((version) => version.number !== number),
              on,
            )
          : await one(against);
      const value = (version: ConfigVersion | null) => (version ? readSource('', version.text).value : {});
      return differences(value(earlier), value(later));
    },
  };
}

/** A version as the things under way could follow it. */
export function versionToMoveTo(version: ConfigVersion): County {
  const { mistakes, county } = checkVersion(version);
  if (!county) throw refused(mistakes);
  return { ...county, version: String(version.number) };
}

export function sameTexts(
  a: Pick<ConfigVersion, 'text' | 'bases'>,
  b: Pick<ConfigVersion, 'text' | 'bases'>,
): boolean {
  const words = ({ text, bases }: typeof a) => JSON.stringify([text, Object.entries(bases).sort()]);
  return words(a) === words(b);
}

function mustBeDate(from: string): void {
  if (isCivilDate(from)) return;
  throw new VersionError('bad-date', {
    zh: `“${from}”不是日期。请写明从哪天起施行,如 2026-07-01。`,
    en: `"${from}" is no date. Say from which day it is in force, e.g. 2026-07-01.`,
  });
}

function refused(mistakes: Mistake[]): VersionError {
  const all = (language: 'zh' | 'en') => mistakes.map((mistake) => mistakeLine(mistake, language)).join('\n');
  return new VersionError(
    'config-refused',
    {
      zh: `配置有 ${mistakes.length} 处错误,未保存:\n${all('zh')}`,
      en: `The config has ${mistakes.length} mistake(s); nothing was kept:\n${all('en')}`,
    },
    mistakes,
  );
}
