/**
 * The line to the provider: through which proxy a request goes, and which certificates are believed on the way. Every request with the key and
 * every download of a result asks here, and nothing else does.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';
import { RestageError, toErrorData } from '../../shared/errors.ts';
import { keepSecret } from '../storage/redact.ts';
import { directSetting, isEverDirect, proxyOfEnvironment, proxyOfSystem, readStoredProxy } from './proxyRules.ts';

export interface Route {
  /** Null: straight to the address. */
  proxy: URL | null;
  /** Certificates to believe, PEM; undefined: those that come with the program. */
  authorities: string[] | undefined;
  /** For node:https; undefined for plain http, which is for loopback alone. */
  agent: https.Agent | undefined;
}

export interface Line {
  /** Throws RestageError settings reasons `line.proxy`, `line.authority` when what is set cannot be used: going past it would be wrong. */
  route(target: URL): Promise<Route>;
}

export interface LineOptions {
  settings: () => { proxyUrl: string; caFile: string };
  env: Readonly<Record<string, string | undefined>>;
  /** Chromium's answer for an address, 'PROXY host:port; DIRECT', which knows the system's settings and PAC; hosts without it have the environment. */
  systemProxy?: ((url: string) => Promise<string>) | undefined;
}

export const directLine: Line = {
  route: async (target) => ({ proxy: null, authorities: undefined, agent: agentFor(target, null, undefined) }),
};

export function createLine({ settings, env, systemProxy }: LineOptions): Line {
  async function proxyFor(target: URL): Promise<URL | null> {
    const { proxyUrl } = settings();
    if (proxyUrl === directSetting || isEverDirect(target)) return null;
    if (proxyUrl !== '') {
      const set = readStoredProxy(proxyUrl);
      if (set === null) throw unusable('proxy', proxyUrl.replace(/\/\/.*@/, '//…@'));
      return set;
    }
    // Who names a proxy in the environment of one program means that program; the system is asked where nobody did.
    return proxyOfEnvironment(target, env) ?? (systemProxy ? proxyOfSystem(await systemProxy(target.href)) : null);
  }

  return {
    async route(target) {
      const proxy = await proxyFor(target);
      if (proxy !== null && proxy.password !== '') keepSecret(decodeURIComponent(proxy.password));
      // Electron's fuses close NODE_EXTRA_CA_CERTS, which Node would read by itself: it means the same here everywhere.
      const file = settings().caFile || env.NODE_EXTRA_CA_CERTS?.trim() || '';
      const authorities = file === '' ? undefined : [...tls.rootCertificates, ...readAuthorities(file)];
      return { proxy, authorities, agent: agentFor(target, proxy, authorities) };
    },
  };
}

const unusable = (what: 'proxy' | 'authority', value: string, cause?: unknown): RestageError =>
  new RestageError('refused', {
    reasons: [{ field: what, rule: `line.${what}`, params: { value: value.slice(0, 300) } }],
    cause,
  });

/** Each certificate of a PEM file. Throws refused when it cannot be read or holds none. */
export function readAuthorities(file: string): string[] {
  try {
    const blocks =
      readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0) throw new Error('no certificate');
    return blocks.map((block) => new X509Certificate(block).toString());
  } catch (error) {
    throw unusable('authority', file, toErrorData(error));
  }
}

/** A connection of its own for each request: see transport.ts. */
function agentFor(target: URL, proxy: URL | null, authorities: string[] | undefined): https.Agent | undefined {
  if (target.protocol !== 'https:') return undefined;
  return new https.Agent({
    keepAlive: false,
    ...(authorities && { ca: authorities }),
    ...(proxy && { proxyEnv: { HTTPS_PROXY: proxy.href } }),
  });
}
