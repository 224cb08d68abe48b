export { createServer, type ServerParts } from './app.ts';
export type { CountyHost } from './host.ts';
export { portalIdentity, unauthorized, type Identified, type Identity } from './identity.ts';
export { loadCounties } from './load.ts';
export { clamdScan, type Scan } from './clamd.ts';
export { isGenuine } from './webhook.ts';
export { filesBeside, type FileBytes } from '../store/file-bytes.ts';
export { folderOfFiles } from '../store/file-folder.ts';
export { readSettings, type Portal, type Settings } from './settings.ts';
