import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Receiver } from './receivers.ts';

/** Where a message to the outside must not end up: this machine, its network, its cloud's own services. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
/** Of the newer addresses only those that are routed publicly, less those that carry an older one inside. */
const outside = new BlockList();
outside.addSubnet('2000::', 3, 'ipv6');
const carriers = new BlockList();
for (const [net, bits] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  carriers.addSubnet(net, bits, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What an office's own network uses; a cloud's address for its machines' secrets is not among them. */
const inner = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inner.addSubnet(net, bits, 'ipv4');
inner.addSubnet('fd00::', 8, 'ipv6');

export class ForbiddenAddress extends Error {
  readonly code = 'forbidden-address';
}

function allowed(address: string, { local, private: within }: Receiver): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (local) return loopback.check(address, family);
  if (loopback.check(address, family)) return false;
  if (within && inner.check(address, family)) return true;
  return family === 'ipv4'
    ? !inside.check(address, 'ipv4')
    : outside.check(address, 'ipv6') && !carriers.check(address, 'ipv6');
}

/** A name is looked up once, and what was found and judged is what is called: it cannot turn into another between. */
export function guardedLookup(receiver: Receiver, look: typeof resolve = resolve): LookupFunction {
  return (name, options, answer) => {
    look(name, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
      const first = found?.[0];
      if (error || !first) return answer(error ?? new ForbiddenAddress(name), '');
      if (!found.every(({ address }) => allowed(address, receiver)))
        return answer(new ForbiddenAddress(name), '');
      return options.all ? answer(null, found) : answer(null, first.address, first.family);
    });
  };
}

/** A plain address is not looked up, so it is judged here. */
export function judgeHost(url: URL, receiver: Receiver): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !allowed(host, receiver)) throw new ForbiddenAddress(host);
}
