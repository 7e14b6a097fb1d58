/** The beats of a clip's sound: found where they were drawn, by the clock of the picture; none where there is no steady beat. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { fixtureFfmpeg, makeClip, openWorkshop, type Workshop } from '../../fixtures/media.ts';

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

const noise = 'random(0)*2-1';
/** A click every beat, over noise that is 24 dB softer. */
const clicks = (bpm: number, first: number) =>
  `aevalsrc='0.5*gte(t,${first})*exp(-mod(t-${first}+1e-6,${60 / bpm})*120)*sin(2*PI*1100*t)+0.03*(${noise})':s=44100`;

async function timelineOf(
  source: string,
  isReady: (timeline: Timeline) => unknown = ({ isDone }) => isDone,
): Promise<Timeline> {
  const facts = await shop.media.readFacts(source);
  if (facts.kind !== 'video') throw new Error('not a video');
  return await new Promise<Timeline>((resolve, reject) => {
    const onChange = (timeline: Timeline) => isReady(timeline) && resolve(timeline);
    shop.media.timeline(source, facts, onChange).then(onChange, reject);
  });
}

async function beatsOf(name: string, sound: string, output: readonly string[] = []) {
  const clip = { width: 96, height: 64, frames: 288, sounds: [sound], output };
  const source = await makeClip(ffmpeg, shop.path(name), clip);
  return (await timelineOf(source)).beats;
}

describe('6: beat grid', () => {
  it.each([
    [120, 0.25, 'mp4'],
    [75, 0.4, 'mp4'],
    [96, 0.11, 'mkv'],
    [140, 0.333, 'mov'],
    [174, 0.05, 'mp4'],
  ])('clicks at %i bpm from %f s on: every beat within 20 ms, and no other (%s)', async (bpm, first, container) => {
    const beats = await beatsOf(`clicks-${bpm}.${container}`, clicks(bpm, first));
    expect(Math.abs((beats?.bpm ?? 0) - bpm)).toBeLessThan(0.5);
    const drawn = Array.from({ length: Math.ceil((12 - first) * (bpm / 60)) }, (_, n) => first + (n * 60) / bpm);
    const off = drawn.map((beat) => Math.min(...(beats?.seconds ?? [99]).map((found) => Math.abs(found - beat))));
    // The last one may lie in the last window of the sound.
    expect(Math.max(...off.slice(0, -1))).toBeLessThan(0.02);
    expect(beats?.seconds.length).toBeLessThanOrEqual(drawn.length);
  });

  it.each([
    ['silence', 'anullsrc=r=44100'],
    ['steady noise', `aevalsrc='0.3*(${noise})':s=44100`],
    ['a held tone', 'sine=f=440:r=44100'],
    // Syllables of uneven length and stress, voiced and not.
    [
      'noise like speech',
      `aevalsrc='0.4*(0.6+0.4*sin(2*PI*0.37*t))*pow(max(0,sin(2*PI*(2.1*t+1.3*sin(1.7*t)+0.9*sin(0.61*t+2)))),2)*(0.6*sin(2*PI*(140+40*sin(2.3*t))*t)+0.4*(${noise}))':s=44100`,
    ],
  ])('%s has no steady beat, and it is said', async (name, sound) => {
    expect(await beatsOf(`${name.replaceAll(' ', '-')}.mp4`, sound)).toBeNull();
  });

  it('beats are kept with the waveform: known at once the next time', async () => {
    const source = await makeClip(ffmpeg, shop.path('kept.mp4'), {
      ...{ width: 96, height: 64, frames: 288, sounds: [clicks(120, 0.25)] },
    });
    // Until nothing is being made of it any more: what comes then is what was kept.
    const first = await timelineOf(source, ({ isScanned }) => isScanned);
    const facts = await shop.media.readFacts(source);
    if (facts.kind !== 'video') throw new Error('not a video');
    const again = await shop.media.timeline(source, facts, () => undefined);
    expect(again.beats).toEqual(first.beats);
    expect(again.beats?.bpm).toBeCloseTo(120, 0);
  });
});
