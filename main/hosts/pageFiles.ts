/** Serves the built page from its folder as web-standard responses, for every host that shows one. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { InterfaceScale } from '../../shared/rules/interfaceScale.ts';
import type { App } from '../hostTypes.ts';
import { securityHeaders } from './contentSecurityPolicy.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What the page's first picture depends on, so that it need not wait for a script to find out. */
export interface PageLook {
  theme: 'dark' | 'light' | 'system';
  interfaceScalePercent: InterfaceScale;
  /** The welcome is over: rail and status bar are there from the first picture on. */
  hasShell: boolean;
}

/** Null where the app does not say: then the page begins dark and finds out by itself. */
export async function lookOf({ call }: Pick<App, 'call'>): Promise<PageLook | null> {
  const answer = await call('settings.get', {});
  if (!answer.ok) return null;
  const { theme, interfaceScalePercent, isFirstRunDone } = answer.value;
  return { theme, interfaceScalePercent, hasShell: isFirstRunDone };
}

export interface PageFiles {
  /** `pathname` is what follows the page's own root: '' or 'index.html' is the page. Never leaves the folder. */
  respond(pathname: string): Promise<Response>;
}

export function createPageFiles(options: {
  folder: string;
  /** Scripts that run before the page's own module, by name: how a host without preload makes `window.restage`. */
  bridge?: { name: string; file: string };
  look: () => Promise<PageLook | null>;
}): PageFiles {
  const { bridge } = options;
  const folder = path.resolve(options.folder);
  const finish = async (html: string) => {
    const withLook = inLook(html, await options.look());
    return bridge ? withScript(withLook, bridge.name) : withLook;
  };
  return {
    async respond(pathname) {
      const name = pathname === '' ? 'index.html' : safeName(pathname);
      if (name === null) return plain(404, 'Not found');
      const isBridge = bridge !== undefined && name === bridge.name;
      const bytes = await readBytes(isBridge ? bridge.file : path.join(folder, name));
      const type = mimeTypes[path.extname(name).toLowerCase()];
      if (bytes === null || type === undefined) return plain(404, 'Not found');
      const body = name === 'index.html' ? await finish(Buffer.from(bytes).toString('utf8')) : bytes;
      return new Response(body, { headers: { ...securityHeaders, 'content-type': type, 'cache-control': 'no-cache' } });
    },
  };
}

export function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', ...headers },
  });
}

/** A relative path made of plain names, or null: no parent, no drive, no stream, no NUL, however it was encoded. */
function safeName(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null; // '%' without two digits
  }
  const parts = decoded.split('/');
  const isPlain = parts.every((part) => /^[\w@.-]+$/.test(part) && part !== '.' && part !== '..');
  return isPlain ? parts.join(path.sep) : null;
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await fs.readFile(file));
  } catch {
    return null; // not there or a folder: the same answer for who asks
  }
}

function inLook(html: string, look: PageLook | null): string {
  if (!look) return html;
  const scheme = look.theme === 'light' ? 'light' : 'dark';
  const marks = [
    `data-mantine-color-scheme="${scheme}"`,
    `data-scale="${look.interfaceScalePercent}"`,
    ...(look.theme === 'system' ? ['data-follows-system'] : []),
    ...(look.hasShell ? ['data-shell'] : []),
  ];
  return html.replace(/data-mantine-color-scheme="dark"/, marks.join(' '));
}

/** Deferred: it runs before the page's module, which is so too, and keeps nothing from being painted. */
function withScript(html: string, script: string): string {
  const tag = `<script src="${script}" defer></script>`;
  const at = html.indexOf('<script');
  return at < 0 ? `${html}${tag}` : `${html.slice(0, at)}${tag}${html.slice(at)}`;
}
