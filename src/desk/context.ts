import type { Above, Below, County } from '../county/county.ts';
import { spans, type CivilDate } from '../model/date.ts';
import { contactLinks, type DirectoryPerson, type Directory } from '../model/record.ts';
import { say, type Language } from '../model/text.ts';
import { committeeActor } from '../model/letter.ts';
import { isConfidential, type Actor, type Thing, type ThingKind, type ThingRef } from '../model/thing.ts';
import type { UnderWay } from '../model/version.ts';
import type { Store } from '../store/port.ts';
import { AWAITED } from './from-below.ts';
import { FILE_HASH } from './attached.ts';
import { heardWords } from './change.ts';
import { DeskError, notFound } from './error.ts';
import { freeTextFields } from './input.ts';
import { holds, may } from './permission.ts';
import { postsOn, vacancy, type Posts } from './posts.ts';
import { withPeople } from './relations.ts';
import { recordOfMatter, type Scoring } from './scoring.ts';
import { stageOf, type Reader } from './view.ts';

export interface DeskParts {
  /** As it is in force. */
  county: County;
  /** As it was in earlier versions: what began under one finishes under it. */
  earlier?: readonly County[];
  /** What was said, when it was published, of the things under way, and by whom; without it each keeps its flow. */
  underWay?: UnderWay & { by: string };
  directory: Directory;
  store: Store;
  scoring: Scoring;
  /** Systems outside that are told of each step. */
  receivers?: readonly string[];
  /** A Word template of the county's own by its file's name; the default ones without it. */
  template?: (file: string) => Promise<Uint8Array>;
  /** Whoever is not there today is named where they acted and offered nowhere; everyone is, without it. */
  today?: () => CivilDate;
  /** Nobody is two of the three administrators. */
  separateDuties?: boolean;
  /** A fresh random word for each text's salt. */
  newSalt: () => string;
}

/** What every part of the desk looks things up in. */
export interface DeskContext extends DeskParts {
  counties: readonly County[];
  /** All that any version of the county's config had a flow for. */
  kinds: ReadonlySet<ThingKind>;
  /** The county as the version has it whose flow a thing follows. */
  countyOf: (thing: Pick<Thing, 'configVersion'>) => County;
  people: ReadonlyMap<string, DirectoryPerson>;
  /** Ids of fields that hold a person's own words, those of long ones, and those of files. */
  free: ReadonlySet<string>;
  longTexts: ReadonlySet<string>;
  fileFields: ReadonlySet<string>;
  reader: (actor: Actor, language: Language) => Reader;
  load: (ref: ThingRef) => Promise<Thing>;
  readable: (actor: Actor, thing: Thing) => void;
}

export function contextOf(parts: DeskParts): DeskContext {
  const { directory, store } = parts;
  const present = (span: { from?: CivilDate; to?: CivilDate }) => !parts.today || spans(span, parts.today());
  const county = withPeople(parts.county, directory, present);
  const counties = [county, ...(parts.earlier ?? []).map((one) => withPeople(one, directory, present))];
  const byVersion = new Map(counties.map((one) => [one.version, one]));
  const fields = counties.flatMap(({ forms }) => [...forms.values()].flat());
  const ofType = (...types: string[]) =>
    new Set(fields.flatMap(({ id, type }) => (types.includes(type) ? [id] : [])));
  const neighbours = new Map(
    [...county.above.values(), ...county.below.values()].map((one) => [committeeActor(one.id), one]),
  );
  const names = new Map(
    [
      ...contactLinks(directory).flatMap(({ to, name }) => (name ? [{ id: to, name }] : [])),
      ...directory.organisations,
      ...directory.people,
    ].map(({ id, name }) => [id, name] as const),
  );
  const here = () => directory.people.filter(present);
  // Reckoned once a day.
  let day: { on: CivilDate; posts: Posts } | null = null;
  const postsAt = (on: CivilDate): Posts => {
    if (day?.on !== on) day = { on, posts: postsOn(county, directory, on) };
    return day.posts;
  };
  const people = new Map(directory.people.map((person) => [person.id, person]));
  return {
    ...parts,
    county,
    counties,
    kinds: new Set(counties.flatMap(({ kinds }) => kinds)),
    countyOf: (thing) => byVersion.get(thing.configVersion) ?? county,
    people,
    free: new Set([
      FILE_HASH,
      AWAITED,
      ...heardWords,
      ...counties.flatMap((one) => [...freeTextFields(one)]),
    ]),
    longTexts: ofType('long-text'),
    fileFields: ofType('file', 'files'),
    reader: (actor, language) => ({
      county,
      counties,
      countyOf: (thing) => byVersion.get(thing.configVersion) ?? county,
      actor,
      language,
      nameOf(id) {
        const neighbour = neighbours.get(id);
        if (neighbour) return neighbourName(neighbour, names, language);
        const organisation = county.organisations.get(id);
        return names.get(id) ?? (organisation ? say(organisation.name, language) : id);
      },
      unitsOf(person) {
        const known = people.get(person);
        const units = [known?.organisation, ...(known?.posts ?? []).map(({ organisation }) => organisation)];
        return units.filter((unit) => unit !== undefined);
      },
      colleagues: () =>
        here()
          .filter(({ posts = [] }) => posts.some(present))
          .map(({ id, name }) => ({ value: id, label: name })),
      peopleOf: (kinds) =>
        here()
          .filter(({ kind }) => kind !== undefined && (kinds === null || kinds.includes(kind)))
          .map(({ id, name }) => ({ value: id, label: name })),
      linksOf: (person) =>
        contactLinks(directory).flatMap(({ from, to, name, since, until }) =>
          from === person && present({ from: since, to: until })
            ? [{ value: to, label: name ?? names.get(to) ?? to }]
            : [],
        ),
      holdersOf: (post) =>
        here().flatMap(({ id, posts }) =>
          posts?.some((held) => held.post === post && present(held)) ? [id] : [],
        ),
      postsOn: postsAt,
      choices: new Map(),
      creditOf(matter) {
        const record = recordOfMatter(county, matter);
        return record ? parts.scoring.credit(record, []) : [];
      },
      lineName: (line) => say(parts.scoring.lineName(line), language),
    }),
    async load(ref) {
      const found = ref.county === county.id ? await store.read(ref) : null;
      if (!found) throw notFound();
      return found.thing;
    },
    readable(actor, thing) {
      if (may(county, actor, 'read', thing.kind, thing)) return;
      // Where nobody can act by the posts of its stage, whoever does so instead must see it.
      const today = isConfidential(thing) ? parts.today?.() : undefined;
      const instead =
        today === undefined ? null : vacancy(county, postsAt(today), stageOf(county, thing), thing)?.fallback;
      if (!instead || !holds(county, actor, instead, thing)) throw forbidden();
    },
  };
}

/** The committee above as the destination is called; one below as its unit is in the directory. */
function neighbourName(one: Above | Below, names: ReadonlyMap<string, string>, language: Language): string {
  return ('unit' in one ? names.get(one.unit) : undefined) ?? say(one.name, language);
}

export function forbidden(): DeskError {
  return new DeskError('forbidden', {
    zh: '您的职务无权查看或办理此事项。如需办理,请联系县政协办公室。',
    en: 'Your post may not see or do this. If you should, ask the county’s office.',
  });
}
