/** Finds the Chrome-family browser for the app window, with the same finder that set-up and tests use. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const finderSchema = z.object({
  findBrowser: z.custom<(env: NodeJS.ProcessEnv) => unknown>((f) => typeof f === 'function'),
});

/** Absolute path, or null. The finder is loaded at run time: it knows its place in the checkout, which a bundle would not. */
export async function findBrowser(root: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const finder = pathToFileURL(path.join(root, 'scripts', 'findBrowser.mjs')).href;
  const { findBrowser: find } = finderSchema.parse(await import(/* @vite-ignore */ finder));
  const found = find(env);
  return typeof found === 'string' ? found : null;
}

/** Without a display a browser dies at once ("platform failed to initialize"). */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
