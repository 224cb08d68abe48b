export { createServer, type ServerParts } from './app.ts';
export type { CountyHost } from './host.ts';
export { portalIdentity, unauthorized, type Identified, type Identity } from './identity.ts';
export { loadCounties } from './load.ts';
export { readSettings, type Portal, type Settings } from './settings.ts';
