/** Where a result may be fetched from: a public address of the internet, checked before the connection is made and again at every redirect. */
import { lookup } from 'node:dns/promises';
import net, { BlockList } from 'node:net';
import { isLoopbackHost } from './origins.ts';

/** An attack that it stops: an answer that names the router, a service of this machine, or a name that points there at the second look. */
export interface PinnedAddress {
  address: string;
  family: 4 | 6;
}

export type Resolve = (hostname: string) => Promise<PinnedAddress[]>;

export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

/** IANA's special-purpose registries, 2025-10: https://www.iana.org/assignments/iana-ipv4-special-registry and …-ipv6-special-registry. */
const notPublic4 = blockList('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
]);
/** Of what the internet hands out, 2000::/3: documentation, tunnels whose other end is an IPv4 address, protocol assignments. */
const notPublic6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
const global6 = blockList('ipv6', ['2000::/3']);
/** An IPv4 address in other clothes: its last four bytes count. */
const mapped6 = blockList('ipv6', ['::ffff:0:0/96', '64:ff9b::/96']);

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Whether everybody on the internet would reach the same machine there. */
export function isPublicAddress({ address, family }: PinnedAddress): boolean {
  if (family === 4) return net.isIPv4(address) && !notPublic4.check(address, 'ipv4');
  if (!net.isIPv6(address)) return false;
  if (mapped6.check(address, 'ipv6')) return isPublicAddress({ address: lastFourBytes(address), family: 4 });
  return global6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

/** `::ffff:7f00:1` and `::ffff:127.0.0.1` alike: the URL parser writes every form in one. */
function lastFourBytes(address: string): string {
  const groups = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * The addresses that a connection to this host may use. Null: it must not be talked to. Where loopback is allowed (the account itself lives
 * there) it may be named; every other address has to be public in each of its resolutions, so that which one is taken does not matter.
 */
export async function addressesFor(
  url: URL,
  options: { allowsLoopback: boolean; resolve: Resolve },
): Promise<PinnedAddress[] | null> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLiteral = net.isIP(host) !== 0;
  const found: PinnedAddress[] = isLiteral
    ? [{ address: host, family: net.isIPv6(host) ? 6 : 4 }]
    : await options.resolve(host);
  if (found.length === 0) return null;
  if (isLoopbackHost(url.hostname)) return options.allowsLoopback ? found : null;
  return found.every(isPublicAddress) ? found : null;
}

/**
 * For a connection that a proxy makes. Numbers are judged as ever. A name that we can look up must lead to public addresses alone; one that we cannot
 * (in many studios only the proxy knows the names of the internet) is the proxy's to judge: it sees the studio's network as the studio lets it. What holds
 * in any case: the link is https, and whoever answers must have a certificate for that name from an authority that this machine believes, which no
 * router and no service inside has for a name of the internet.
 */
export async function isUnfitForProxy(url: URL, resolve: Resolve): Promise<boolean> {
  if (url.protocol !== 'https:') return true;
  try {
    return (await addressesFor(url, { allowsLoopback: false, resolve })) === null;
  } catch {
    return false;
  }
}
