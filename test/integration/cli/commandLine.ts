/** Runs the built command line as a person's shell would: real process, real profile, its sandbox beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RefusalReason } from '../../../main/hosts/cli/refusal.ts';
import { readPort, readSecrets } from '../../../main/sandbox/place.ts';
import { draw } from '../../fixtures/drawn.ts';
import { run } from '../../fixtures/media.ts';
import { toolPaths } from '../sandbox/harness.ts';
import { runLineHere } from './lineHere.ts';

/** `npm test` builds it first; another one may be named to try a packaged program. */
const entry = process.env.RESTAGE_TEST_CLI ?? path.resolve(import.meta.dirname, '../../../out/node/cli.js');

export interface Answer {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The rows that scripts read. */
export interface JobRow {
  id: string;
  order: string;
  state: string;
  waitingFor: string | null;
  account: string;
  prepared: { sha256: string } | null;
  uploads: { video: string | null; image: string | null };
  file: string | null;
  sidecar: string | null;
  taskId: string | null;
}

export interface Shell {
  folder: string;
  profileDir: string;
  libraryDir: string;
  path(name: string): string;
  start(args: readonly string[], options?: StartOptions): Running;
  run(args: readonly string[], options?: StartOptions): Promise<Answer>;
  /** Runs with `--json` and reads the one document. */
  json(args: readonly string[], options?: StartOptions): Promise<{ code: number | null; document: JsonDocument }>;
  ledger(): LedgerEvent[];
  sandboxPlace(): { origin: string; key: string };
  remove(): Promise<void>;
}

export interface StartOptions {
  env?: Readonly<Record<string, string>>;
  uid?: number;
  cwd?: string;
  /** Without the profile and library of this shell. */
  isBare?: boolean;
  /** As a process of its own, also in a shell whose lines run here. */
  asProgram?: boolean;
  /** Nobody reads stdout. */
  isUnread?: boolean;
  /** Open descriptors in place of the pipes. */
  stdout?: number;
  stderr?: number;
}

export interface Running {
  child: ChildProcess;
  /** Resolves when stderr has said it; rejects when the process ends before. */
  said(pattern: RegExp): Promise<void>;
  ended: Promise<Answer>;
}

export interface JsonDocument {
  jobs: JobRow[];
  error: { code: string; message: string; reasons: RefusalReason[] };
  [key: string]: unknown;
}

export interface LedgerEvent {
  kind: string;
  task?: { taskId: string; order: { kind: string; keepSound: boolean } };
  outcome?: { taskId: string; status: string; charged: string };
  file?: { fileId: string; mimeType: string };
}

/** `isHere`: lines run in this process wherever that shows the same (`run` and `json`, as this user, with pipes that are read). */
export async function openShell({ isHere = false } = {}): Promise<Shell> {
  if (!existsSync(entry)) throw new Error(`${entry} is missing: npm test builds it first`);
  const folder = await mkdtemp(path.join(tmpdir(), 'restage-cli-'));
  const profileDir = path.join(folder, 'profile');
  const libraryDir = path.join(folder, 'library');
  const children = new Set<ChildProcess>();

  const start: Shell['start'] = (args, options = {}) => {
    const places = options.isBare ? [] : ['--profile', profileDir, '--library', libraryDir];
    const child = spawn(process.execPath, [entry, ...args, ...places], {
      cwd: options.cwd ?? folder,
      env: { ...cleanEnv(), ...options.env },
      stdio: ['ignore', options.stdout ?? 'pipe', options.stderr ?? 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    children.add(child);
    return follow(child, options.isUnread === true);
  };
  const runToEnd: Shell['run'] = (args, options = {}) => {
    // A packaged program is tried as the program that it is.
    const asProgram = options.asProgram === true || options.uid !== undefined || process.env.RESTAGE_TEST_CLI;
    if (!isHere || asProgram) return start(args, options).ended;
    const places = options.isBare ? [] : ['--profile', profileDir, '--library', libraryDir];
    const env = { ...cleanEnv(), ...options.env };
    return runLineHere([...args, ...places], { cwd: options.cwd ?? folder, env, entry });
  };
  const sandboxDir = path.join(profileDir, 'sandbox');

  return {
    folder,
    profileDir,
    libraryDir,
    path: (name) => path.join(folder, name),
    start,
    run: runToEnd,
    async json(args, options) {
      const answer = await runToEnd([...args, '--json'], options);
      const document: unknown = JSON.parse(answer.stdout);
      return { code: answer.code, document: document as JsonDocument };
    },
    ledger: () =>
      readFileSync(path.join(sandboxDir, 'ledger.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LedgerEvent),
    sandboxPlace: () => ({
      origin: `http://127.0.0.1:${readPort(sandboxDir)?.port ?? 0}`,
      key: readSecrets(sandboxDir).key,
    }),
    async remove() {
      for (const child of children) child.kill('SIGKILL');
      if (existsSync(sandboxDir)) await stopSandbox(sandboxDir);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** It would leave by itself; a test that is over does not leave it behind. */
async function stopSandbox(dir: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${readPort(dir)?.port ?? 0}`).catch(() => null);
  const hello: unknown = answer?.ok ? await answer.json() : null;
  if (typeof hello === 'object' && hello !== null && 'pid' in hello) process.kill(Number(hello.pid), 'SIGTERM');
}

/** Nothing of the machine's own: no key, no other provider, one language, quick watching and rendering. */
function cleanEnv(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: tmpdir(),
    LANG: 'C.UTF-8',
    RESTAGE_WATCH_INTERVAL_MS: '100',
    RESTAGE_SANDBOX_TASK_SECONDS: '0.3',
    RESTAGE_SANDBOX_IDLE_MS: '30000',
    RESTAGE_SANDBOX_FAULTS: '1',
    RESTAGE_SANDBOX_MEMORY: process.env.RESTAGE_SANDBOX_MEMORY ?? '',
    RESTAGE_TOOLS_MEMORY: process.env.RESTAGE_TOOLS_MEMORY ?? '',
    // The same program is started hundreds of times.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
  };
}

function follow(child: ChildProcess, isUnread: boolean): Running {
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  if (!isUnread)
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Answer>((resolve, reject) => {
    child.on('error', reject);
    // What nobody reads never closes.
    child.on(isUnread ? 'exit' : 'close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
      for (const listener of listeners) listener();
    });
  });
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const isEnded = child.exitCode !== null || child.signalCode !== null;
        if (!pattern.test(stderr) && !isEnded) return;
        listeners.delete(look);
        if (pattern.test(stderr)) resolve();
        else reject(new Error(`ended without saying ${pattern}: ${stderr}`));
      };
      listeners.add(look);
      look();
    });
  return { child, said, ended };
}

export interface Probed {
  width: number;
  height: number;
  seconds: number;
  frames: number;
  rate: number;
  hasSound: boolean;
  codec: string;
}

/** What a result or a prepared file really is: frames counted, not declared. */
export async function probe(file: string): Promise<Probed> {
  const text = await run(toolPaths().ffprobe, [
    ...['-v', 'error', '-count_frames', '-show_entries'],
    ...['stream=codec_type,codec_name,width,height,avg_frame_rate,nb_read_frames:format=duration', '-of', 'json'],
    `file:${file}`,
  ]);
  const { streams, format } = JSON.parse(text.toString()) as {
    streams: Record<string, string | number>[];
    format: { duration: string };
  };
  const video = streams.find((stream) => stream.codec_type === 'video') ?? {};
  const [num = 0, den = 1] = String(video.avg_frame_rate).split('/').map(Number);
  return {
    width: Number(video.width),
    height: Number(video.height),
    seconds: Number(format.duration),
    frames: Number(video.nb_read_frames),
    rate: num / den,
    hasSound: streams.some((stream) => stream.codec_type === 'audio'),
    codec: String(video.codec_name),
  };
}

/** Everything under `folder`, so that "nothing was written" can be asserted. */
export function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

interface ClipOptions {
  seconds?: number;
  size?: string;
  rate?: string;
  hasSound?: boolean;
  /** Quick to make, and long to prepare: not H.264. */
  isSlowToPrepare?: boolean;
}

export async function makeClip(file: string, options: ClipOptions = {}): Promise<string> {
  const { seconds = 4, size = '640x480', rate = '25', hasSound = true, isSlowToPrepare = false } = options;
  const codec = isSlowToPrepare ? ['mpeg4', '-q:v', '5'] : ['libx264', '-preset', 'ultrafast'];
  const args = [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
    ...(hasSound ? ['-f', 'lavfi', '-i', `sine=d=${seconds}`, '-c:a', 'aac'] : []),
    ...['-c:v', ...codec, '-pix_fmt', 'yuv420p', '-movflags', '+faststart'],
  ];
  return await draw(toolPaths().ffmpeg, args, file);
}

export async function makeImage(file: string, size = '600x800'): Promise<string> {
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=teal:s=${size}`, '-frames:v', '1'];
  return await draw(toolPaths().ffmpeg, args, file);
}
