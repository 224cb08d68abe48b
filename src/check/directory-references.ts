import type { CountyConfig } from '../county/config.generated.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { knownIn, twice, type Report } from './known.ts';
import type { Path } from './source.ts';

type Listed = NonNullable<CountyConfig['directory']>;

/** Ids given twice in a directory, and organisations, posts and kinds in it that are nowhere declared. */
export function checkDirectoryReferences(
  { organisations = [], people = [], links = [] }: Listed,
  config: Pick<CountyConfig, 'organisations' | 'posts' | 'authorKinds'>,
  at: Path,
  report: Report,
): void {
  const known = knownIn(report);
  const units = [...organisations, ...(config.organisations ?? [])].map(({ id }) => id);
  const unit = (path: Path, id: string | undefined) => {
    if (id !== undefined) known(path, id, units, 'unknown-organisation', '组织', 'organisation');
  };
  twice([...at, 'organisations'], organisations, report);
  twice([...at, 'people'], people, report);
  const everyone = [...people.map(({ id }) => id), ...units];
  const party = (path: Path, id: string) =>
    known(path, id, everyone, 'unknown-person', '人或组织', 'person or organisation');
  const contacts = (path: Path, list: readonly { to: string; name?: string | undefined }[]) =>
    list.forEach(({ to, name }, index) => {
      // Somebody who is not in the directory is called by a name.
      if (name === undefined) party([...path, 'links', index, 'to'], to);
    });
  links.forEach(({ from }, index) => party([...at, 'links', index, 'from'], from));
  contacts(at, links);
  organisations.forEach(({ parent, links: own = [] }, index) => {
    unit([...at, 'organisations', index, 'parent'], parent);
    contacts([...at, 'organisations', index], own);
  });
  people.forEach(
    ({ kind, organisation, posts = [], standIns = [], relations = [], links: own = [] }, index) => {
      const here: Path = [...at, 'people', index];
      unit([...here, 'organisation'], organisation);
      const kinds = (config.authorKinds ?? []).map(({ id }) => id);
      if (kind !== undefined && kinds.length > 0)
        known([...here, 'kind'], kind, kinds, 'unknown-kind', '反映人类别', 'kind of author');
      const names = people.map(({ id }) => id);
      standIns.forEach(({ person }, place) =>
        known([...here, 'standIns', place, 'person'], person, names, 'unknown-person', '人', 'person'),
      );
      relations.forEach(({ to }, place) => party([...here, 'relations', place, 'to'], to));
      contacts(here, own);
      posts.forEach((held, place) => {
        unit([...here, 'posts', place, 'organisation'], held.organisation);
        const ids = (config.posts ?? []).map(({ id }) => id);
        if (ids.length > 0)
          known([...here, 'posts', place, 'post'], held.post, ids, 'unknown-post', '职务', 'post');
      });
    },
  );
}

/**
 * The kind and group of an organisation may be any word; one that nothing else uses and that looks like a slip of the
 * pen for one that is declared is asked about.
 */
export function checkPlaces(config: CountyConfig, report: Report): void {
  const { method = {}, quotas = [] } = config;
  const declared = {
    group: (config.lists?.['groups'] ?? []).map(({ id }) => id),
    kind: [
      ...(config.lists?.['organisation-kinds'] ?? []).map(({ id }) => id),
      ...quotas.flatMap(({ who }) => who.organisationKinds ?? []),
      ...(method.units?.kinds ?? []),
      ...(method.units?.redirectKinds ?? []),
    ],
  };
  const words = { group: ['分组', 'group'], kind: ['类别', 'kind'] } as const;
  const look = (list: readonly { kind?: string; group?: string }[], at: Path) => {
    const having = { group: new Map<string, number>(), kind: new Map<string, number>() };
    for (const item of list)
      for (const key of ['group', 'kind'] as const) {
        const word = item[key] ?? '';
        having[key].set(word, (having[key].get(word) ?? 0) + 1);
      }
    list.forEach((item, index) => {
      for (const key of ['group', 'kind'] as const) {
        const word = item[key];
        if (word === undefined || declared[key].includes(word)) continue;
        // What several have is meant.
        if ((having[key].get(word) ?? 0) > 1) continue;
        const near = didYouMean(word, declared[key]);
        const [zh, en] = words[key];
        if (near !== null)
          report([...at, index, key], 'unknown-option', {
            zh: `没有“${word}”这个${zh}。是不是“${near}”?如确有此${zh},请在 lists 中写明。`,
            en: `There is no ${en} "${word}". Did you mean "${near}"? If it is meant, declare it in lists.`,
          });
      }
    });
  };
  look(config.organisations ?? [], ['organisations']);
  look(config.directory?.organisations ?? [], ['directory', 'organisations']);
}
