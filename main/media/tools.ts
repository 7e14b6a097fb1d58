/** Finds ffmpeg and ffprobe: setting, package, PATH, fallback package, both tools alike; each is believed after one tiny real run. */
import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import type { Logger, ToolFeatures, ToolInfo } from '../services.ts';
import { runText } from './ffmpeg.ts';
import { remembered } from './toolMemory.ts';

export type Features = ToolFeatures;

export interface Encoder extends ToolInfo {
  features: Features;
}

export interface ToolOptions {
  ffmpegPath?: (() => string) | undefined;
  ffprobePath?: (() => string) | undefined;
  env: Readonly<Record<string, string | undefined>>;
  logger: Logger;
  /** In place of the program in a package of the app's own. */
  shipped?: (tool: ToolName) => string | null;
}

export interface Tools {
  /** Throws RestageError toolMissing. */
  ffmpeg(): Promise<Encoder>;
  ffprobe(): Promise<ToolInfo>;
  both(): Promise<{ ffmpeg: ToolInfo | null; ffprobe: ToolInfo | null }>;
}

type ToolName = 'ffmpeg' | 'ffprobe';
type Source = ToolInfo['source'];

const PROBE_DEADLINE_MS = 20_000;
// Resolved at run time by name: the packages carry executables and must never be bundled.
const requireAtRunTime = createRequire(import.meta.url);

/** Inside a packaged program the packages lie in an archive, their executables beside it. */
function outsideArchive(path: string): string {
  return path.replace(/app\.asar([\\/])/, 'app.asar.unpacked$1');
}

/** The path inside a package that may be missing; the installer packages throw strings when they do not know the system. */
function packagedPath(name: string): string | null {
  try {
    const found: unknown = requireAtRunTime(name);
    const path = typeof found === 'object' && found !== null && 'path' in found ? found.path : found;
    return typeof path === 'string' ? outsideArchive(path) : null;
  } catch {
    return null;
  }
}

/** Both of one release, so that what one writes the other reads. */
const staticPackages: Readonly<Record<ToolName, string>> = {
  ffmpeg: 'ffmpeg-static',
  ffprobe: '@derhuerst/ffprobe-static',
};

/** Windows on ARM: the packages know no program for it, and the one for x64 that is shipped there runs under emulation. */
function shippedPath(tool: ToolName): string | null {
  const name = staticPackages[tool];
  const named = packagedPath(name);
  if (named !== null || process.platform !== 'win32') return named;
  try {
    return outsideArchive(join(dirname(requireAtRunTime.resolve(`${name}/package.json`)), `${tool}.exe`));
  } catch {
    return null;
  }
}

function onPath(tool: ToolName, env: ToolOptions['env']): string | null {
  const file = process.platform === 'win32' ? `${tool}.exe` : tool;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path)) ?? null;
}

function* candidates(tool: ToolName, options: ToolOptions): Generator<{ source: Source; path: string }> {
  const setting = (tool === 'ffmpeg' ? options.ffmpegPath?.() : options.ffprobePath?.()) ?? '';
  if (setting !== '') yield { source: 'setting', path: setting };
  const shipped = (options.shipped ?? shippedPath)(tool);
  if (shipped) yield { source: 'ffmpeg-static', path: shipped };
  const system = onPath(tool, options.env);
  if (system) yield { source: 'PATH', path: system };
  const fallback = packagedPath(tool === 'ffmpeg' ? '@ffmpeg-installer/ffmpeg' : '@ffprobe-installer/ffprobe');
  if (fallback) yield { source: 'installer', path: fallback };
}

/**
 * A package whose install script was not allowed to run leaves its executable without the right to be run. Only for what came
 * with Restage: a file that a setting or PATH names keeps the mode its owner gave it.
 */
function ensureExecutable(path: string, source: Source): void {
  if (process.platform === 'win32' || (source !== 'ffmpeg-static' && source !== 'installer')) return;
  try {
    accessSync(path, constants.X_OK);
  } catch {
    try {
      chmodSync(path, 0o755);
    } catch {
      // Not ours to change: the tiny run will tell.
    }
  }
}

async function readVersion(path: string): Promise<string> {
  const { stdout } = await runText({ command: path, args: ['-version'], deadlineMs: PROBE_DEADLINE_MS });
  return /^ff(?:mpeg|probe) version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}

async function encodeTiny(ffmpeg: string, output: string): Promise<boolean> {
  const input = ['-f', 'lavfi', '-i', 'color=c=gray:s=64x64:r=10:d=0.3', '-f', 'lavfi', '-i', 'sine=d=0.3'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'];
  const args = ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...input, ...codecs, '-f', 'mp4', output];
  return (await runText({ command: ffmpeg, args, deadlineMs: PROBE_DEADLINE_MS })).exitCode === 0;
}

async function works(tool: ToolName, path: string, encoder: string | null): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'restage-tool-'));
  try {
    const sample = join(folder, 'tiny.mp4');
    if (tool === 'ffmpeg') return await encodeTiny(path, sample);
    if (!encoder || !(await encodeTiny(encoder, sample))) return false;
    const args = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'json', `file:${sample}`];
    const { stdout } = await runText({ command: path, args, deadlineMs: PROBE_DEADLINE_MS });
    return stdout.includes('"h264"') && stdout.includes('"aac"');
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFeatures(path: string): Promise<Features> {
  const ask = async (...args: string[]) =>
    (await runText({ command: path, args: ['-hide_banner', ...args], deadlineMs: PROBE_DEADLINE_MS })).stdout;
  const [filters, help] = await Promise.all([ask('-filters'), ask('-h', 'long')]);
  const hasFilter = (name: string) => new RegExp(`^ \\S+ +${name} `, 'm').test(filters);
  return {
    hasFpsMode: /^-fps_mode/m.test(help),
    hasZscale: hasFilter('zscale'),
    hasTonemap: hasFilter('tonemap'),
    hasBwdif: hasFilter('bwdif'),
  };
}

export function createTools(options: ToolOptions): Tools {
  const { env } = options;
  // One answer per setting: a changed setting is looked up anew, a failed look-up too.
  const found = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const running = found.get(key) as Promise<T> | undefined;
    if (running) return running;
    const started = make();
    found.set(key, started);
    started.catch(() => found.delete(key));
    return started;
  };

  const lookUp = async (tool: ToolName, encoder: string | null): Promise<ToolInfo> => {
    const tried: string[] = [];
    for (const { source, path } of candidates(tool, options)) {
      tried.push(`${source}: ${path}`);
      if (!existsSync(path)) continue;
      ensureExecutable(path, source);
      const files = encoder === null ? [path] : [path, encoder];
      if (!(await remembered(env, { what: 'works', files }, () => works(tool, path, encoder)))) {
        options.logger.warn('media.toolRejected', { tool, source, path });
        continue;
      }
      const version = await remembered(env, { what: 'version', files: [path] }, () => readVersion(path));
      options.logger.info('media.toolFound', { tool, source, path, version });
      return { path, source, version };
    }
    throw new RestageError('toolMissing', { detail: `${tool} (${tried.join(', ') || 'nowhere to look'})` });
  };

  const ffmpeg = () =>
    once(`ffmpeg ${options.ffmpegPath?.() ?? ''}`, async () => {
      const tool = await lookUp('ffmpeg', null);
      const about = { what: 'features', files: [tool.path] };
      return { ...tool, features: await remembered(env, about, () => readFeatures(tool.path)) };
    });
  const ffprobe = () =>
    once(`ffprobe ${options.ffprobePath?.() ?? ''}`, async () => lookUp('ffprobe', (await ffmpeg()).path));

  return {
    ffmpeg,
    ffprobe,
    both: async () => {
      const orNull = <T>(promise: Promise<T>) => promise.catch(() => null);
      const encoder = await orNull(ffmpeg());
      const info = encoder && { path: encoder.path, source: encoder.source, version: encoder.version };
      return { ffmpeg: info, ffprobe: await orNull(ffprobe()) };
    },
  };
}
