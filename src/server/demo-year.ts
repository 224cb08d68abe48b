import type { County } from '../county/county.ts';
import type { ActRequest, Desk } from '../desk/request.ts';
import type { Directory } from '../model/record.ts';
import { addDays, type Instant } from '../model/date.ts';
import type { Actor, Fields } from '../model/thing.ts';
import type { ThingView } from '../model/view.ts';
import type { Verb } from '../model/verb.ts';
import { ServerError } from './error.ts';
import { actorIn, type CountyHost } from './host.ts';

/** What a demo year is told from. */
export interface DemoStory {
  reports: number;
  subjects: { title: string; category: string }[];
  places: string[];
}

/**
 * A year of a county, ending today: every row of it made by the desk under a moving clock, as people would have. The
 * same story and day give the same year.
 */
export async function tellYear(
  host: CountyHost,
  story: DemoStory,
  today: string,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const teller = new Teller(host.county, host.directory, host.desk, (id, at) => actorIn(host, id, at));
  for (let index = 0; index < story.reports; index += 1) {
    const day = addDays(today, -350 + Math.floor((index * 350) / story.reports));
    await teller.report(story, index, day, today);
    progress(index + 1, story.reports);
  }
}

class Teller {
  private minute = 0;
  private day = '';
  private readonly authors: string[];

  constructor(
    private readonly county: County,
    directory: Directory,
    private readonly desk: Desk,
    private readonly actor: (id: string, at: Instant) => Actor | null,
  ) {
    this.authors = directory.people
      .filter((person) => person.id.includes('-author-'))
      .map((person) => person.id);
  }

  private now(): Instant {
    this.minute += 1;
    const seconds = this.minute % 480;
    return new Date(Date.parse(`${this.day}T01:00:00Z`) + seconds * 60_000).toISOString();
  }
  private async act(
    who: string,
    action: Verb,
    on: ThingView | null,
    input: Fields,
    kind: ActRequest['thing']['kind'] = 'report',
  ) {
    const now = this.now();
    const actor = this.actor(who, now);
    if (!actor)
      throw new ServerError('no-actor', { zh: `名册中没有 ${who}。`, en: `${who} is not in the directory.` });
    return this.desk.act({
      thing: { county: this.county.id, kind: on?.kind ?? kind, id: on?.id ?? null },
      action,
      input,
      expected: on?.version ?? null,
      takes: [],
      onBehalf: null,
      actor,
      now,
      language: 'zh',
      key: null,
    });
  }
  private later(days: number, today: string): boolean {
    this.day = addDays(this.day, days);
    return this.day <= today;
  }

  /** One report's way; how far it goes follows from its number, as ends do in a real year. */
  async report(story: DemoStory, index: number, day: string, today: string): Promise<void> {
    this.day = day;
    const id = (post: string) => `${this.county.id}-${post}`;
    const subject = story.subjects[index % story.subjects.length];
    const place = story.places[(index * 7) % story.places.length] ?? '';
    // Some write often, some hardly ever: the square makes the first of the list the busier ones.
    const author = this.authors[Math.floor((((index * 37) % 100) ** 2 / 10_000) * this.authors.length)];
    if (!subject || author === undefined) return;
    const title = subject.title.replace('关于', `关于${place}`);
    let report = await this.act(author, 'submit', null, {
      title,
      situation: `${place}群众和委员多次反映:${subject.title.replace(/^关于|的建议$/g, '')}方面问题突出,影响日常生活。`,
      analysis: '一是职责边界不够清楚,二是投入不足,三是缺少长效机制。',
      suggestion: '一是明确牵头部门;二是列入年度工作;三是定期公布进展。',
    });
    const end = index % 13;
    const checked: Fields = {
      'content-sound': true,
      category: subject.category,
      level: index % 5 === 0 ? 'city' : 'county',
      'town-can-settle': false,
    };
    if (!this.later(1, today)) return;
    if (end === 1)
      return void (await this.act(id('checker'), 'not-use', report, {
        reason: 'already-known',
        comment: '类似情况已编报。',
      }));
    if (end === 2)
      return void (await this.act(id('checker'), 'return', report, { comment: '请补充具体数据。' }));
    report = await this.act(id('checker'), 'pass', report, checked);
    if (!this.later(1, today)) return;
    if (end === 3) return void (await this.act(id('office-director'), 'reserve', report, {}));
    report = await this.act(id('office-director'), 'pass', report, {});
    if (!this.later(1, today)) return;
    if (end === 4)
      return void (await this.act(id('secretary-general'), 'not-use', report, { reason: 'beyond-us' }));
    report = await this.act(id('secretary-general'), 'pass', report, {});
    if (end > 9 || !this.later(2, today)) return;
    report = await this.act(id('compiler'), 'compile', report, { title, text: subject.title });
    await this.piece(report, index, today);
  }

  private async piece(report: ThingView, index: number, today: string): Promise<void> {
    const id = (post: string) => `${this.county.id}-${post}`;
    const link = report.links.find((one) => one.role === 'piece');
    const compiler = this.actor(id('compiler'), this.now());
    if (!link || !compiler) return;
    let piece = await this.desk.view(
      { county: this.county.id, kind: 'piece', id: link.id },
      compiler,
      this.now(),
      'zh',
    );
    piece = await this.act(id('compiler'), 'pass', piece, {});
    piece = await this.act(id('checker'), 'proofread', piece, {});
    piece = await this.act(id('secretary-general'), 'issue', piece, {
      journal: 'journal',
      destinations: ['city-cppcc', 'county-government'],
    });
    piece = await this.act(id('compiler'), 'dispatch', piece, { destination: 'city-cppcc' });
    piece = await this.act(id('compiler'), 'dispatch', piece, { destination: 'county-government' });
    if (index % 3 !== 0 || !this.later(20, today)) return;
    const level = index % 9 === 0 ? 'province' : index % 2 === 0 ? 'city' : 'county';
    piece = await this.act(id('compiler'), 'record', piece, {
      is: 'adopted',
      on: this.day,
      level,
      form: 'stand-alone',
    });
    if (index % 12 !== 0 || !this.later(5, today)) return;
    await this.act(id('compiler'), 'record', piece, {
      is: 'instructed',
      on: this.day,
      level: 'county',
      body: 'government',
      leader: index % 24 === 0 ? 'main' : 'in-charge',
    });
  }
}
