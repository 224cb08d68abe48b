import type { Instant } from '../model/date.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { notFound } from './error.ts';
import { stageOf, titleOf } from './view.ts';

/** All that is public of a report: no name, no text, no instruction, and nothing of who handles it. */
export interface PublicStatus {
  county: string;
  title: string;
  stage: string;
  since: Instant;
}

/** Only what the county has said yes to; whatever else reads like what is not there. */
export async function published(
  { county, countyOf, store }: DeskContext,
  id: string,
  language: Language,
): Promise<PublicStatus> {
  const { publishedBy } = county;
  const found = publishedBy === null ? null : await store.read({ county: county.id, kind: 'report', id });
  if (!found || publishedBy === null || found.thing.fields[publishedBy] !== true) throw notFound();
  if (isConfidential(found.thing)) throw notFound();
  const { thing } = found;
  return {
    county: say(county.name, language),
    title: titleOf(thing),
    stage: say(stageOf(countyOf(thing), thing).label, language),
    since: thing.since,
  };
}
