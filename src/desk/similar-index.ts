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
  /** Takes over what another process kept of a report. */
  hear: (id: string, version: number) => Promise<void>;
  /** Something may have been kept that was not heard of: all is read anew when next asked for. */
  forget: () => void;
}

interface Built {
  index: InvertedIndex;
  /** Of each report, the version that it has. */
  versions: Map<string, number>;
}

/** While it is first built, so many reports are read between two turns for whoever else asks something. */
const AT_ONCE = 100;

export function similarIndex({
  county,
  countyOf,
  store,
}: Pick<DeskContext, 'county' | 'countyOf' | 'store'>): SimilarIndex {
  const stop = stopListOf(county.similar.stopWords);
  let built: Promise<Built> | null = null;
  const read = (text: string) => readText(text, stop);
  const take = ({ index, versions }: Built, thing: Thing) => {
    versions.set(thing.id, thing.version);
    // A draft is its author's alone, what is confidential its stage's, and what was purged says nothing.
    const its = countyOf(thing);
    if (isOwnDraft(its, thing) || isConfidential(thing)) index.drop(thing.id);
    else index.put(thing.id, read(wordsOf(its, thing.kind, thing.fields)).grams);
  };

  async function build(): Promise<Built> {
    const fresh = { index: invertedIndex(), versions: new Map<string, number>() };
    let count = 0;
    for await (const { thing } of store.all(county.id, 'report')) {
      take(fresh, thing);
      if ((count += 1) % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    return fresh;
  }

  return {
    read,
    async index() {
      built ??= build().catch((error: unknown) => {
        // The next question tries again.
        built = null;
        throw error;
      });
      return (await built).index;
    },
    follow(steps) {
      const reports = steps.flatMap(({ thing }) => (thing.kind === 'report' ? [thing] : []));
      // While it is being built these wait, so that an older state that is still being read does not win over them.
      built?.then(
        (its) => reports.forEach((report) => take(its, report)),
        () => undefined,
      );
    },
    async hear(id, version) {
      const its = await built;
      const news = (than: number) => its !== null && (its.versions.get(id) ?? 0) < than;
      if (!its || !news(version)) return;
      const row = await store.read({ county: county.id, kind: 'report', id });
      if (row && news(row.thing.version)) take(its, row.thing);
    },
    forget() {
      built = null;
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
