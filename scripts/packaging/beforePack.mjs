/** Runs before a package is put together: one without its encoder would start, and then prepare nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** The system the package is for decides the program's name; `RESTAGE_PACK_WITHOUT_FFMPEG=1` is for tests of the packing itself. */
export function encoderProblem({ platformName, env = process.env, folder = root }) {
  if (env.RESTAGE_PACK_WITHOUT_FFMPEG === '1') return null;
  const name = platformName === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const file = path.join(folder, 'node_modules', 'ffmpeg-static', name);
  return existsSync(file)
    ? null
    : `ffmpeg-static's program is missing (${file}). Its download was refused at install: run "npm rebuild ffmpeg-static" where github.com can be reached, on the system that the package is for.`;
}

/** @public electron-builder calls it by the hook's name. */
export function beforePack(context) {
  const problem = encoderProblem({ platformName: context.electronPlatformName });
  if (problem !== null) throw new Error(problem);
}
