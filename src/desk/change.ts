import type { Instant } from '../model/date.ts';
import type {
  Author,
  Decision,
  Due,
  Fields,
  LastMove,
  Link,
  Moment,
  Thing,
  ThingRef,
  Vote,
} from '../model/thing.ts';

/**
 * What one log entry changes. A thing is the fold of its changes and nothing else, so the log can rebuild it without
 * running a rule.
 */
export interface Change {
  stage?: string;
  back?: string | null;
  round?: number;
  due?: Due | null;
  supervised?: boolean;
  escalated?: number;
  left?: number | null;
  /** What the clock did. */
  escalation?: string;
  claimedBy?: string | null;
  /** Merged, field by field. */
  fields?: Fields;
  /** Said in this act and shown in the history, not kept in the state. */
  said?: Fields;
  /** The files this act adds, with the hash of what is in them; the state needs their ids alone. */
  files?: { id: string }[];
  votes?: Vote[];
  signers?: string[] | null;
  readers?: string[];
  excluded?: string[];
  lastMove?: LastMove | null;
  /** The moments that stay, where an act is taken back. */
  momentsKept?: number;
  authors?: Author[];
  unit?: string | null;
  channel?: string | null;
  enteredBy?: string;
  decisions?: Record<string, Decision>;
  links?: Link[];
  moments?: Moment[];
  destinations?: Thing['destinations'];
  handlers?: string[];
}

/** A thing that nothing has happened to yet. */
export function blankThing(ref: ThingRef, start: string, configVersion: string, at: Instant): Thing {
  return {
    ...ref,
    version: 0,
    configVersion,
    stage: start,
    since: at,
    back: null,
    round: 0,
    due: null,
    supervised: false,
    escalated: 0,
    left: null,
    claimedBy: null,
    votes: [],
    signers: null,
    readers: [],
    excluded: [],
    path: [],
    lastMove: null,
    fields: {},
    authors: [],
    unit: null,
    enteredBy: '',
    channel: null,
    decisions: {},
    links: [],
    moments: [],
    destinations: {},
    handlers: [],
  };
}

/** The thing after a change made at an instant. Pure. */
export function apply(thing: Thing, change: Change, at: Instant): Thing {
  const moved = change.stage !== undefined && change.stage !== thing.stage;
  // Each by its name: copying a thing whole to then replace most of it takes several times as long.
  return {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    configVersion: thing.configVersion,
    version: thing.version + 1,
    stage: change.stage ?? thing.stage,
    since: moved ? at : thing.since,
    back: change.back === undefined ? thing.back : change.back,
    round: change.round ?? thing.round,
    due: change.due === undefined ? thing.due : change.due,
    supervised: change.supervised ?? thing.supervised,
    escalated: change.escalated ?? thing.escalated,
    left: change.left === undefined ? thing.left : change.left,
    claimedBy: change.claimedBy === undefined ? thing.claimedBy : change.claimedBy,
    votes: change.votes ?? thing.votes,
    signers: change.signers === undefined ? thing.signers : change.signers,
    readers: change.readers ?? thing.readers,
    excluded: change.excluded ?? thing.excluded,
    path: moved ? [...thing.path, thing.stage] : thing.path,
    // Whatever else happens, what brought it here can no longer be taken back.
    lastMove: change.lastMove ?? null,
    fields: { ...thing.fields, ...change.fields },
    authors: change.authors ?? thing.authors,
    unit: change.unit === undefined ? thing.unit : change.unit,
    channel: change.channel === undefined ? thing.channel : change.channel,
    enteredBy: change.enteredBy ?? thing.enteredBy,
    decisions: { ...thing.decisions, ...change.decisions },
    links: [...thing.links, ...(change.links ?? [])],
    moments: [...thing.moments.slice(0, change.momentsKept), ...(change.moments ?? [])],
    destinations: { ...thing.destinations, ...change.destinations },
    handlers: change.handlers ?? thing.handlers,
  };
}
