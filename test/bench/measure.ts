/** Clocks, medians and a media service whose timings can be read, for the benchmarks. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createMedia } from '../../main/media/index.ts';
import { createTools, type Encoder } from '../../main/media/tools.ts';
import type { Logger, MediaService, PreparedFile } from '../../main/services.ts';
import type { Trim, VideoFacts } from '../../shared/contract/media.ts';
import type { Preset } from '../../shared/rules/limits.ts';
import { imageWorkerCommand, silentLogger } from '../fixtures/media.ts';

export interface Row {
  what: string;
  bar: string;
  /** What was seen, in words with numbers. */
  seen: string;
  /** Null: not measured here; `seen` says why. */
  holds: boolean | null;
  numbers: Record<string, number>;
}

export interface Bench {
  folder: string;
  ffmpeg: string;
  encoder: Encoder;
  media: MediaService;
  /** Of the last prepared clip. */
  spent: { encodeMs: number; verifyMs: number };
  isFull: boolean;
  path(name: string): string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};
export const round = (value: number, digits = 2) => Number(value.toFixed(digits));

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Both ways in turn, so that whatever else the machine does weighs on both; answers the median of the ratios of pairs. */
export async function paired(times: number, own: () => Promise<number>, peer: () => Promise<number>) {
  const [owns, peers, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < times; i += 1) {
    const first = i % 2 === 0 ? await own() : await peer();
    const second = i % 2 === 0 ? await peer() : await own();
    const [a, b] = i % 2 === 0 ? [first, second] : [second, first];
    owns.push(a);
    peers.push(b);
    ratios.push(a / b);
  }
  return { ownMs: median(owns), peerMs: median(peers), ratio: median(ratios) };
}

/** Runs a command, with the priority of a preparation if wished; answers what it wrote to stderr. */
export function bare(
  command: string,
  args: readonly string[],
  { asPreparation = false }: { asPreparation?: boolean } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    // What else the machine does must weigh on both alike.
    if (asPreparation && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let errors = '';
    child.stdout.resume();
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(errors) : reject(new Error(`${command}: ${errors.slice(-500)}`)),
    );
  });
}

export async function openBench(folder: string, isFull: boolean): Promise<Bench> {
  const spent = { encodeMs: 0, verifyMs: 0 };
  const logger: Logger = {
    ...silentLogger,
    info: (event, detail) => {
      if (event === 'media.prepared') {
        Object.assign(spent, { encodeMs: Number(detail?.encodeMs), verifyMs: Number(detail?.verifyMs) });
      }
    },
  };
  const encoder = await createTools({ env: process.env, logger: silentLogger }).ffmpeg();
  const media = createMedia({
    cacheDir: join(folder, 'cache'),
    selfCommand: imageWorkerCommand,
    logger,
    env: process.env,
  });
  return { folder, ffmpeg: encoder.path, encoder, media, spent, isFull, path: (name) => join(folder, name) };
}

export async function factsOf(bench: Bench, path: string): Promise<VideoFacts> {
  const facts = await bench.media.readFacts(path);
  if (facts.kind !== 'video') throw new Error(`${path} is no video`);
  return facts;
}

export async function prepare(
  bench: Bench,
  source: string,
  order: { preset?: Preset; trim?: Trim } = {},
): Promise<PreparedFile & { planKind: string }> {
  const facts = await factsOf(bench, source);
  const { plan } = bench.media.planClip(facts, {
    target: 'motion-video',
    preset: order.preset ?? 'fast',
    trim: order.trim,
  });
  if (!plan) throw new Error(`${source}: no plan`);
  return { ...(await bench.media.prepareClip({ source, facts, plan })), planKind: plan.kind };
}
