import type { County } from '../county/county.ts';
import type { Directory, DirectoryPerson } from '../model/record.ts';
import type { Text } from '../model/text.ts';
import { relations, type Relation, type Thing } from '../model/thing.ts';
import { fieldsOfKind } from './view.ts';

export const relationWords: Readonly<Record<Relation, Text>> = {
  'same-organisation': { zh: '与反映人同一组织', en: 'of the same organisation as an author' },
  'sending-unit': { zh: '属报送单位', en: 'of the unit that sent it' },
  'department-concerned': { zh: '属涉及的部门', en: 'of a department concerned' },
  declared: { zh: '申报过利害关系', en: 'a declared relation' },
};

/** A county that knows its people: who has which relation to a thing. */
export function withPeople(
  county: County,
  { people }: Directory,
  present: (span: { from?: string; to?: string }) => boolean,
): County {
  const byId = new Map(people.map((person) => [person.id, person]));
  const unitsOf = (person: DirectoryPerson | undefined): string[] =>
    [
      person?.organisation,
      ...(person?.posts ?? []).filter(present).map(({ organisation }) => organisation),
    ].filter((unit) => unit !== undefined);

  function relationsTo(id: string, thing: Thing): Relation[] {
    const person = byId.get(id);
    const own = new Set(unitsOf(person));
    const authors = thing.authors.map((author) => author.person);
    const theirs = authors.flatMap((author) => unitsOf(byId.get(author)));
    const concerned = departmentsOf(county, thing);
    const declared = new Set((person?.relations ?? []).map(({ to }) => to));
    const declaredBy = (author: string) =>
      (byId.get(author)?.relations ?? []).some(({ to }) => to === id || own.has(to));
    const holds: Record<Relation, boolean> = {
      'same-organisation': theirs.some((unit) => own.has(unit)),
      'sending-unit': thing.unit !== null && own.has(thing.unit),
      'department-concerned': concerned.some((unit) => own.has(unit)),
      // Whichever of the two declared it.
      declared:
        [...authors, ...theirs, ...(thing.unit === null ? [] : [thing.unit]), ...concerned].some((one) =>
          declared.has(one),
        ) || authors.some(declaredBy),
    };
    return relations.filter((relation) => holds[relation]);
  }
  return { ...county, relationsTo };
}

/** The organisations that handle a thing, were asked about it, or are named in its forms. */
function departmentsOf(county: County, thing: Thing): string[] {
  const named = [...fieldsOfKind(county, thing.kind).values()].flatMap(({ id, options }) => {
    const value = thing.fields[id];
    const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
    return options.length > 0 ? chosen.filter((one) => county.organisations.has(one)) : [];
  });
  return [...thing.handlers, ...named];
}
