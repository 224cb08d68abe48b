import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { QueueRequest } from '../../src/desk/request.ts';
import type { Directory } from '../../src/model/record.ts';
import type { Actor } from '../../src/model/thing.ts';
import type { Store } from '../../src/store/port.ts';
import { countyOf } from '../county.ts';
import { text } from '../desk/office.ts';
import { countyId, EACH, LAST_DAY, memberId, MEMBERS, OLD } from './history.ts';

export interface Figure {
  what: string;
  /** In milliseconds. */
  median: number;
  /** What 95 of 100 stay below. */
  late: number;
}

const ROUNDS = 200;
/** So many counties take turns, so that no answer is the one before. */
const TURNS = 40;
const now = `${LAST_DAY}T08:00:00.000Z`;

const { county: base, config } = countyOf('huantai');
let salts = 0;

/** A county's desk, as the server has it, over the store. */
function deskOf(store: Store, number: number) {
  const county = { ...base, id: countyId(number) };
  const directory: Directory = {
    organisations: [...county.organisations.values()].map(({ id, name, kind }) => ({
      id,
      name: typeof name === 'string' ? name : name.zh,
      kind,
    })),
    people: [
      ...['checker', 'office-director', 'secretary-general', 'compiler'].map((post) => ({
        id: post,
        name: post,
        kind: 'cadre',
        posts: [{ post }],
      })),
      ...Array.from({ length: MEMBERS }, (_, member) => ({
        id: memberId(number, member),
        name: `委员 ${member}`,
        kind: member % 5 === 0 ? 'standing-member' : 'member',
        organisation: 'sector-cpc',
      })),
    ],
  };
  const scoring = methodScoring(config, directory);
  const desk = createDesk({ county, directory, store, scoring, newSalt: () => `s-${(salts += 1)}` });
  const actor = (id: string, post?: string): Actor => ({
    id,
    county: county.id,
    name: id,
    kind: post ? 'cadre' : 'member',
    posts: post ? [{ post, organisation: null }] : [],
  });
  return {
    number,
    county,
    desk,
    checker: actor('checker', 'checker'),
    member: (of: number) => actor(memberId(number, of)),
  };
}
type Place = ReturnType<typeof deskOf>;

/** What is asked most, of counties in turn, and what depends on its history of the old one beside them. */
export async function measured(store: Store, counties: number): Promise<Figure[]> {
  const places = Array.from({ length: Math.min(TURNS, counties) }, (_, turn) =>
    deskOf(store, 1 + Math.floor((turn * counties) / Math.min(TURNS, counties))),
  );
  const old = deskOf(store, 0);
  const figures: Figure[] = [];
  // What is measured is what the service itself would have written.
  const difference = (await places[0]?.desk.verifyLog())?.difference;
  if (difference) throw new Error(`the history does not verify: ${JSON.stringify(difference)}`);
  async function figure(
    what: string,
    of: readonly Place[],
    ask: (place: Place, round: number) => Promise<unknown>,
    rounds = ROUNDS,
  ) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const place = of[round % of.length];
      if (!place) return;
      const begun = performance.now();
      await ask(place, round);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    figures.push({ what, median: at(0.5), late: at(0.95) });
  }
  const list =
    (more: Partial<QueueRequest>) =>
    ({ desk, checker }: Place) =>
      desk.queue(
        { kind: 'report', view: 'todo', stage: null, search: null, after: null, limit: 50, ...more },
        checker,
        now,
        'zh',
      );
  const report = ({ desk, county, checker, number }: Place, round: number) =>
    desk.view(
      {
        county: county.id,
        kind: 'report',
        id: `report-${1 + ((round * 7919) % (number === 0 ? EACH * OLD - 20 : EACH - 20))}`,
      },
      checker,
      now,
      'zh',
    );
  const year = ({ desk, member }: Place, round: number) => {
    const actor = member((round * 31) % MEMBERS);
    return desk.quotas(actor, now, actor.id);
  };
  const bulletin = ({ desk, checker }: Place) => desk.scores('2026-Q1', 'people', checker, now);
  const submission = ({ desk, county, member }: Place, round: number) =>
    desk.act({
      thing: { county: county.id, kind: 'report', id: null },
      action: 'submit',
      input: { ...text, title: `关于第 ${round} 个路口的建议` },
      expected: null,
      takes: [],
      onBehalf: null,
      actor: member(round % MEMBERS),
      now,
      language: 'zh',
      key: null,
    });

  await figure('the checker’s queue', places, list({}));
  await figure('the first page of all reports', places, list({ view: 'all' }));
  await figure('a search by two letters', places, list({ view: 'all', search: '路灯' }));
  await figure('one report with its log', places, report);
  await figure('one member’s year', places, year);
  await figure('a quarter’s bulletin', places, bulletin, 60);
  await figure('old county: the queue', [old], list({}));
  await figure('old county: all reports', [old], list({ view: 'all' }));
  await figure('old county: a search', [old], list({ view: 'all', search: '路灯' }));
  await figure('old county: one report', [old], report);
  await figure('old county: one member’s year', [old], year);
  await figure('old county: a quarter’s bulletin', [old], bulletin, 20);
  await figure('a submission, durable', places, submission);
  return figures;
}
