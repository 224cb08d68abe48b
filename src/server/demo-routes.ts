import type { Hono } from 'hono';
import { say } from '../model/text.ts';
import { languageOf, nothing } from './asking.ts';
import type { CountyHost } from './host.ts';
import type { DemoIdentity } from './identity.ts';
import { demoRoutes } from './routes.ts';

/** The people to try it as, and a token for any of them: only where the server runs with --demo. */
export function addDemoRoutes(
  app: Hono,
  demo: DemoIdentity,
  counties: ReadonlyMap<string, CountyHost>,
): void {
  app.get(demoRoutes.identities.path, (c) => {
    const language = languageOf(c);
    return c.json(
      [...counties.values()].flatMap(({ county, directory }) =>
        directory.people.map((person) => {
          const post = county.posts.get(person.posts?.[0]?.post ?? '');
          const kind = county.authorKinds.get(person.kind ?? '');
          return {
            county: county.id,
            countyName: say(county.name, language),
            id: person.id,
            name: person.name,
            post: post?.id ?? person.kind ?? '',
            postName: post ? say(post.name, language) : kind ? say(kind, language) : '',
          };
        }),
      ),
    );
  });
  app.post(demoRoutes.token.path, async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
    const known = [...counties.values()].some(({ directory }) =>
      directory.people.some((person) => person.id === id),
    );
    if (!known) throw nothing();
    return c.json({ token: await demo.sign(id) });
  });
}
