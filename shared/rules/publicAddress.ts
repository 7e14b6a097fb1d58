/** Whether an address or a host name can be one of the public internet: for addresses that a server elsewhere is to call, or that we call for one. */
import ipaddr from 'ipaddr.js';

/**
 * Names that lead nowhere or only inside a house: RFC 6761 and 6762 (localhost, test, invalid, local), RFC 8375 (home.arpa), RFC 7686 (onion),
 * RFC 9476 (alt), ICANN's `internal` of 2024, and what routers and offices use without asking.
 */
const innerNames = [
  'localhost',
  'local',
  'internal',
  'lan',
  'home.arpa',
  'home',
  'corp',
  'intranet',
  'private',
  'test',
];
const deadNames = ['invalid', 'onion', 'alt'];

/** `hostname` as the WHATWG parser writes it: lower case, IPv4 dotted, IPv6 compressed in brackets. */
export function isPublicHost(hostname: string): boolean {
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  if (ipaddr.isValid(address)) return isPublicAddress(address);
  // localhost and every other single label
  if (!address.includes('.')) return false;
  return ![...innerNames, ...deadNames].some((name) => address === name || address.endsWith(`.${name}`));
}

/** `address`: IPv4 or IPv6 without brackets. By the registries of special ranges that the library keeps; what cannot be parsed is not public. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // IPv4 inside IPv6 (::ffff:a.b.c.d) is judged as the IPv4 it reaches.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out [IANA]; ::a.b.c.d and the rest of the space reach nobody, or the wrong one.
  return parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}
