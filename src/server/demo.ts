import type { County } from '../county/county.ts';
import type { Directory, DirectoryOrganisation, DirectoryPerson } from '../model/record.ts';
import { say } from '../model/text.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const givenNames = [
  '建国',
  '秀英',
  '志强',
  '丽华',
  '海燕',
  '文斌',
  '晓东',
  '玉兰',
  '明辉',
  '春梅',
  '立新',
  '雪梅',
];

/** A directory to try a county out with: one person for each post, and authors in every sector. The same each time. */
export function demoDirectory(county: County): Directory {
  const organisations = [...county.organisations.values()];
  const people: DirectoryPerson[] = [];
  let count = 0;
  const add = (id: string, rest: Omit<DirectoryPerson, 'id' | 'name'>) => {
    const surname = surnames[count % surnames.length] ?? '';
    const given = givenNames[Math.floor(count / 3) % givenNames.length] ?? '';
    people.push({ id, name: `${surname}${given}`, ...rest });
    count += 1;
  };
  for (const post of county.posts.values())
    if (post.scope === 'county')
      add(`${county.id}-${post.id}`, { kind: 'cadre', posts: [{ post: post.id }] });
  const handles = handlersIn(county);
  const acting = postsActing(county);
  for (const place of organisations.filter(({ id }) => handles.has(id)))
    add(`${county.id}-${place.id}`, {
      organisation: place.id,
      posts: acting.map((post) => ({ post, organisation: place.id })),
    });
  const homes = organisations.filter(({ id }) => !handles.has(id));
  const kinds = [...county.authorKinds.keys()].filter((kind) => kind !== 'cadre');
  for (let index = 0; index < 60; index += 1) {
    const home = homes[index % Math.max(1, homes.length)];
    add(`${county.id}-author-${index + 1}`, {
      kind: kinds[index % Math.max(1, kinds.length)] ?? 'member',
      ...(home ? { organisation: home.id } : {}),
    });
  }
  return { organisations: organisationsOf(county), people };
}

/** Those that the county's config declares. */
export function organisationsOf(county: County): DirectoryOrganisation[] {
  return [...county.organisations.values()].map(({ id, name, kind, group }) => ({
    id,
    name: say(name, 'zh'),
    kind,
    ...(group === null ? {} : { group }),
  }));
}

/** Organisations that things can be assigned to. */
function handlersIn({ flows, forms }: County): Set<string> {
  const assigning = [...flows.values()].flatMap((flow) =>
    [...flow.stages.values()].flatMap(({ actions }) => actions.get('assign')?.form ?? []),
  );
  const leads = assigning.flatMap((form) => (forms.get(form) ?? []).filter(({ id }) => id === 'lead'));
  return new Set(leads.flatMap(({ options }) => options.map(({ id }) => id)));
}

/** Posts of an organisation by which somebody acts in some flow. */
function postsActing({ flows, posts }: County): string[] {
  const acting = new Set(
    [...flows.values()].flatMap((flow) =>
      [...flow.stages.values()].flatMap(({ actions }) => [...actions.values()].flatMap(({ by }) => by)),
    ),
  );
  return [...posts.values()]
    .filter(({ id, scope }) => scope === 'organisation' && acting.has(id))
    .map(({ id }) => id);
}
