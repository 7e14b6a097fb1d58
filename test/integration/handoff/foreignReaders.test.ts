/**
 * Timelines as other programs import them: OpenShot's importers (Debian's openshot-qt) and OpenTimelineIO with its adapters, where they
 * are. What is not on this machine is skipped, and counted.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandoffFormat, HandoffTimeline } from '../../../shared/contract/handoff.ts';
import { fileUrl } from '../../../shared/handoff/fileUrl.ts';
import { layOver } from '../../../shared/handoff/overlay/layOver.ts';
import { placedClips } from '../../../shared/handoff/timeline.ts';
import { handoffExtensions, writeTimeline } from '../../../shared/handoff/write.ts';
import { framesToTimecode } from '../../../shared/time/timecode.ts';
import { orderFor, type RateCase, rateCases, timelineFor } from '../../fixtures/handoff.ts';
import { oldBinaries } from '../../fixtures/media.ts';

/** Debian's own: what a person has put in front of it lacks Debian's modules. */
const python = '/usr/bin/python3';
const fixtures = path.join(import.meta.dirname, '../../fixtures');
const folder = mkdtempSync(path.join(tmpdir(), 'restage-readers-'));
const mediaFolder = path.join(folder, 'media');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runPython(script: string, args: readonly string[]): unknown {
  const output = execFileSync(python, [path.join(fixtures, script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder },
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

function isThere(module: string, where: string | undefined): boolean {
  try {
    const line = `import sys; sys.path.insert(0, sys.argv[1]); import ${module}`;
    execFileSync(python, ['-c', line, where ?? ''], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function otioKinds(): readonly string[] {
  try {
    return runPython('readByOtio.py', ['adapters', '-', '25']) as string[];
  } catch {
    return [];
  }
}

const hasOpenShot = isThere('openshot, PyQt5.QtWidgets, openshot_qt.classes.info', undefined);
const kinds = otioKinds();

function written(format: HandoffFormat, text: string): string {
  const file = path.join(folder, `${format}-${Math.random().toString(36).slice(2)}${handoffExtensions[format]}`);
  writeFileSync(file, text);
  return file;
}

/** A clip of the reference with a result laid over it. */
function laidOver(of: RateCase, format: 'fcpxml' | 'xmeml' | 'otio' | 'edl'): string {
  const timeline = timelineFor(of);
  const [, second] = timeline.clips;
  const { path: source = '', startFrames = 0 } = second?.media ?? {};
  const media = { path: '/media/results/new.mp4' };
  const own = { media, name: 'new', source: { name: path.basename(source), path: source, startFrames } };
  return layOver(writeTimeline(format, timeline), [orderFor(of, own)]).text;
}

interface OpenShotClip {
  title: string;
  file: string;
  layer: number;
  position: number;
  start: number;
  end: number;
}

describe.skipIf(!hasOpenShot)(`W18: OpenShot${hasOpenShot ? '' : ' (openshot-qt is not installed)'}`, () => {
  beforeAll(() => {
    mkdirSync(mediaFolder, { recursive: true });
    for (const name of ['Nova on walk', 'Kei & Rin', 'silent', 'new']) {
      const draw = ['-f', 'lavfi', '-i', 'color=s=64x64:r=25:d=1', '-c:v', 'mpeg4'];
      execFileSync(oldBinaries.ffmpeg, ['-v', 'error', ...draw, path.join(mediaFolder, `${name}.mp4`)]);
    }
  });

  const read = (kind: 'xmeml' | 'edl', file: string, { rate }: RateCase) => {
    const args = [kind, file, String(rate.num), String(rate.den), mediaFolder];
    const { clips } = runPython('readByOpenShot.py', args) as { clips: OpenShotClip[] };
    const whole = (value: number) => Number(value.toFixed(3));
    return clips.map((clip) => ({
      ...clip,
      position: whole(clip.position),
      start: whole(clip.start),
      end: whole(clip.end),
    }));
  };
  const expected = (timeline: HandoffTimeline) =>
    placedClips(timeline).map(({ clip, inFrames, outFrames, recordFrames }) => ({
      title: clip.name,
      file: path.basename(clip.media.path),
      position: recordFrames,
      start: inFrames,
      end: outFrames,
    }));

  it.each(rateCases)('imports xmeml at $name with equal frames', (of) => {
    const timeline = timelineFor(of);
    expect(read('xmeml', written('xmeml', writeTimeline('xmeml', timeline)), of)).toMatchObject(expected(timeline));
  });

  it.each(rateCases)('imports the xmeml of an edit with a result laid over at $name', (of) => {
    const clips = read('xmeml', written('xmeml', laidOver(of, 'xmeml')), of);
    const laid = clips.find(({ title }) => title === 'new');
    expect(laid).toMatchObject({ file: 'new.mp4', position: 240 + 50 - 31, start: 0, end: 100 });
    expect(laid?.layer).toBeGreaterThan(clips.find(({ title }) => title === 'Kei & Rin')?.layer ?? Number.NaN);
  });

  // It knows no drop-frame timecode, and takes every label for so many seconds and frames.
  const counted = rateCases.filter(({ isDropFrame }) => !isDropFrame);
  it.each(counted)('imports the EDL for Premiere at $name with equal labels', (of) => {
    const timeline = timelineFor(of);
    const clips = read('edl', written('edl-premiere', writeTimeline('edl-premiere', timeline)), of);
    const { rate } = of;
    const fps = rate.num / rate.den;
    const label = (frames: number) => {
      const [hours = 0, minutes = 0, seconds = 0, frame = 0] = framesToTimecode(frames, rate).split(':').map(Number);
      return Number(((hours * 3600 + minutes * 60 + seconds) * fps + frame).toFixed(3));
    };
    expect(clips).toMatchObject(
      placedClips(timeline).map(({ clip, inFrames, outFrames, recordFrames }) => ({
        file: path.basename(clip.media.path),
        position: label(timeline.startFrames + recordFrames),
        start: label(clip.media.startFrames + inFrames),
        end: label(clip.media.startFrames + outFrames),
      })),
    );
  });
});

interface OtioClip {
  name: string;
  kind: string;
  track: number;
  url: string | null;
  in: number;
  frames: number;
  record: number;
}

describe.skipIf(kinds.length === 0)(`W18: OpenTimelineIO${kinds.length === 0 ? ' (not installed)' : ''}`, () => {
  const read = (format: HandoffFormat, text: string, { rate }: RateCase): OtioClip[] => {
    const args = [format, written(format, text), String(rate.num / rate.den)];
    return (runPython('readByOtio.py', args) as { clips: OtioClip[] }).clips;
  };
  const pictures = (clips: OtioClip[]) => clips.filter(({ kind }) => kind !== 'Audio');
  const expected = (timeline: HandoffTimeline) =>
    placedClips(timeline).map(({ clip, inFrames, outFrames, recordFrames }) => ({
      name: clip.name,
      in: clip.media.startFrames + inFrames,
      frames: outFrames - inFrames,
      record: recordFrames,
    }));

  it.each(rateCases)('reads xmeml at $name, and with a result laid over', (of) => {
    const timeline = timelineFor(of);
    const urls = timeline.clips.map(({ media }) => fileUrl(media.path, 'localhost'));
    const clips = pictures(read('xmeml', writeTimeline('xmeml', timeline), of));
    expect(clips).toMatchObject(expected(timeline).map((clip, at) => ({ ...clip, url: urls[at] })));
    const laid = pictures(read('xmeml', laidOver(of, 'xmeml'), of)).find(({ name }) => name === 'new');
    expect(laid).toMatchObject({ track: 1, record: 259, in: 0, frames: 100 });
  });

  // The adapter that is free to be had counts labels without dropping any.
  it.each(rateCases.filter(({ isDropFrame }) => !isDropFrame))(
    'reads the EDL at $name, and with a result in its place',
    (of) => {
      const timeline = timelineFor(of);
      expect(pictures(read('edl', writeTimeline('edl', timeline), of))).toMatchObject(expected(timeline));
      const clips = pictures(read('edl', laidOver(of, 'edl'), of));
      expect(clips.map(({ name, record, frames }) => ({ name, record, frames }))).toEqual([
        { name: 'Nova on walk', record: 0, frames: 240 },
        { name: 'Kei & Rin', record: 240, frames: 19 },
        { name: 'new', record: 259, frames: 100 },
        { name: 'Kei & Rin', record: 359, frames: 181 },
        { name: 'silent', record: 540, frames: 72 },
      ]);
    },
  );

  // It takes rates over 1.001 for whole ones, so that only these can be held against it; and tcStart for a gap.
  it.skipIf(!kinds.includes('fcpxml'))('reads FCPXML at 25, and with a result laid over', () => {
    const of = rateCases.find(({ name }) => name === '25') as RateCase;
    const timeline = timelineFor(of);
    const shifted = expected(timeline).map((clip) => ({ ...clip, record: clip.record + timeline.startFrames }));
    expect(pictures(read('fcpxml', writeTimeline('fcpxml', timeline), of))).toMatchObject(shifted);
    const laid = pictures(read('fcpxml', laidOver(of, 'fcpxml'), of)).find(({ name }) => name === 'new');
    expect(laid).toMatchObject({ record: timeline.startFrames + 259, in: 0, frames: 100 });
  });

  it.skipIf(!kinds.includes('otio'))('reads OTIO at every rate, and with a result laid over', () => {
    for (const of of rateCases) {
      const timeline = timelineFor(of);
      expect(pictures(read('otio', writeTimeline('otio', timeline), of))).toMatchObject(expected(timeline));
      const laid = pictures(read('otio', laidOver(of, 'otio'), of)).find(({ name }) => name === 'new');
      expect(laid).toMatchObject({ record: 259, in: 0, frames: 100 });
    }
  });
});
