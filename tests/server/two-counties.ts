import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { createServer, type ServerParts } from '../../src/server/app.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';

/** A server of two counties in one store, on a day that stands still. */
export async function twoCounties() {
  const demo = await demoIdentity();
  let salts = 0;
  let looks = 0;
  // Counts how often the store is asked anything.
  const store = new Proxy(memoryStore(), {
    get(target, name, receiver) {
      looks += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const hosts = ['huantai', 'ningshan'].map((name) => {
    const { county, config } = countyOf(name);
    const directory = demoDirectory(county);
    const scoring = methodScoring(config, directory);
    const newSalt = () => `salt-${(salts += 1)}`;
    return { county, directory, store, desk: createDesk({ county, directory, store, scoring, newSalt }) };
  });
  const parts: ServerParts = {
    counties: new Map(hosts.map((host) => [host.county.id, host])),
    identity: demo,
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => `file-${(salts += 1)}`,
    demo,
  };
  return { demo, parts, server: createServer(parts), looked: () => looks };
}
