import type { Draft } from '../model/draft.ts';
import { storesOf } from './figures.ts';
import type { CountyHost } from './host.ts';

export type Writing = ReturnType<typeof writingTo>;

/** As much as a report takes: a full disk may still have room for a line. */
const words = '试'.repeat(20_000);
const asMuch: Draft = { fields: [{ name: '', label: '', type: 'text', value: words, files: '' }], at: '' };

/** What stays until a person has made room, or has let it be written again. */
const lasting = ['storage-full', 'storage-read-only'] as const;

/** Whether the store takes what is written. It is tried out only after it refused, and until it takes it again. */
export function writingTo(counties: ReadonlyMap<string, CountyHost>) {
  let last: (typeof lasting)[number] | null = null;

  async function tryOut(): Promise<void> {
    // A draft of nobody's, in no county.
    for (const store of storesOf(counties)) {
      await store.saveDraft('', '', 'report', asMuch);
      await store.saveDraft('', '', 'report', null);
    }
  }

  return {
    /** By the code of a problem that was answered. */
    refused(code: string): void {
      last = lasting.find((one) => one === code) ?? last;
    },
    async state(): Promise<'ok' | (typeof lasting)[number]> {
      if (last === null) return 'ok';
      try {
        await tryOut();
        last = null;
        return 'ok';
      } catch {
        return last ?? 'ok';
      }
    },
  };
}
