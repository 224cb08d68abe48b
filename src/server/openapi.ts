import { openApiPath, type Route } from './routes.ts';

/** The OpenAPI 3.1 document of the routes that are really there. */
export function openApiOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path, permission, summary } of routes) {
    const written = openApiPath(path);
    const parameters = [...written.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const problem = {
      description: 'RFC 9457',
      content: { 'application/problem+json': { schema: { type: 'object' } } },
    };
    paths[written] = {
      ...paths[written],
      [method]: {
        summary,
        parameters,
        ...(permission === 'public' ? {} : { security: [{ portal: [] }] }),
        ...(method === 'post'
          ? { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }
          : {}),
        responses: { '2XX': { description: 'Done' }, '4XX': problem, '5XX': problem },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Minqing', version: '1' },
    components: { securitySchemes: { portal: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  };
}
