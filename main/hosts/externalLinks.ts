/** Which links may leave the app for the system's browser. Stops a page (or a server's answer) from opening files, programs or strange sites. */

/** https to EvoLink's own site, nothing else. */
export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isEvolink = hostname === 'evolink.ai' || hostname.endsWith('.evolink.ai');
  return protocol === 'https:' && isEvolink && username === '' && password === '';
}
