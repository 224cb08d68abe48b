import { invitationToSend } from './invitation.ts';
import type { Sending, Step } from '../store/port.ts';

/** What a system outside is told of a step: which thing, which act, where it stands; whoever may read more asks for it. */
export interface Told {
  id: string;
  county: string;
  kind: string;
  thing: string;
  version: number;
  action: string;
  stage: string;
  at: string;
  /** Of an author who is asked by a link: who, and the link from the service's own place, to be sent to them. */
  invitation?: { of: string; until: string; path: string };
}

/** A word of each step to each receiver. What somebody merely keeps for later concerns nobody outside. */
export function sendingsOf(steps: readonly Step[], receivers: readonly string[]): Sending[] {
  if (receivers.length === 0) return [];
  return steps
    .filter(({ entry }) => entry.action !== 'save')
    .flatMap(({ thing, entry }) => {
      const { county, kind, id } = thing;
      const told: Told = {
        // The same however often it is sent, so that a receiver knows a second time when it sees one.
        id: `${county}.${kind}.${id}.${entry.sequence}`,
        county,
        kind,
        thing: id,
        version: entry.sequence,
        action: entry.action,
        stage: thing.stage,
        at: entry.at,
        ...(entry.action === 'invite' ? invitationToSend(thing) : {}),
      };
      const body = JSON.stringify(told);
      return receivers.map((receiver) => ({ id: told.id, receiver, about: { county, kind, id }, body }));
    });
}
