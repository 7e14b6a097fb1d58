/** Which proxy a request goes through, if any: what a person set, else the environment, else the system. Pure. */
import { isLoopbackHost } from '../evolink/origins.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The setting for "never a proxy", whatever the environment says. */
export const directSetting = 'direct';

/** 'http://user:password@proxy.studio:3128'; an http or https address of a host and nothing behind it. Null: it is none. */
export function readProxyUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isProxy = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  return isProxy && url.pathname === '/' && url.search === '' && url.hash === '' ? url : null;
}

/** What may be stored: the page reads the settings, and a password is none of its. */
export function readStoredProxy(text: string): URL | null {
  const url = readProxyUrl(text);
  return url !== null && url.username === '' && url.password === '' ? url : null;
}

/** For people: without the name and the password that may stand in it. */
export const shownProxy = ({ protocol, host }: URL): string => `${protocol}//${host}`;

/** Null: the environment names none for this address. Both spellings, the small one first, as curl and others have it. */
export function proxyOfEnvironment(target: URL, env: Env): URL | null {
  const read = (name: string) => (env[name.toLowerCase()] ?? env[name])?.trim() || null;
  const named = read(target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY');
  if (named === null || isExcepted(target, read('NO_PROXY') ?? '')) return null;
  return readProxyUrl(named.includes('://') ? named : `http://${named}`);
}

/** NO_PROXY: '*', hosts with or without a port, '.domain' and 'domain' for everything below. */
export function isExcepted(target: URL, list: string): boolean {
  const host = target.hostname.toLowerCase();
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const domain = name.replace(/^\*?\./, '');
      return (onlyPort === undefined || onlyPort === port) && (host === domain || host.endsWith(`.${domain}`));
    });
}

/** The first that we can speak to, of Chromium's list: 'PROXY a:3128; SOCKS5 b:1080; DIRECT'. Null: none. */
export function proxyOfSystem(list: string): URL | null {
  for (const entry of list.split(';').map((text) => text.trim())) {
    const [kind = '', host = ''] = entry.split(/\s+/);
    if (/^direct$/i.test(kind)) return null;
    if (/^(?:proxy|https?)$/i.test(kind)) return readProxyUrl(`${/^https$/i.test(kind) ? 'https' : 'http'}://${host}`);
  }
  return null;
}

/** Loopback is this machine: no proxy could reach it. */
export const isEverDirect = (target: URL): boolean => isLoopbackHost(target.hostname);
