/** Looks for an ffmpeg and an ffprobe that really work: a version line proves nothing, one tiny real run does. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { findInPath, inRoot, say } from './paths.mjs';
import { profileDir } from './profileDir.mjs';
import { run } from './run.mjs';

const require = createRequire(inRoot('package.json'));
const runDeadlineMs = 20_000;

/** Reports the first working ffmpeg and ffprobe; a missing one is said with its way out and stops nothing. */
export async function reportTools() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-setup-'));
  try {
    const ffmpeg = await report('ffmpeg', ffmpegCandidates(), (file) => tryEncode(file, folder));
    await report('ffprobe', ffprobeCandidates(), (file) => tryProbe(file, folder, ffmpeg !== null));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `[where it comes from, path or null]` in the order of trust. */
export function ffmpegCandidates() {
  return [
    ['setting', readSetting('ffmpegPath')],
    ['ffmpeg-static', fromPackage('ffmpeg-static', (found) => found)],
    ['PATH', findInPath('ffmpeg')],
    ['@ffmpeg-installer', fromPackage('@ffmpeg-installer/ffmpeg', (found) => found.path)],
  ];
}

export function ffprobeCandidates() {
  return [
    ['setting', readSetting('ffprobePath')],
    ['@derhuerst/ffprobe-static', fromPackage('@derhuerst/ffprobe-static', (found) => found)],
    ['PATH', findInPath('ffprobe')],
    ['@ffprobe-installer', fromPackage('@ffprobe-installer/ffprobe', (found) => found.path)],
  ];
}

async function report(name, candidates, tryOut) {
  const refusals = [];
  for (const [source, file] of candidates) {
    if (!file) continue;
    const problem = existsSync(file) ? await tryOut(file) : 'the file is not there';
    if (problem === null) {
      const passedOver = refusals.length > 0 ? ` (passed over: ${refusals.join('; ')})` : '';
      say(`${name}: from ${source}, ${file}${passedOver}`);
      return file;
    }
    refusals.push(`${source}: ${problem}`);
  }
  const tried = refusals.length > 0 ? ` (${refusals.join('; ')})` : '';
  say(`${name}: none works${tried}; install ffmpeg or name it in Settings`);
  return null;
}

async function tryEncode(file, folder) {
  const sample = path.join(folder, 'sample.mp4');
  const input = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10:d=0.5', '-f', 'lavfi', '-i', 'sine=d=0.5'];
  const output = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', sample];
  const ended = await run(file, ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...input, ...output], {
    deadlineMs: runDeadlineMs,
  });
  return ended.failure === null && existsSync(sample) ? null : (ended.failure ?? 'it wrote nothing');
}

async function tryProbe(file, folder, hasSample) {
  const args = hasSample
    ? ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', path.join(folder, 'sample.mp4')]
    : ['-v', 'error', '-version'];
  const ended = await run(file, args, { deadlineMs: runDeadlineMs });
  if (ended.failure !== null) return ended.failure;
  return !hasSample || (ended.out.includes('h264') && ended.out.includes('aac')) ? null : 'it did not see the streams';
}

/** Packages that hold a binary: some throw strings, some name files that are not there, some forget the executable bit. */
function fromPackage(name, pick) {
  try {
    const file = pick(require(name));
    if (existsSync(file) && process.platform !== 'win32') chmodSync(file, 0o755);
    return file;
  } catch {
    return null;
  }
}

function readSetting(name) {
  try {
    const value = JSON.parse(readFileSync(path.join(profileDir(), 'settings.json'), 'utf8'))[name];
    return typeof value === 'string' && value !== '' ? value : null;
  } catch {
    return null;
  }
}
