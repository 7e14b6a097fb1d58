/**
 * Which links may leave the app for the system's browser. Stops a page (or a server's answer) from opening files, programs or
 * strange sites, and texts that our parser reads as one site and the system's as another.
 */

const site = 'evolink.ai';

/** https to EvoLink's own site, nothing else, spelled as a parser spells it: a backslash, a blank or a tab says two things. */
export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, port, href } = new URL(url);
  const isEvolink = hostname === site || hostname.endsWith(`.${site}`);
  const isPlain = href === url || href === `${url}/`;
  return isPlain && protocol === 'https:' && isEvolink && `${username}${password}${port}` === '';
}
