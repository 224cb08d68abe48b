import { routeBodies, pathParts, type Parameter, type RouteBodies } from './openapi-bodies.ts';
import { schemas, see, string, words, type Schema } from './openapi-schemas.ts';
import { openApiPath, type Route } from './routes.ts';

const language: Parameter = {
  name: 'Accept-Language',
  in: 'header',
  description: 'The reader’s language: Chinese, or English where it begins with `en`',
  schema: { type: 'string', default: 'zh-CN' },
};
const headers: Readonly<Record<string, Schema>> = {
  ETag: { description: 'The thing’s version, for If-Match', schema: string },
  'Content-Disposition': { description: 'With the file’s name', schema: string },
  'Minqing-Config': { description: 'The version of the county’s config that answered', schema: string },
};

/** The OpenAPI 3.1 document of the routes that are really there. */
export function openApiOf(routes: Readonly<Record<string, Route>>) {
  const bodies: Readonly<Record<string, RouteBodies | undefined>> = routeBodies;
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const written = openApiPath(route.path);
    paths[written] = { ...paths[written], [route.method]: operationOf(name, route, bodies[name]) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Minqing', version: '1' },
    components: {
      securitySchemes: {
        portal: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        committee: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description: 'As standardwebhooks.com has it, by a secret that both services keep',
        },
      },
      schemas,
    },
    paths,
  };
}

function operationOf(
  name: string,
  { method, path, permission, summary }: Route,
  bodies: RouteBodies | undefined,
) {
  const problem = {
    description: 'RFC 9457',
    content: { 'application/problem+json': { schema: see('Problem') } },
  };
  const request = bodies?.request ?? (method === 'post' ? { schema: { type: 'object' } } : null);
  return {
    operationId: name,
    summary,
    parameters: [...partsOf(path), ...(bodies?.parameters ?? []), language],
    ...(permission === 'public'
      ? {}
      : { security: [permission === 'committee' ? { committee: [] } : { portal: [] }] }),
    ...(request === null
      ? {}
      : {
          requestBody: {
            ...(request.required ? { required: true } : {}),
            content: { [request.type ?? 'application/json']: { schema: request.schema } },
          },
        }),
    responses: { ...answerOf(path, bodies), '4XX': problem, '5XX': problem },
  };
}

function answerOf(path: string, bodies: RouteBodies | undefined) {
  if (!bodies) return { '2XX': { description: 'Done' } };
  const { status = 200, type = 'application/json', description = 'Done', schema } = bodies.answer;
  const given = [
    ...(bodies.answer.headers ?? []),
    ...(path.startsWith('/counties/') ? ['Minqing-Config'] : []),
  ];
  return {
    [status]: {
      description,
      ...(given.length > 0 ? { headers: Object.fromEntries(given.map((one) => [one, headers[one]])) } : {}),
      content: { [type]: { schema } },
    },
  };
}

/** The parts of a path, each with the words it can be where the route names them. */
function partsOf(path: string) {
  return [...path.matchAll(/:(\w+)(?:\{\(\?:([^)]*)\)\})?/g)].map(([, name = '', choices]) => ({
    name,
    in: 'path',
    required: true,
    schema: !choices
      ? (pathParts[name] ?? string)
      : choices.includes('[')
        ? { ...string, pattern: `^(?:${choices})$` }
        : words(choices.split('|')),
  }));
}
