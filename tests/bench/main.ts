import { readFileSync } from 'node:fs';
import { benchBrowser } from './browser.ts';
import { finish } from './measure.ts';
import { benchMemory } from './memory.ts';
import { benchRules } from './rules.ts';
import { benchProof, benchSteps } from './steps.ts';
import { benchStore } from './store.ts';
import { benchChange, benchMillion, benchYearEnd } from './year-end.ts';

const version = (name: string): string =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
const peers = [
  '@bpmn-io/form-js-viewer',
  'json-rules-engine',
  'json-logic-engine',
  'xstate',
  'better-sqlite3',
];
console.log(`node ${process.version}, ${peers.map((name) => `${name} ${version(name)}`).join(', ')}`);

// `npm run bench browser` or `npm run bench store` leaves the rest out.
const only = process.argv[2];
if (only === undefined) {
  // Steps first, then the million: neither has the memory of the other's records to carry about.
  await benchSteps();
  benchMillion();
  await benchRules();
  await benchYearEnd();
  benchChange();
  benchProof();
  await benchMemory();
}
if (only === undefined || only === 'store') await benchStore();
if (only === undefined || only === 'browser') await benchBrowser();
finish();
