// Given configs on its input, checks each by the built package, decides rules whose condition names a path, and tells
// what ran. A process of its own, so that code from strings can be forbidden in it.
import { readFileSync } from 'node:fs';
import { checkConfig, decide } from '../../dist/index.js';

const { configs, paths } = JSON.parse(readFileSync(0, 'utf8'));
const base = (name) => (name === 'base' ? readFileSync('configs/base.json', 'utf8') : null);
const told = { refused: 0, valid: 0, decided: 0, ran: 0, changed: 0, generates: false };
const looked = () => {
  if (process.env.HURT !== undefined) told.ran += 1;
  delete process.env.HURT;
  if (Object.hasOwn(Object.prototype, 'hurt') || {}.hurt !== undefined) told.changed += 1;
  delete Object.prototype.hurt;
};
for (const text of configs) {
  const { mistakes, county } = checkConfig('x.json', text, base);
  if (mistakes.length > 0 && mistakes.every(({ pointer }) => pointer.startsWith('#'))) told.refused += 1;
  else if (county) {
    told.valid += 1;
    await decide([...county.rules.values()], { level: 'county' });
  }
  looked();
}
// As if the check had let the path through.
for (const path of paths) {
  await decide([{ id: 'r', condition: { fact: 'level', operator: 'equal', value: 'county', path } }], {
    level: { hurt: 1 },
  });
  told.decided += 1;
  looked();
}
try {
  Function('process.env.HURT = "1"')();
  looked();
  told.ran -= 1;
  told.generates = true;
} catch {
  told.generates = false;
}
console.log(JSON.stringify(told));
