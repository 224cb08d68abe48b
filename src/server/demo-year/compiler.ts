import type { Fields } from '../../model/thing.ts';
import { oneOf, type Dice } from './dice.ts';
import { pieceStory, type Source } from './piece.ts';
import type { DemoStory } from './story.ts';
import { openedBy, type Story, type Teller } from './teller.ts';
import { pieceText } from './words.ts';

/** The compiler's desk: what the secretary-general has signed lies here until it is made into pieces. */
export class CompilerDesk {
  private readonly waiting: Source[] = [];
  constructor(
    private readonly teller: Teller,
    private readonly story: DemoStory,
    private readonly dice: Dice,
  ) {}

  add(source: Source): void {
    this.waiting.push(source);
  }

  /** Every few days all that waits: some is kept in reserve, and two or three of one field or one department become one piece. */
  async *work(): Story {
    for (;;) {
      yield 4;
      const batch = this.waiting.splice(0);
      for (let first = batch.shift(); first; first = batch.shift()) {
        if (this.dice(5) === 0) await this.reserve(first);
        else {
          const { category, department } = first.plan.subject;
          const alike = batch.filter(
            ({ plan: { subject } }) => subject.category === category || subject.department === department,
          );
          // Now and then a round-up of whatever came in.
          const along = (this.dice(5) === 0 ? batch : alike).slice(0, 2);
          for (const one of along) batch.splice(batch.indexOf(one), 1);
          await this.compile([first, ...along]);
        }
      }
    }
  }

  private async reserve({ report }: Source): Promise<void> {
    const comment = oneOf(this.dice, this.story.reservedWords, '');
    await this.teller.act(this.teller.who('compiler'), 'reserve', report, { comment });
  }

  async compile(sources: readonly [Source, ...Source[]]): Promise<void> {
    const { teller, story } = this;
    const [first, ...along] = sources;
    const fields: Fields[] = [];
    for (const { report } of sources) fields.push((await teller.thing(report))?.fields ?? {});
    const matters = [...new Set(sources.map(({ plan }) => plan.subject.matter))];
    const view = await teller.act(
      teller.who('compiler'),
      'compile',
      first.report,
      {
        title:
          along.length === 0
            ? String(fields[0]?.['title'])
            : story.severalTitle.replace('{matters}', matters.join('、')),
        text: pieceText(fields),
      },
      { takes: along.map(({ report }) => report) },
    );
    const piece = openedBy(view, 'piece');
    if (piece) teller.tell(pieceStory(teller, story, piece, sources));
  }
}
