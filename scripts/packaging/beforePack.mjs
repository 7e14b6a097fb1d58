/** Runs before a package is put together: one without its encoder, or with another machine's, would start, and then prepare nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { foreignNatives } from './nativeFiles.mjs';
import { writeCommandLineManifest, writeNotices } from './notices.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Both of one release (the packages' `binary-release-tag`). */
const programs = { ffmpeg: 'ffmpeg-static', ffprobe: '@derhuerst/ffprobe-static' };

/** The system the package is for decides the program's name; `RESTAGE_PACK_WITHOUT_FFMPEG=1` is for tests of the packing itself. */
export function encoderProblem({ platformName, env = process.env, folder = root }) {
  if (env.RESTAGE_PACK_WITHOUT_FFMPEG === '1') return null;
  const missing = Object.entries(programs).find(([tool, place]) => !existsSync(programIn(folder, place, tool)));
  if (missing === undefined) return null;
  const [tool, place] = missing;
  return `${place}'s program is missing (${programIn(folder, place, tool)}). Its download was refused at install: run "npm rebuild ${place}" where github.com can be reached, on the system that the package is for.`;

  function programIn(where, place, tool) {
    return path.join(where, 'node_modules', place, platformName === 'win32' ? `${tool}.exe` : tool);
  }
}

/** electron-builder's numbers for processors (builder-util, `Arch`). */
const arches = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];
/** What is shipped and runs or is loaded as it is. */
const libraryFolders = ['sharp', '@img'];

/** Nobody builds these programs for Windows on ARM: it runs those for x64, under emulation. Libraries it must have of its own. */
const programArch = (platformName, arch) => (platformName === 'win32' && arch === 'arm64' ? 'x64' : arch);

/** npm installs what the machine it runs on needs: a package for another system or processor would hold this one's. */
export function machineProblem({ platformName, arch, folder = root }) {
  const foreignIn = (names, wantedArch) =>
    foreignNatives(
      names.map((name) => path.join(folder, 'node_modules', name)),
      { platformName, arch: wantedArch },
    );
  const foreign = [
    ...foreignIn(libraryFolders, arch),
    ...foreignIn(Object.values(programs), programArch(platformName, arch)),
  ];
  if (foreign.length === 0) return null;
  const wanted = `${platformName} ${arch}`;
  return `A package for ${wanted} would hold programs of another machine:\n  ${foreign.join('\n  ')}\nBuild it on ${wanted}, or install for it first: npm ci --os=${platformName} --cpu=${arch}.`;
}

/** @public electron-builder calls it by the hook's name. */
export async function beforePack(context) {
  const platformName = context.electronPlatformName;
  const problem = encoderProblem({ platformName }) ?? machineProblem({ platformName, arch: arches[context.arch] });
  if (problem !== null) throw new Error(problem);
  const own = path.join(root, 'out', 'package');
  await writeNotices(own);
  writeCommandLineManifest(path.join(own, 'commandLine'));
}
