import {
  CONFIDENTIAL,
  HIDE_NAME,
  type Author,
  type Fields,
  type Moment,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { nextStage } from '../workflow/machine.ts';
import type { Change } from './change.ts';
import { link, listed, type Act, type Along, type Effect } from './effect.ts';
import { DeskError } from './error.ts';
import { keep } from './keep.ts';

/** The one compiled and those taken along become a piece; each keeps its own log and points to it. */
export function compile(act: Act): Effect {
  const along = act.taken.map((report): Along => {
    const flow = act.flowOf(report);
    const stage = flow ? nextStage(flow, report.stage, 'compile', report) : null;
    if (report.kind !== 'report' || stage === null) throw notTaken(report, 'compile');
    return { thing: report, action: 'compile', change: { stage, moments: [{ is: 'compiled', on: act.on }] } };
  });
  const sources = [act.thing, ...act.taken];
  return {
    change: { moments: [{ is: 'compiled', on: act.on }] },
    opened: {
      kind: 'piece',
      action: 'compile',
      change: {
        fields: { ...act.fields, ...carried(sources) },
        authors: everyAuthor(sources),
        links: sources.map((report) => link('source', report)),
      },
    },
    along,
  };
}

/** What is confidential stays so in what is made of it, and so does a name that its author hides. */
function carried(sources: Thing[]): Fields {
  const either = [CONFIDENTIAL, HIDE_NAME].filter((name) =>
    sources.some(({ fields }) => fields[name] === true),
  );
  return Object.fromEntries(either.map((name) => [name, true]));
}

/** Authors of several things as of one, each once; with more than one, the first is first. */
function everyAuthor(things: Thing[]): Author[] {
  const people = [...new Set(things.flatMap((thing) => thing.authors.map((author) => author.person)))];
  return partsOf(people);
}

/** Persons in their order as authors. */
export function partsOf(people: string[]): Author[] {
  return people.map((person, index) => ({
    person,
    part: people.length === 1 ? 'sole' : index === 0 ? 'first' : 'other',
  }));
}

export function writeUp(act: Act): Effect {
  return {
    change: {},
    opened: {
      kind: 'report',
      action: 'submit',
      change: {
        ...begun(act, 'report', 'submit'),
        fields: { ...act.fields, ...carried([act.thing]) },
        authors: act.thing.authors,
        unit: act.thing.unit,
        channel: act.thing.channel,
        links: [link('lead', act.thing)],
        moments: [{ is: 'submitted', on: act.on }],
      },
    },
  };
}

export function join(act: Act): Effect {
  const report = target(act);
  return {
    change: { links: [link('report', report)] },
    along: [{ thing: report, action: 'join', change: { links: [link('lead', act.thing)] } }],
  };
}

/** The report that this thing goes into: another one, which is still under way. */
function target(act: Act): Thing {
  const [report] = act.taken;
  if (!report || report.kind !== 'report' || report.id === act.thing.id)
    throw new DeskError('invalid-input', {
      zh: '请选择要并入的另一条信息。',
      en: 'Choose the other report that this one goes into.',
    });
  if (act.flowOf(report)?.stages.get(report.stage)?.kind === 'end')
    throw new DeskError('invalid-input', {
      zh: `${report.id} 已经结束,不能再并入。请选择仍在办理的信息。`,
      en: `${report.id} has ended and takes nothing in any more. Choose a report that is under way.`,
    });
  return report;
}

/** Two of one matter: this one ends here and points to the other, whose authors, text and log stay its own. */
export function merge(act: Act): Effect {
  const report = target(act);
  return {
    change: { ...keep(act), links: [link('report', report)] },
    along: [{ thing: report, action: 'merge', change: { links: [link('merged', act.thing)] } }],
  };
}

export async function openHandling(act: Act, moment: Moment): Promise<Effect> {
  const { thing, fields } = act;
  const handlers = [...listed(fields['lead']), ...listed(fields['co-handlers'])];
  // Opened by itself, for a record that the desk does not hold: whoever made that follows it and rates the answer.
  if (thing.kind === 'handling') {
    const { record } = fields;
    const authors = typeof record === 'string' ? await act.authorsOfRecord(record) : [];
    return { change: { ...keep(act), authors, handlers, moments: [moment] } };
  }
  return {
    // Whoever handles it reads it.
    change: { said: fields, moments: [moment], handlers: [...new Set([...thing.handlers, ...handlers])] },
    opened: {
      kind: 'handling',
      action: 'assign',
      change: {
        ...begun(act, 'handling', 'assign'),
        fields: { title: thing.fields['title'] ?? null, ...fields, ...carried([thing]) },
        authors: thing.authors,
        handlers: [...new Set(handlers)],
        links: [link('handled', thing)],
        moments: [{ is: 'assigned', on: act.on }],
      },
    },
  };
}

/** Where a fresh thing stands after the action that it begins with. */
function begun({ flows, thing }: Act, kind: ThingKind, action: Verb): Pick<Change, 'stage'> {
  const flow = flows.get(kind);
  const stage = flow ? nextStage(flow, flow.start, action, thing) : null;
  return stage === null ? {} : { stage };
}

function notTaken(thing: Thing, verb: Verb): DeskError {
  return new DeskError('not-offered', {
    zh: `${thing.id} 现处环节不能一并办理(${verb}),请从所选中去掉。`,
    en: `${thing.id} cannot be taken along at its stage (${verb}); leave it out.`,
  });
}
