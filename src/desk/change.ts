import type { CivilDate, Instant } from '../model/date.ts';
import type { Text } from '../model/text.ts';
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
  /** The version whose flow it follows from now on, and what was said of the move. */
  configVersion?: string;
  migration?: MovedOver;
  stage?: string;
  back?: string | null;
  resume?: Thing['resume'];
  round?: number;
  due?: Due | null;
  supervised?: boolean;
  escalated?: number;
  left?: Thing['left'];
  /** What the clock did. */
  escalation?: string;
  claimedBy?: string | null;
  delegated?: Thing['delegated'];
  /** Merged, field by field. */
  fields?: Fields;
  /** Said in this act and shown in the history, not kept in the state. */
  said?: Fields;
  /** What the committee above said: what happened there, and its words, which lie beside the log. */
  heard?: Heard;
  /** The hashes of words that were erased with this entry. */
  erased?: string[];
  /** The files this act adds, with the hash of what is in them; the state needs their ids alone. */
  files?: { id: string }[];
  votes?: Vote[];
  signers?: string[] | null;
  readers?: string[];
  excluded?: string[];
  /** In the new version's stages, where it is moved over. */
  path?: string[];
  /** All that was left out so far. */
  skipped?: Thing['skipped'];
  lastMove?: LastMove | null;
  /** The moments that stay, where an act is taken back. */
  momentsKept?: number;
  authors?: Author[];
  unit?: string | null;
  channel?: string | null;
  enteredBy?: string;
  decisions?: Record<string, Decision>;
  links?: Link[];
  /** Ties of before that are none any more. */
  untied?: Link[];
  moments?: Moment[];
  destinations?: Thing['destinations'];
  handlers?: string[];
}

export interface Heard {
  what: Text;
  'words-zh'?: string;
  'words-en'?: string;
}
/** Its words, which the log knows by hash alone. */
export const heardWords: readonly (keyof Heard)[] = ['words-zh', 'words-en'];

/** From which version of the config to which, and what it made of the stage and the due date. */
export interface MovedOver {
  from: string;
  to: string;
  stage: { was: string; now: string };
  due: { was: CivilDate | null; now: CivilDate | null };
}

/** A thing that nothing has happened to yet. */
export function blankThing(ref: ThingRef, start: string, configVersion: string, at: Instant): Thing {
  // Each by its name: an object that begins with a spread grows property by property, which takes ten times as long.
  return {
    county: ref.county,
    kind: ref.kind,
    id: ref.id,
    version: 0,
    configVersion,
    stage: start,
    since: at,
    back: null,
    resume: null,
    round: 0,
    due: null,
    supervised: false,
    escalated: 0,
    left: null,
    claimedBy: null,
    delegated: null,
    votes: [],
    signers: null,
    readers: [],
    excluded: [],
    path: [],
    skipped: [],
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

/** What nothing is added to stays the very one: most steps change little. */
function merged<Value>(before: Record<string, Value>, more: Record<string, Value> | undefined) {
  for (const _ in more) return { ...before, ...more };
  return before;
}

function tied(before: readonly Link[], { links = [], untied }: Change): Link[] {
  return [...before.filter((link) => !has(untied, link)), ...links];
}

const has = (links: readonly Link[] | undefined, { role, kind, id }: Link): boolean =>
  links?.some((one) => one.role === role && one.kind === kind && one.id === id) ?? false;

/** The thing after a change made at an instant. Pure. */
export function apply(thing: Thing, change: Change, at: Instant): Thing {
  const moved = change.stage !== undefined && change.stage !== thing.stage;
  // Each by its name: copying a thing whole to then replace most of it takes several times as long.
  return {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    version: thing.version + 1,
    configVersion: change.configVersion ?? thing.configVersion,
    stage: change.stage ?? thing.stage,
    since: moved ? at : thing.since,
    back: change.back === undefined ? thing.back : change.back,
    resume: change.resume === undefined ? thing.resume : change.resume,
    round: change.round ?? thing.round,
    due: change.due === undefined ? thing.due : change.due,
    supervised: change.supervised ?? thing.supervised,
    escalated: change.escalated ?? thing.escalated,
    left: change.left === undefined ? thing.left : change.left,
    claimedBy: change.claimedBy === undefined ? thing.claimedBy : change.claimedBy,
    delegated: change.delegated === undefined ? thing.delegated : change.delegated,
    votes: change.votes ?? thing.votes,
    signers: change.signers === undefined ? thing.signers : change.signers,
    readers: change.readers ?? thing.readers,
    excluded: change.excluded ?? thing.excluded,
    path: change.path ?? (moved ? [...thing.path, thing.stage] : thing.path),
    skipped: change.skipped ?? thing.skipped,
    // Whatever else happens, what brought it here can no longer be taken back.
    lastMove: change.lastMove ?? null,
    fields: merged(thing.fields, change.fields),
    authors: change.authors ?? thing.authors,
    unit: change.unit === undefined ? thing.unit : change.unit,
    channel: change.channel === undefined ? thing.channel : change.channel,
    enteredBy: change.enteredBy ?? thing.enteredBy,
    decisions: merged(thing.decisions, change.decisions),
    links: change.links || change.untied ? tied(thing.links, change) : thing.links,
    moments:
      change.moments || change.momentsKept !== undefined
        ? [...thing.moments.slice(0, change.momentsKept), ...(change.moments ?? [])]
        : thing.moments,
    destinations: merged(thing.destinations, change.destinations),
    handlers: change.handlers ?? thing.handlers,
  };
}

/** What it takes to bring a thing back to where it stands. */
export function moveFrom(thing: Thing, by: string): LastMove {
  const { stage: from, version, moments, due, back } = thing;
  return { by, from, at: version + 1, moments: moments.length, due, back };
}
