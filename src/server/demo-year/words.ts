import type { Fields } from '../../model/thing.ts';
import { oneOf } from './dice.ts';
import type { Plan } from './plan.ts';
import type { DemoStory } from './story.ts';

/** A sentence of the story with its place, its matter and its numbers put in. */
export function filled(
  text: string,
  { place, subject, dice }: Pick<Plan, 'place' | 'subject' | 'dice'>,
): string {
  return text
    .replaceAll('{place}', place.name)
    .replaceAll('{matter}', subject.matter)
    .replaceAll('{few}', () => String(2 + dice(7)))
    .replaceAll('{many}', () => String(12 + dice(85)));
}

/** What the author writes. */
export function reportWords(story: DemoStory, plan: Plan): Fields {
  const { subject, fate, dice } = plan;
  return {
    title: filled(fate === 'merged' ? story.twinTitle : subject.title, plan),
    situation: filled(subject.situation, plan),
    analysis: oneOf(dice, story.analyses[subject.category] ?? [], ''),
    suggestion: filled(subject.suggestion, plan),
  };
}

/** The text that the compiler makes of one or several reports, a paragraph a part. */
export function pieceText(reports: readonly Fields[]): string {
  return reports
    .map((fields, index) => {
      const parts = ['situation', 'analysis', 'suggestion'].map((name) => fields[name] ?? '');
      const own = parts.join('\n');
      return reports.length === 1 ? own : `(${index + 1})${String(fields['title'])}\n${own}`;
    })
    .join('\n\n');
}
