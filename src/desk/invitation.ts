import { addDays, civilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { Fields, Thing } from '../model/thing.ts';
import type { Invitation } from '../model/view.ts';
import type { Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { DeskError, wrong } from './error.ts';
import { keep } from './keep.ts';
import type { Reader } from './view.ts';

/** How long a link is good for where nothing else is said, in days. */
const GOOD_FOR = 30;

/** Where a thing keeps its link; no form has them, so that no reader meets them in its fields. */
const TOKEN = 'invitation';
const PERSON = 'invited';
const UNTIL = 'invited-until';

function linkIn({ fields }: Pick<Thing, 'fields'>): { token: string; of: string; until: CivilDate } | null {
  const [token, of, until] = [fields[TOKEN], fields[PERSON], fields[UNTIL]];
  if (typeof token !== 'string' || typeof of !== 'string' || typeof until !== 'string') return null;
  return { token, of, until };
}

/** A fresh link for one author; one that was given before is over. */
export function invite(act: {
  thing: Thing;
  fields: Fields;
  today: CivilDate;
  newToken: () => string;
  mainForm: ReadonlySet<string>;
  longTexts: ReadonlySet<string>;
}): Change {
  const { person, until: asked, ...rest } = act.fields;
  if (!act.thing.authors.some((author) => author.person === person))
    throw wrong({
      field: 'person',
      saying: {
        zh: '只能请反映人评价,请从所列中选择。',
        en: 'Only an author can be asked; choose among those listed.',
      },
    });
  const until = typeof asked === 'string' ? asked : addDays(act.today, GOOD_FOR);
  if (until < act.today)
    throw wrong({
      field: 'until',
      saying: { zh: '有效期不能早于今天。', en: 'A link cannot have run out before today.' },
    });
  const link: Fields = { [TOKEN]: act.newToken(), [PERSON]: String(person), [UNTIL]: until };
  const { said = {}, fields = {} } = keep({ ...act, fields: rest });
  // Who was asked is said; the link is the office's alone.
  return { said: { ...said, person: String(person), until }, fields: { ...fields, ...link } };
}

/** What ends a link, where there is one. */
export function uninvited(thing: Thing): Fields {
  return linkIn(thing) ? { [TOKEN]: null } : {};
}

const pathOf = ({ county, id }: Thing, token: string) =>
  `/counties/${encodeURIComponent(county)}/rate/${encodeURIComponent(id)}/${encodeURIComponent(token)}`;

export function invitationOf(reader: Reader, thing: Thing, today: CivilDate): Invitation | null {
  const link = linkIn(thing);
  if (!link || link.until < today) return null;
  return { name: reader.nameOf(link.of), until: link.until, path: pathOf(thing, link.token) };
}

export function invitationToSend(thing: Thing): { invitation?: { of: string; until: string; path: string } } {
  const link = linkIn(thing);
  return link ? { invitation: { of: link.of, until: link.until, path: pathOf(thing, link.token) } } : {};
}

/** Whose answer a link asks for; what never was, was used, has run out or was replaced reads the same. */
export async function invited(
  { county, store }: DeskContext,
  id: string,
  token: string,
  now: Instant,
): Promise<string> {
  const found = await store.read({ county: county.id, kind: 'handling', id });
  const link = found && linkIn(found.thing);
  if (!link || link.token !== token || link.until < civilDate(now, county.timeZone)) throw linkOver();
  return link.of;
}

export function linkOver(): DeskError {
  return new DeskError('link-over', {
    zh: '这个链接已用过或已过期,不能再评价。如果您已评价,我们已收到,谢谢。如需更改,请联系发给您链接的政协办公室。',
    en: 'This link was used already or has run out. If you have answered, your answer has come in: thank you. To change it, ask the office that sent you the link.',
  });
}
