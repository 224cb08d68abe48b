import { civilDate } from '../model/date.ts';
import type { SimilarReport, SimilarReports } from '../model/similar.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential, type Actor, type Fields, type Thing, type ThingKind } from '../model/thing.ts';
import { sharedPhrases } from '../similar/phrases.ts';
import { scoreOf } from '../similar/score.ts';
import type { DeskContext } from './context.ts';
import { isOwnDraft, may, namesShown } from './permission.ts';
import { wordsOf, type SimilarIndex } from './similar-index.ts';
import { stageOf, titleOf, type Reader } from './view.ts';

/** So many of the likeliest are read and compared, however many reports there are. */
const LOOKED_AT = 40;
const SHOWN = 5;

/** Reports that say much the same as a text; those that the reader may not read are counted and nothing more. */
export function similarOf(context: DeskContext, { read, index }: SimilarIndex) {
  const { county, countyOf, store, reader } = context;

  /** The reports that say much the same, whoever may read them. */
  async function alike(text: string, known: readonly string[]) {
    const own = read(text);
    const { nearest, weight } = await index();
    const ids = nearest(own.grams, LOOKED_AT + known.length).filter((id) => !known.includes(id));
    const found = await store.readMany(ids.map((id) => ({ county: county.id, kind: 'report', id })));
    const likes = found.flatMap(({ thing }) => {
      if (isOwnDraft(countyOf(thing), thing) || isConfidential(thing)) return [];
      // As it is now: another process may have changed or purged it.
      const words = wordsOf(countyOf(thing), thing.kind, thing.fields);
      const theirs = read(words);
      const score = scoreOf(own.grams, theirs.grams, weight);
      return score < county.similar.atLeast ? [] : [{ thing, words, theirs, score }];
    });
    return { own, likes };
  }

  async function similar(text: string, known: readonly string[], who: Reader): Promise<SimilarReports> {
    const { own, likes } = await alike(text, known);
    const rows: SimilarReport[] = [];
    let others = 0;
    for (const { thing, words, theirs, score } of likes)
      if (may(county, who.actor, 'read', 'report', thing))
        rows.push({ ...rowOf(who, thing), score, text: words, phrases: sharedPhrases(own, theirs) });
      else others += 1;
    rows.sort((a, b) => b.score - a.score || b.on.localeCompare(a.on) || a.id.localeCompare(b.id));
    return { text, rows: rows.slice(0, SHOWN), others };
  }

  /** What it is linked with already is known. */
  const knownTo = (thing: Thing) => [thing.id, ...thing.links.map(({ id }) => id)];
  const wordsIn = (thing: Thing) => wordsOf(countyOf(thing), thing.kind, thing.fields);

  return {
    /** To a thing that is there. */
    toThing: (thing: Thing, actor: Actor, language: Language) =>
      similar(wordsIn(thing), knownTo(thing), reader(actor, language)),
    /** How many there are. */
    count: async (thing: Thing) => (await alike(wordsIn(thing), knownTo(thing))).likes.length,
    /** To what is being written. */
    toInput(kind: ThingKind, input: Fields, actor: Actor, language: Language) {
      return similar(wordsOf(county, kind, input), [], reader(actor, language));
    },
  };
}

function rowOf(who: Reader, thing: Thing): Omit<SimilarReport, 'score' | 'text' | 'phrases'> {
  const its = who.countyOf(thing);
  const stage = stageOf(its, thing);
  const shows = namesShown(who.county, who.actor, thing);
  return {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    version: thing.version,
    title: titleOf(thing),
    stage: { id: stage.id, label: say(stage.label, who.language) },
    authors: thing.authors
      .filter(({ person }) => shows || person === who.actor.id)
      .map(({ person }) => who.nameOf(person))
      .join('、'),
    on: thing.moments.find(({ is }) => is === 'submitted')?.on ?? civilDate(thing.since, who.county.timeZone),
    ended: stage.kind === 'end',
  };
}
