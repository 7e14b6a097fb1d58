/** Runs before a package is put together: one without its encoder, or with another machine's, would start, and then prepare nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { foreignNatives } from './nativeFiles.mjs';

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

/** electron-builder's numbers for processors (builder-util, `Arch`). */
const arches = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];
/** What is shipped and runs or is loaded as it is. */
const nativeFolders = ['sharp', '@img', 'ffmpeg-static', '@ffprobe-installer'];

/** npm installs what the machine it runs on needs: a package for another system or processor would hold this one's. */
export function machineProblem({ platformName, arch, folder = root }) {
  const folders = nativeFolders.map((name) => path.join(folder, 'node_modules', name));
  const foreign = foreignNatives(folders, { platformName, arch });
  if (foreign.length === 0) return null;
  const wanted = `${platformName} ${arch}`;
  return `A package for ${wanted} would hold programs of another machine:\n  ${foreign.join('\n  ')}\nBuild it on ${wanted}, or install for it first: npm ci --os=${platformName} --cpu=${arch}.`;
}

/** @public electron-builder calls it by the hook's name. */
export function beforePack(context) {
  const platformName = context.electronPlatformName;
  const problem = encoderProblem({ platformName }) ?? machineProblem({ platformName, arch: arches[context.arch] });
  if (problem !== null) throw new Error(problem);
}
