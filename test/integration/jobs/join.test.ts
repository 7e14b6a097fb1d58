/** Joining results that are not alike: each part has exactly its own place, whatever its size, rate and length. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PartToJoin } from '../../../main/jobs/join/joinPlan.ts';
import { makeJoined } from '../../../main/jobs/join/makeJoined.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import {
  fixtureFfmpeg,
  makeClip,
  openWorkshop,
  readNumbers,
  silentLogger,
  type Workshop,
} from '../../fixtures/media.ts';

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

async function factsOf(path: string): Promise<VideoFacts> {
  const facts = await shop.media.readFacts(path);
  if (facts.kind !== 'video') throw new Error('not a video');
  return facts;
}

type Drawn = Parameters<typeof makeClip>[2] & { seconds: number };

async function joinOf(name: string, drawn: readonly Drawn[]) {
  let at = 0;
  const parts: PartToJoin[] = [];
  for (const [n, { seconds, ...clip }] of drawn.entries()) {
    const path = await makeClip(ffmpeg, shop.path(`${name}-${n}.mp4`), { width: 480, height: 360, ...clip });
    parts.push({ path, facts: await factsOf(path), fromSeconds: at, toSeconds: at + seconds });
    at += seconds;
  }
  const output = shop.path(`${name}.mp4`);
  const { ffmpeg: encoder } = await shop.media.programs();
  const joined = await makeJoined({
    ...{ encoder, readVideo: factsOf, parts, original: null, output, logger: silentLogger },
    signal: new AbortController().signal,
  });
  return { ...joined, numbers: await readNumbers(ffmpeg, output) };
}

const run = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);

it('9: parts of one kind are joined as they are: every picture, none twice', async () => {
  const { isReencoded, numbers } = await joinOf('alike', [
    { seconds: 3, frames: 72 },
    { seconds: 4, frames: 96, firstNumber: 72 },
    { seconds: 3, frames: 72, firstNumber: 168, sounds: ['sine'] },
  ]);
  expect(isReencoded).toBe(false);
  expect(numbers).toEqual(run(0, 240));
});

it('9: a part of another size, one at another rate, and one that came too short: each begins at its seam', async () => {
  const { isReencoded, numbers, plan } = await joinOf('unlike', [
    { seconds: 3, frames: 70 },
    { seconds: 3, frames: 72, firstNumber: 100, width: 640, height: 480 },
    { seconds: 2, frames: 96, firstNumber: 200, rate: '48' },
    { seconds: 2, frames: 50, firstNumber: 300 },
  ]);
  expect(isReencoded).toBe(true);
  expect(plan.heldFrames).toEqual([2, 0, 0, 0]);
  expect(numbers.slice(0, 144)).toEqual([...run(0, 70), 69, 69, ...run(100, 72)]);
  // Every second picture of the faster one, then what fits of the longer one.
  expect(numbers.slice(144, 192).every((number, n) => Math.abs(number - (200 + 2 * n)) <= 1)).toBe(true);
  expect(numbers.slice(192)).toEqual(run(300, 48));
});
