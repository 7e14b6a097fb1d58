/** File paths of any system as the URLs that editing programs read, and back. Pure. */

/** Final Cut and OTIO write `file:///…`; Final Cut Pro 7 XML names the host. */
export type UrlStyle = 'plain' | 'localhost';

const DRIVE = /^[A-Za-z]:[\\/]/;
/** A server's share as Windows writes it: two backslashes, then two names. */
const SHARE = /^\\\\(?![?.]\\)[^\\/]+[\\/]/;
/** Windows' own prefixes for long paths. */
const LONG_SHARE = /^\\\\\?\\UNC\\/i;
const LONG_DRIVE = /^\\\\\?\\(?=[A-Za-z]:)/;

/** `C:\clips\a b.mp4` → `file:///C:/clips/a%20b.mp4`; every byte of UTF-8 beyond what a URL may hold is percent-encoded. */
export function fileUrl(path: string, style: UrlStyle = 'plain'): string {
  const plain = path.toWellFormed().replace(LONG_SHARE, '\\\\').replace(LONG_DRIVE, '');
  const host = style === 'localhost' ? 'localhost' : '';
  if (DRIVE.test(plain)) {
    const [drive = '', ...names] = plain.split(/[\\/]/);
    return `file://${host}/${[drive, ...names.map(encoded)].join('/')}`;
  }
  if (SHARE.test(plain)) {
    const [server = '', ...names] = plain.slice(2).split(/[\\/]/);
    const rest = names.map(encoded).join('/');
    // Premiere writes shares behind an empty name; elsewhere the server is the URL's own host.
    return style === 'localhost' ? `file://localhost//${encoded(server)}/${rest}` : `file://${encoded(server)}/${rest}`;
  }
  return `file://${host}${plain.split('/').map(encoded).join('/')}`;
}

/** Parentheses and the like are legal in a URL, but not every reader knows. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The path that a URL of any program's making names; what is no URL is a path already. */
export function pathOfUrl(url: string): string {
  const match = /^file:\/\/([^/]*)(\/.*)$/is.exec(url.trim());
  if (!match) return url;
  const [host = '', rest = ''] = [match[1], decoded(match[2] ?? '')];
  if (/^\/[A-Za-z]:(?=[\\/])/.test(rest)) return rest.slice(1).replaceAll('/', '\\');
  if (host !== '' && host.toLowerCase() !== 'localhost') return `\\\\${decoded(host)}${rest.replaceAll('/', '\\')}`;
  return rest.startsWith('//') ? rest.replaceAll('/', '\\') : rest;
}

/** A stray percent sign is part of the name: some programs encode nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The last name of a path of either kind. */
export const baseName = (path: string): string =>
  path.split(DRIVE.test(path) || path.startsWith('\\\\') ? /[\\/]/ : '/').at(-1) ?? path;

export const withoutExtension = (name: string): string => name.replace(/(?<=.)\.[^.]{1,5}$/, '');
