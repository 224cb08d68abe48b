// Mounted in a server that is already there: minqing is a fetch handler, the portal's own pages stay what they are.
import { readFileSync } from 'node:fs';
import { checkConfig, createDesk, memoryStore, methodScoring } from 'minqing';
import { createServer, portalIdentity, readSettings } from 'minqing/server';

const text = (name: string) => readFileSync(new URL(`../configs/${name}.json`, import.meta.url), 'utf8');
const { county, config } = checkConfig('huantai.json', text('huantai'), text);
if (!county || !config) throw new Error('the config has mistakes: run minqing check');

const directory = { organisations: [], people: [] };
const store = memoryStore();
const scoring = methodScoring(config, directory);
const desk = createDesk({ county, directory, store, scoring, newSalt: () => crypto.randomUUID() });
const now = () => new Date().toISOString();
const settings = readSettings(
  'settings.json',
  `{ "portals": [
    { "issuer": "https://portal.example", "audience": "minqing", "jwks": "https://portal.example/.well-known/jwks.json" }
  ] }`,
);
const minqing = createServer({
  counties: new Map([[county.id, { county, directory, store, desk }]]),
  // Another scheme than a portal's JWT: `{ identify: async (request) => ({ subject }) }`.
  identity: portalIdentity(() => settings, now),
  now,
  newId: () => crypto.randomUUID(),
});

/** The server that is already there. */
async function portal(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/counties/')) return minqing.fetch(request);
  return new Response('the portal’s own page');
}

for (const path of ['/', '/counties/huantai/reports']) {
  const response = await portal(new Request(`https://portal.example${path}`));
  console.log(`${path} ${response.status}`);
}
