/** Whether Chromium's sandbox can start on this Linux: where it cannot, Electron ends with SIGTRAP before it says a word [electron#42510]. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { lastLine, run } from './run.mjs';

/**
 * Why not, in words, or null. `program`: Electron's. The sandbox needs user namespaces, which Ubuntu 23.10 and later keep from programs without a
 * profile of their own, or a helper that belongs to root, which no download can bring. As root it is not used at all.
 */
export async function sandboxProblem(
  program,
  { platform = process.platform, uid = process.getuid?.(), env = process.env } = {},
) {
  if (platform !== 'linux' || uid === 0 || hasOwnHelper(program)) return null;
  const ended = await run('unshare', ['-Ur', 'true'], { deadlineMs: 5_000, env });
  // Without the tool nothing can be told, and Electron may try.
  if (ended.failure === null || ended.code === null) return null;
  const why = lastLine(ended.out);
  return `this system keeps user namespaces from it, so its sandbox cannot start${why ? ` (${why})` : ''}; to allow them: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`;
}

function hasOwnHelper(program) {
  const helper = statSync(path.join(path.dirname(program), 'chrome-sandbox'), { throwIfNoEntry: false });
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0;
}
