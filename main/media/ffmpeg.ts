/** The only file that starts ffmpeg and ffprobe. Every run has an owner, an AbortSignal, a deadline, and is waited for until it is gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import createCommand from 'fluent-ffmpeg';
import { RestageError } from '../../shared/errors.ts';
import { childEnvironment } from '../childEnvironment.ts';
import type { ProgressListener } from '../services.ts';
import { startTimer } from '../storage/clock.ts';

/** Demuxers that may read what a person drops. Playlists and lists of files are left out: they would open other files. */
const formats = [
  'mov,matroska,mpegts,mpeg,mpegvideo,avi,gif,flv,asf,ogg,mxf,dv,m4v,h264,hevc,ivf,rm,nut,wtv,y4m,yuv4mpegpipe',
  'mp3,wav,w64,flac,aac,aiff,ac3,eac3,dts,amr,caf,ape,tta,wv',
].join(',');

/** Put before every input: absolute, `file:` only, no other protocol or playlist can be reached from inside the file. */
export const inputGuard: readonly string[] = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', formats];

export function fileUrl(path: string): string {
  return `file:${resolve(path)}`;
}

/**
 * Static Linux builds crash on the first MPEG-TS: its service name makes them load a character-set module of a system they
 * were not built for. A folder without modules makes them leave the name as it is.
 */
const toolEnv = (): NodeJS.ProcessEnv => ({ ...childEnvironment(process.env, 'media'), GCONV_PATH: '/nonexistent' });

const KILL_AFTER_MS = 2_000;
const MAX_STDERR = 16_000;

interface RunLimits {
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/** `preparation` gives way to the interface, `background` to that as well. */
export type ToolPriority = 'preparation' | 'background';

const priorities: Readonly<Record<ToolPriority, number>> = {
  preparation: constants.priority.PRIORITY_BELOW_NORMAL,
  background: constants.priority.PRIORITY_LOW,
};

export interface PipeRun extends RunLimits {
  command: string;
  args: readonly string[];
  onStdout?: (chunk: Buffer) => void;
  /** Gives way; left out, it runs as the app itself does. */
  priority?: ToolPriority;
  /** More output than this is a runaway: the process is stopped. */
  maxStdoutBytes?: number;
  /** For runs whose messages are their result. */
  maxStderrBytes?: number;
}

export interface RunOutcome {
  exitCode: number | null;
  stderr: string;
}

type StopReason = 'cancelled' | 'deadline' | 'tooMuch';

/** Stops politely, then by force; answers the function that undoes the timers once the process is gone. */
function watch(child: ChildProcess, limits: RunLimits, onStop: (reason: StopReason) => void) {
  let killer: NodeJS.Timeout | undefined;
  const stop = (reason: StopReason) => {
    if (killer) return;
    onStop(reason);
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  const onAbort = () => stop('cancelled');
  const deadline = startTimer(() => stop('deadline'), limits.deadlineMs);
  if (limits.signal?.aborted) onAbort();
  else limits.signal?.addEventListener('abort', onAbort, { once: true });
  const release = () => {
    clearTimeout(deadline);
    clearTimeout(killer);
    limits.signal?.removeEventListener('abort', onAbort);
  };
  return { stop, release };
}

/** It wrote more than was asked for: whether that is the tool's fault or the file's is the caller's to say. */
export class OutputError extends RestageError {}

function stopError(reason: StopReason, detail: string): RestageError {
  if (reason === 'cancelled') return new RestageError('cancelled');
  return reason === 'deadline' ? new RestageError('deadline', { detail }) : new OutputError('toolFailed', { detail });
}

function assertTool(command: string): void {
  if (!existsSync(command)) throw new RestageError('toolMissing', { detail: command });
}

function lowerPriority({ pid }: ChildProcess, priority: ToolPriority | undefined): void {
  if (pid === undefined || priority === undefined) return;
  try {
    setPriority(pid, priorities[priority]);
  } catch {
    // Gone already, or not ours to change: it runs at the usual priority.
  }
}

/** Runs ffprobe, or ffmpeg with its output on a pipe. Rejects when stopped; a non-zero exit is the caller's to judge. */
export function runPipe(run: PipeRun): Promise<RunOutcome> {
  if (run.signal?.aborted) return Promise.reject(new RestageError('cancelled'));
  return new Promise((resolvePromise, reject) => {
    assertTool(run.command);
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(run.command, run.args, { stdio, env: toolEnv(), windowsHide: true });
    lowerPriority(child, run.priority);
    let stopped: StopReason | undefined;
    let stderr = '';
    let stdoutBytes = 0;
    const { stop, release } = watch(child, run, (reason) => {
      stopped = reason;
    });
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > (run.maxStdoutBytes ?? 64_000_000)) return stop('tooMuch');
      if (!stopped) run.onStdout?.(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < (run.maxStderrBytes ?? MAX_STDERR)) stderr += chunk.toString('utf8');
    });
    child.on('error', (error) => {
      release();
      reject(new RestageError('toolMissing', { detail: error.message, cause: error }));
    });
    child.on('close', (exitCode) => {
      release();
      if (stopped) reject(stopError(stopped, `${run.command} ${run.args.join(' ')}`));
      else resolvePromise({ exitCode, stderr });
    });
  });
}

/** Collects the whole output as text. */
export async function runText(run: Omit<PipeRun, 'onStdout'>): Promise<RunOutcome & { stdout: string }> {
  const chunks: Buffer[] = [];
  const outcome = await runPipe({ ...run, onStdout: (chunk) => chunks.push(chunk) });
  return { ...outcome, stdout: Buffer.concat(chunks).toString('utf8') };
}

export interface EncodeRun extends RunLimits {
  command: string;
  inputOptions: readonly string[];
  source: string;
  /** A second input, a file of ours. */
  beside?: string | undefined;
  outputOptions: readonly string[];
  output: string;
  /** For progress: how long the output will be. */
  durationSeconds: number;
  onProgress?: ProgressListener | undefined;
  onCommandLine?: (line: string) => void;
}

/** Parses what `-progress` writes: the output time in seconds after each complete line, undefined when it says nothing yet. */
export function parseProgress(text: string): { seconds: number | undefined; rest: string } {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  let seconds: number | undefined;
  for (const line of lines) {
    // out_time_ms is microseconds too, in every version; out_time_us is missing in old ones.
    const match = /^out_time_(?:us|ms)=(-?\d+)\s*$/.exec(line);
    if (match) seconds = Math.max(0, Number(match[1]) / 1_000_000);
  }
  return { seconds, rest };
}

function reportProgress(child: ChildProcess, run: EncodeRun): void {
  let pending = '';
  child.stdout?.on('data', (chunk: Buffer | string) => {
    const parsed = parseProgress(pending + chunk.toString());
    pending = parsed.rest;
    if (parsed.seconds !== undefined && run.durationSeconds > 0) {
      run.onProgress?.(Math.min(1, parsed.seconds / run.durationSeconds));
    }
  });
}

function failure(stderr: string, exitCode: number | null): RestageError {
  const detail = `exit ${exitCode}: ${stderr.trim().slice(-2_000)}`;
  if (/No space left on device|ENOSPC/i.test(stderr)) return new RestageError('diskFull', { detail });
  return new RestageError('toolFailed', { detail });
}

type Spawn = (args: string[], options: object, ...callbacks: unknown[]) => void;

/** fluent-ffmpeg has no option for it: what it starts, its look at formats and codecs included, would inherit everything. */
function giveEnvironment(command: ReturnType<typeof createCommand>): void {
  const own = command as unknown as { _spawnFfmpeg: Spawn };
  const spawnFfmpeg = own._spawnFfmpeg.bind(command);
  own._spawnFfmpeg = (args, options, ...callbacks) => spawnFfmpeg(args, { ...options, env: toolEnv() }, ...callbacks);
}

/** Runs one encode through fluent-ffmpeg; resolves when the process is gone and its exit code was 0. Leaves the output file to the caller either way. */
export function runEncode(run: EncodeRun): Promise<void> {
  if (run.signal?.aborted) return Promise.reject(new RestageError('cancelled'));
  return new Promise((resolvePromise, reject) => {
    // fluent-ffmpeg takes the whole program down when a binary it has seen before cannot be started.
    assertTool(run.command);
    let stopped: StopReason | undefined;
    let stderr = '';
    let hasStarted = false;
    const command = createCommand({ logger: undefined });
    command.setFfmpegPath(run.command);
    giveEnvironment(command);
    command.input(fileUrl(run.source)).inputOptions('-hide_banner', '-nostdin', ...inputGuard, ...run.inputOptions);
    if (run.beside !== undefined) command.input(fileUrl(run.beside)).inputOptions(...inputGuard);
    command.outputOptions('-loglevel', 'error', '-nostats', '-progress', 'pipe:1', ...run.outputOptions);
    command.output(run.output);
    command.on('stderr', (line: string) => {
      if (stderr.length < MAX_STDERR) stderr += `${line}\n`;
    });
    command.on('start', (line: string) => {
      hasStarted = true;
      const child = (command as unknown as { ffmpegProc: ChildProcess }).ffmpegProc;
      lowerPriority(child, 'preparation');
      run.onCommandLine?.(line);
      const { release } = watch(child, run, (reason) => {
        stopped = reason;
      });
      // Its own handler is the one that throws (see above); this one answers.
      child.removeAllListeners('error');
      child.on('error', (error) => {
        release();
        reject(new RestageError('toolMissing', { detail: error.message, cause: error }));
      });
      reportProgress(child, run);
      child.on('close', (exitCode) => {
        release();
        if (stopped) reject(stopError(stopped, line));
        else if (exitCode === 0) resolvePromise();
        else reject(failure(stderr, exitCode));
      });
    });
    // The outcome is decided on `close`, when the file is released; this only answers for what never started.
    command.on('error', (error: Error) => {
      if (!hasStarted) reject(new RestageError('toolFailed', { detail: error.message, cause: error }));
    });
    command.run();
  });
}
