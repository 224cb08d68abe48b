import { readFileSync } from 'node:fs';
import { finish } from './measure.ts';
import { benchMemory } from './memory.ts';
import { benchRules } from './rules.ts';
import { benchProof, benchSteps } from './steps.ts';
import { benchChange, benchMillion, benchYearEnd } from './year-end.ts';

const version = (name: string): string =>
  JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
const peers = ['json-rules-engine', 'json-logic-engine', 'xstate', 'better-sqlite3'];
console.log(`node ${process.version}, ${peers.map((name) => `${name} ${version(name)}`).join(', ')}`);

// The million first: its memory is the process's own then.
benchMillion();
await benchRules();
await benchYearEnd();
benchChange();
await benchSteps();
benchProof();
await benchMemory();
finish();
