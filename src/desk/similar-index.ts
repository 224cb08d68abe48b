import type { County } from '../county/county.ts';
import { isConfidential, type Fields, type Thing, type ThingKind } from '../model/thing.ts';
import { readText, type Text } from '../similar/grams.ts';
import { invertedIndex, type InvertedIndex } from '../similar/inverted-index.ts';
import { stopListOf } from '../similar/stop-list.ts';
import type { Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { longestText } from './input.ts';
import { isOwnDraft } from './permission.ts';

/** A county's reports by what they say, in memory: read from the store when first asked for, then kept up. */
export interface SimilarIndex {
  /** As the county compares them. */
  read: (text: string) => Text;
  index: () => Promise<InvertedIndex>;
  /** Takes over what was kept: a new wording, a report handed in, one purged. */
  follow: (steps: readonly Step[]) => void;
}

/** While it is first built, so many reports are read between two turns for whoever else asks something. */
const AT_ONCE = 100;

export function similarIndex({ county, countyOf, store }: DeskContext): SimilarIndex {
  const stop = stopListOf(county.similar.stopWords);
  let built: Promise<InvertedIndex> | null = null;
  const read = (text: string) => readText(text, stop);
  const take = (index: InvertedIndex, thing: Thing) => {
    // A draft is its author's alone, what is confidential its stage's, and what was purged says nothing.
    const its = countyOf(thing);
    if (isOwnDraft(its, thing) || isConfidential(thing)) index.drop(thing.id);
    else index.put(thing.id, read(wordsOf(its, thing.kind, thing.fields)).grams);
  };

  async function build(): Promise<InvertedIndex> {
    const index = invertedIndex();
    let count = 0;
    for await (const { thing } of store.all(county.id, 'report')) {
      take(index, thing);
      if ((count += 1) % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    return index;
  }

  return {
    read,
    index() {
      built ??= build().catch((error: unknown) => {
        // The next question tries again.
        built = null;
        throw error;
      });
      return built;
    },
    follow(steps) {
      const reports = steps.flatMap(({ thing }) => (thing.kind === 'report' ? [thing] : []));
      // While it is being built these wait, so that an older state that is still being read does not win over them.
      built?.then(
        (index) => reports.forEach((report) => take(index, report)),
        () => undefined,
      );
    },
  };
}

/** Title and texts as the author wrote them, a field a line; what only some may read is not among them. */
export function wordsOf(county: County, kind: ThingKind, fields: Fields): string {
  const form = county.forms.get(county.flows.get(kind)?.form ?? '') ?? [];
  return form
    .filter(({ type, seenBy }) => seenBy === 'everyone' && (type === 'text' || type === 'long-text'))
    .flatMap(({ id }) => {
      const value = fields[id];
      return typeof value === 'string' && value !== '' ? [value] : [];
    })
    .join('\n')
    .slice(0, longestText);
}
