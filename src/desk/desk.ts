import { compareTables } from '../assessment/simulate.ts';
import type { County } from '../county/county.ts';
import { civilDate, civilMinute, type CivilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Language } from '../model/text.ts';
import type { ScoreTable } from '../model/record.ts';
import { refName, type Actor, type ThingRef } from '../model/thing.ts';
import type { Step } from '../store/port.ts';
import { actingOf } from './act.ts';
import { anthologyOf } from './anthology.ts';
import { contextOf, forbidden, type DeskParts } from './context.ts';
import { digest } from './digest.ts';
import { directoryIn, directoryOn, enterDirectory, tryDirectory } from './directory.ts';
import { enterRecords, tryRecords } from './entered.ts';
import { DeskError, notFound } from './error.ts';
import { exportRecords, exportScores, exportThings } from './export.ts';
import { invited } from './invitation.ts';
import { methodScoring } from './method-scoring.ts';
import { migrate, MigrationError } from './migrate.ts';
import { noticesFor } from './told.ts';
import { monthOf } from './month.ts';
import { isOfIssue } from './number.ts';
import { personPaper, thingPaper } from './papers.ts';
import { isStaff, may } from './permission.ts';
import { published } from './published.ts';
import { erasePerson, personExport } from './personal.ts';
import { queueRows } from './queue.ts';
import { receiveLetter } from './received.ts';
import { allOwed, recordsCounted, recordsOf, recount } from './records.ts';
import type { ActRequest, Desk } from './request.ts';
import { registerOf, registerView } from './register.ts';
import { tryResults } from './results.ts';
import { withGroupNames } from './scoring.ts';
import { similarIndex } from './similar-index.ts';
import { similarOf } from './similar.ts';
import { tick } from './tick.ts';
import { verifyLog } from './verify.ts';
import { choicesFound } from './ties.ts';
import { filesOf } from './view.ts';
import { whatIf } from './what-if.ts';
import { blankView, pastView, wholeView } from './whole-view.ts';

export type { DeskParts } from './context.ts';

/** The desk of one county: load → facts → decide → step → save, each once. */
export function createDesk(parts: DeskParts): Desk {
  const context = contextOf(parts);
  const { county, directory, store, reader, load, readable } = context;
  const separate = parts.separateDuties ?? false;
  const likes = similarIndex(context);
  const similar = similarOf(context, likes);
  const acting = actingOf(context, { follow: likes.follow, similarTo: similar.count });

  async function view(
    ref: ThingRef,
    actor: Actor,
    now: Instant,
    language: Language,
    at?: Instant | CivilDate,
  ) {
    const thing = await load(ref);
    readable(actor, thing);
    if (at !== undefined) {
      const past = await pastView(reader(actor, language), store, thing, at);
      if (!past) throw notFound();
      return past;
    }
    return wholeView(reader(actor, language), store, thing, civilMinute(now, county.timeZone));
  }

  /** What one's own act came to; perhaps one's last look at a thing that has moved on to others. */
  async function done(ref: ThingRef, { actor, now, language }: ActRequest) {
    return wholeView(reader(actor, language), store, await load(ref), civilMinute(now, county.timeZone));
  }

  async function act(request: ActRequest) {
    const { actor, key } = request;
    if (key) {
      const before = await store.key(county.id, actor.id, key.value);
      if (before && before.request !== key.request) throw keyReused(key.value);
      if (before) return done(before.result, request);
    }
    const ref = await saved(request).catch(async (error: unknown) => {
      // The same request may have been under way twice; whichever was kept answers for both.
      const same = key && (await store.key(county.id, actor.id, key.value));
      if (!same) throw error;
      if (same.request !== key.request) throw keyReused(key.value);
      return same.result;
    });
    return done(ref, request);
  }

  /** One act and what it changes along; of an issue each piece's own act, all kept or none. */
  async function prepared(request: ActRequest): Promise<[Step, ...Step[]]> {
    const { thing, takes } = request;
    if (thing.id === null || takes.length === 0 || !isOfIssue(thing.kind, request.action))
      return acting.prepare(request);
    if (
      takes.some(({ kind }) => kind !== thing.kind) ||
      new Set(takes.map(({ id }) => id)).size < takes.length
    )
      throw notOfIssue();
    const together = [thing.id, ...takes.map(({ id }) => id)];
    const steps = await acting.prepare({ ...request, takes: [], together });
    // The first has taken the number, the others are of the same.
    const { number = null } = steps[0].thing.fields;
    for (const { id, version } of takes)
      steps.push(
        ...(await acting.prepare({
          ...request,
          thing: { ...thing, id },
          expected: version,
          input: { ...request.input, number },
          takes: [],
          together,
        })),
      );
    return steps;
  }

  /**
   * Many answer one call: whoever came second changes what the first has changed meanwhile, and begins again. What the
   * actor's own version says is judged anew, so that a true conflict is one at the next try.
   */
  async function saved(request: ActRequest, tries = 5): Promise<ThingRef> {
    const { now, key } = request;
    const [own, ...others] = await prepared(request);
    const { county: of, kind, id } = own.thing;
    const ref: ThingRef = { county: of, kind, id };
    try {
      await acting.save([own, ...others], now, key && keyOf(request, key, ref));
      return ref;
    } catch (error) {
      const again = error instanceof MinqingError && error.code === 'conflict' && tries > 1;
      if (!again || !others.some(({ entry }) => entry.action === 'tie')) throw error;
      return saved(request, tries - 1);
    }
  }

  /** What was published to move at once is moved by the clock, till nothing is left that can be. */
  let over = parts.underWay?.how !== 'now';
  async function movingOver(now: Instant): Promise<number> {
    if (over || !parts.underWay) return 0;
    const { stages, by } = parts.underWay;
    const { rows } = await migrate(context, { to: county, stages, by, now, language: 'zh', dry: false });
    const left = rows.filter(({ is }) => is === 'changed').length;
    over = left === 0;
    return rows.filter(({ is }) => is === 'moved').length;
  }

  return {
    act,
    async heard(news) {
      if (news === null) likes.forget();
      else if (news.kind === 'report') await likes.hear(news.id, news.version);
    },
    receive: (letter, now, arrived = null) =>
      receiveLetter(context, { save: acting.save, similarTo: similar.count }, letter, now, arrived),
    view,
    async file(ref, id, actor) {
      const thing = await load(ref);
      readable(actor, thing);
      const entries = (await store.log(thing)).map(({ entry }) => entry);
      const file = filesOf(reader(actor, 'zh'), thing, entries).has(id)
        ? await store.file(county.id, id)
        : null;
      if (!file) throw notFound();
      return file;
    },
    async export(what, actor, now, language, { period, of }) {
      if (!may(county, actor, 'export', null)) throw forbidden();
      if (what === 'records') return exportRecords(reader(actor, language), store);
      if (what !== 'scores') {
        const left = new Set([...context.free, ...context.fileFields]);
        return exportThings(reader(actor, language), store, what === 'reports' ? 'report' : 'piece', left);
      }
      const asOf = civilDate(now, county.timeZone);
      return exportScores(parts.scoring.table(await recordsOf(context), period, of, { asOf }));
    },
    published: (kind, id, language) => published(context, kind, id, language),
    invited: (id, token, now) => invited(context, id, token, now),
    notices: (actor, language, before, limit) => noticesFor(reader(actor, language), store, before, limit),
    unread: (actor) => store.unread(county.id, actor.id),
    readNotices: (actor, upTo) => store.markRead(county.id, actor.id, upTo),
    async blank(kind, actor, now, language) {
      if (!may(county, actor, 'create', kind)) throw forbidden();
      return blankView(reader(actor, language), store, kind, civilDate(now, county.timeZone));
    },
    choices: (asked, actor, now, language) =>
      choicesFound(reader(actor, language), store, asked, civilDate(now, county.timeZone)),
    async similarTo(ref, actor, language) {
      const thing = await load(ref);
      readable(actor, thing);
      return similar.toThing(thing, actor, language);
    },
    async similarText(kind, input, actor, language) {
      if (!may(county, actor, 'create', kind)) throw forbidden();
      return similar.toInput(kind, input, actor, language);
    },
    queue: (request, actor, now, language) => queueRows(reader(actor, language), store, request, now),
    register(kind, actor, language) {
      if (!may(county, actor, 'read', kind)) throw forbidden();
      return registerView(reader(actor, language), kind);
    },
    registerRows: (request, columns, actor, now, language) =>
      registerOf(reader(actor, language), store, request, columns, now),
    async tryResults(sheet, actor, now, language) {
      if (!may(county, actor, 'import', null)) throw forbidden();
      return tryResults(context, sheet, actor, civilDate(now, county.timeZone), language);
    },
    async enterResults({ rows, ...request }) {
      const { actor, now, key } = request;
      if (!may(county, actor, 'import', null)) throw forbidden();
      const before = key && (await store.key(county.id, actor.id, key.value));
      if (before && before.request !== key.request) throw keyReused(key.value);
      if (before) return { entered: rows.length };
      // Several results of one piece follow each other; the first is held to the version that was seen.
      const prepared = new Map<string, Step>();
      const steps: Step[] = [];
      for (const { piece: id, version, input } of rows) {
        const last = prepared.get(refName({ kind: 'piece', id }));
        const [step] = await acting.prepare(
          {
            ...request,
            thing: { county: county.id, kind: 'piece', id },
            action: 'record',
            input,
            expected: last?.thing.version ?? version,
            takes: [],
            onBehalf: null,
          },
          prepared,
        );
        steps.push(step);
        prepared.set(refName(step.thing), step);
      }
      const [first] = steps;
      if (!first) return { entered: 0 };
      const { kind, id } = first.thing;
      const result = { county: county.id, kind, id };
      const kept = { county: county.id, actor: actor.id, result, at: now };
      await acting.save(steps, now, key && { ...kept, key: key.value, request: key.request });
      return { entered: steps.length };
    },
    async tryRecords(text, actor, now, language) {
      if (!may(county, actor, 'import', null)) throw forbidden();
      const today = civilDate(now, county.timeZone);
      return tryRecords(context, parts.scoring.config, text, today, language);
    },
    async enterRecords(text, actor, now) {
      if (!may(county, actor, 'import', null)) throw forbidden();
      return enterRecords(context, parts.scoring.config, text, { by: actor.id, at: now });
    },
    async directory(on, actor) {
      if (!may(county, actor, 'manage-directory', null)) throw forbidden();
      const whole = directoryIn(await store.directory(county.id));
      return on === null ? whole : directoryOn(whole, on);
    },
    async directoryHistory(of, id, actor) {
      if (!may(county, actor, 'manage-directory', null)) throw forbidden();
      const all = await store.directory(county.id);
      return all.filter((entry) => entry.of === of && entry.row.id === id);
    },
    async tryDirectory(text, actor, now, language) {
      if (!may(county, actor, 'manage-directory', null)) throw forbidden();
      const today = civilDate(now, county.timeZone);
      return tryDirectory(context, parts.scoring.config, text, today, language, separate);
    },
    async enterDirectory(text, actor, now, { file = '', second = null } = {}) {
      if (!may(county, actor, 'manage-directory', null)) throw forbidden();
      const signed = { by: actor.id, at: now, second };
      return enterDirectory(context, parts.scoring.config, text, signed, { file, separate });
    },
    async personExport(person, actor, now, language) {
      if (person !== actor.id && !may(county, actor, 'personal-data', null)) throw forbidden();
      return personExport(context, person, civilDate(now, county.timeZone), language);
    },
    erasePerson: (person, signed) => erasePerson(context, acting.save, person, signed),
    async scores(period, of, actor, now, version) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const asOf = civilDate(now, county.timeZone);
      const table = parts.scoring.table(await recordsCounted(context, asOf), period, of, {
        asOf,
        ...(version === undefined ? {} : { version }),
      });
      const seen = withGroupNames(county, isStaff(county, actor) ? table : withoutRecords(table, actor));
      return { ...seen, before: parts.scoring.periodBefore(period) };
    },
    async anthology(period, actor, language) {
      if (!isStaff(county, actor)) throw forbidden();
      return anthologyOf(context, period, actor, language);
    },
    async thingPaper(paper, ref, actor, now, language, proposed) {
      const seen = await view(ref, actor, now, language);
      return thingPaper(context, paper, await load(ref), seen, actor, now, language, proposed);
    },
    personPaper: (paper, person, period, actor, now, language) =>
      personPaper(context, paper, person, period, actor, now, language),
    month: (month, of, actor, now, language) => monthOf(context, month, of, actor, now, language),
    async quotas(actor, now, of) {
      if (of !== actor.id && !isStaff(county, actor)) throw forbidden();
      const on = civilDate(now, county.timeZone);
      const records = await recordsOf(context, of ?? undefined);
      const all = parts.scoring.quotas(records, on);
      return of === null ? all : all.filter(({ subject }) => subject === of);
    },
    async obligations(actor, now, of) {
      if (of !== actor.id && !isStaff(county, actor)) throw forbidden();
      const all = await allOwed(context, civilDate(now, county.timeZone));
      const mine = [of, ...reader(actor, 'zh').unitsOf(actor.id)];
      return of === null ? all : all.filter(({ subject }) => mine.includes(subject));
    },
    async simulate(config, period, of, actor, now) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const asOf = civilDate(now, county.timeZone);
      const records = await recordsCounted(context, asOf);
      const next = methodScoring(config, directory);
      return compareTables(
        parts.scoring.table(records, period, of, { asOf }),
        next.table(records, period, of, { asOf }),
      );
    },
    recount: () => recount(context),
    kinds: context.kinds,
    verifyLog: () => verifyLog(context),
    async migrate(request) {
      if (!request.dry && request.to.version !== county.version) throw notInForce(request.to, county);
      return migrate(context, request);
    },
    whatIf: (request) => whatIf(context, request),
    digest: (now) => digest(context, now),
    async tick(_county, now) {
      const acted = await tick(context, now);
      return acted > 0 ? acted : movingOver(now);
    },
  };
}

function notOfIssue(): DeskError {
  return new DeskError('invalid-input', {
    zh: '一期只能由编发件组成,每件一次。请去掉其他的。',
    en: 'An issue is made of pieces, each once; leave out the others.',
  });
}

function notInForce(to: County, { version }: County): MigrationError {
  return new MigrationError('not-in-force', {
    zh: `第 ${to.version} 版没有施行,现行的是第 ${version} 版。请先发布,或只加 --dry-run 试算。`,
    en: `Version ${to.version} is not in force; ${version} is. Publish it first, or try it with --dry-run.`,
  });
}

/** What everybody earned is everybody's to see; which report it was for would name its author. */
function withoutRecords(table: ScoreTable, { id: me }: Actor): ScoreTable {
  return {
    ...table,
    subjects: table.subjects.map((one) =>
      one.id === me ? one : { ...one, lines: one.lines.map((line) => ({ ...line, record: null })) },
    ),
    honours: [],
  };
}

/** The same request under the same key is done once. */
function keyOf({ thing, actor, now }: ActRequest, key: NonNullable<ActRequest['key']>, result: ThingRef) {
  return { county: thing.county, actor: actor.id, key: key.value, request: key.request, result, at: now };
}

function keyReused(key: string): DeskError {
  return new DeskError('key-reused', {
    zh: `Idempotency-Key“${key}”已用于另一内容,请换一个。`,
    en: `The Idempotency-Key "${key}" was used for something else; take a new one.`,
  });
}
