export { createServer, type ServerParts } from './app.ts';
export type { CountyHost } from './host.ts';
export { portalIdentity, type Identity } from './identity.ts';
export { loadCounties } from './load.ts';
export { isGenuine } from './webhook.ts';
