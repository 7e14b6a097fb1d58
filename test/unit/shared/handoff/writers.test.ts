/** Timelines as other readers understand them: the same frames at every rate, the same files, the same notes. */
import Timecode from 'smpte-timecode';
import { describe, expect, it } from 'vitest';
import { handoffFormats } from '../../../../shared/contract/handoff.ts';
import { fileUrl, pathOfUrl } from '../../../../shared/handoff/fileUrl.ts';
import { convertFrames, lengthOf, placedClips, ratesFit, standardRate } from '../../../../shared/handoff/timeline.ts';
import { writeTimeline } from '../../../../shared/handoff/write.ts';
import { framesToTimecode } from '../../../../shared/time/timecode.ts';
import { mediaFor, rateCases, timelineFor } from '../../../fixtures/handoff.ts';
import { readEdl, readFcpxml, readOtio, readXmeml, withXml } from '../../../fixtures/readTimelines.ts';

describe.each(rateCases)('W17: at $name', (of) => {
  const timeline = timelineFor(of);
  const expected = timeline.clips.map((clip) => ({
    name: clip.name,
    in: clip.inFrames,
    out: clip.outFrames,
    record: clip.recordFrames,
    fileStart: clip.media.startFrames,
    fileFrames: clip.media.durationFrames,
    markers: clip.markers.map(({ atFrames, text }) => `${atFrames} ${text}`),
  }));
  const urls = (style: 'plain' | 'localhost') => timeline.clips.map(({ media }) => fileUrl(media.path, style));

  it('FCPXML tells the same frames', () => {
    const read = readFcpxml(writeTimeline('fcpxml', timeline), of.rate);
    expect(read.start).toBe(timeline.startFrames);
    expect(read.clips).toMatchObject(expected);
    expect(read.clips.map(({ file }) => file)).toEqual(urls('plain'));
  });

  it('xmeml tells the same frames, and every id once', () => {
    const text = writeTimeline('xmeml', timeline);
    const read = readXmeml(text);
    expect(read.start).toBe(timeline.startFrames);
    expect(read.clips).toMatchObject(expected);
    expect(read.clips.map(({ file }) => file)).toEqual(urls('localhost'));
    withXml(text, (document) => {
      const ids = document.find('//clipitem/@id').map(({ content }) => content);
      expect(new Set(ids).size).toBe(ids.length);
      expect(document.find('//media/video/format/samplecharacteristics/width')).toHaveLength(1);
      // Picture and sound name each other, and every name is one of them.
      const refs = document.find('//link/linkclipref').map(({ content }) => content);
      expect(refs.filter((ref) => !ids.includes(ref))).toEqual([]);
      expect(document.find('//media/audio/track/clipitem')).toHaveLength(4);
    });
  });

  it('OTIO tells the same frames', () => {
    const read = readOtio(writeTimeline('otio', timeline));
    expect(read.start).toBe(timeline.startFrames);
    expect(read.clips).toMatchObject(expected);
    expect(read.clips.map(({ file }) => file)).toEqual(urls('plain'));
  });

  it('EDL tells the same frames, on eight characters of reel', () => {
    const text = writeTimeline('edl', timeline);
    const separators = [...text.matchAll(/\d\d:\d\d:\d\d(.)\d\d/g)].map(([, separator]) => separator);
    expect(new Set(separators)).toEqual(new Set([of.isDropFrame ? ';' : ':']));
    const read = readEdl(text, of.rate);
    expect(read.isDropFrame).toBe(of.isDropFrame);
    const frames = placedClips(timeline).map(({ clip, inFrames, outFrames, recordFrames, recordEndFrames }) => ({
      name: clip.name,
      sourceIn: clip.media.startFrames + inFrames,
      sourceOut: clip.media.startFrames + outFrames,
      recordIn: timeline.startFrames + recordFrames,
      recordOut: timeline.startFrames + recordEndFrames,
    }));
    const [first, second, third] = frames;
    // Picture and two channels of the first two, picture of the silent one: an event each.
    expect(read.events).toMatchObject([first, first, first, second, second, second, third]);
    expect(read.events.map(({ number }) => number)).toEqual(['001', '002', '003', '004', '005', '006', '007']);
    expect(read.events.map(({ channels }) => channels).join(' ')).toBe('V A A2 V A A2 V');
    expect([...new Set(read.events.map(({ reel }) => reel))]).toEqual(['NOVAONWA', 'A012C003', 'SILENT']);
    expect(read.events.flatMap(({ locators }) => locators)).toEqual([
      `${timeline.startFrames + 12} hand is soft`,
      `${timeline.startFrames + 100} fixed`,
    ]);
  });

  it('the EDL for Premiere names every reel AX and every clip by its file', () => {
    const { events } = readEdl(writeTimeline('edl-premiere', timeline), of.rate);
    expect(new Set(events.map(({ reel }) => reel))).toEqual(new Set(['AX']));
    expect(events.map(({ number, channels }) => `${number} ${channels}`)).toEqual([
      ...['001 V', '001 A', '001 A2', '002 V', '002 A', '002 A2', '003 V'],
    ]);
    expect(events.map(({ name }) => name).filter(Boolean)).toEqual(['Nova on walk.mp4', 'Kei & Rin.mp4', 'silent.mp4']);
  });

  it('timecode is that of another library, around every minute and hour', () => {
    const { rate, isDropFrame } = of;
    const minute = Math.round((60 * rate.num) / rate.den);
    for (let around = 0; around < 130; around += 1) {
      for (let frame = Math.max(0, around * minute - 3); frame <= around * minute + 3; frame += 1) {
        const other = Timecode(frame, [rate.num, rate.den], isDropFrame).toString();
        expect(framesToTimecode(frame, rate, { dropFrame: isDropFrame })).toBe(other);
      }
    }
  });
});

const at25 = { name: '25', rate: { num: 25, den: 1 }, isDropFrame: false };

describe('W17: rates', () => {
  it('a clip of half or twice the rate stands on whole frames of the timeline', () => {
    const of = { name: '50', rate: { num: 50, den: 1 }, isDropFrame: false };
    const slow = mediaFor({ ...of, rate: { num: 25, den: 1 } }, { durationFrames: 100 });
    const timeline = timelineFor(of);
    const clip = { itemId: 'a', name: 'slow', media: slow, inFrames: 10, outFrames: 60, recordFrames: 0, markers: [] };
    const mixed = { ...timeline, clips: [clip] };
    expect(lengthOf(placedClips(mixed))).toBe(100);
    expect(readFcpxml(writeTimeline('fcpxml', mixed), of.rate).clips).toMatchObject([{ in: 20, out: 120, record: 0 }]);
    expect(readXmeml(writeTimeline('xmeml', mixed)).clips).toMatchObject([{ in: 20, out: 120, record: 0 }]);
  });

  it('23.976 does not fit into 24, nor 29.97 into 30; 29.97 fits into 59.94', () => {
    expect(ratesFit({ num: 24_000, den: 1001 }, { num: 24, den: 1 })).toBe(false);
    expect(ratesFit({ num: 30_000, den: 1001 }, { num: 30, den: 1 })).toBe(false);
    expect(ratesFit({ num: 30_000, den: 1001 }, { num: 60_000, den: 1001 })).toBe(true);
    expect(convertFrames(1001, { num: 24_000, den: 1001 }, { num: 24, den: 1 })).toBeNull();
    expect(convertFrames(1000, { num: 24_000, den: 1001 }, { num: 24, den: 1 })).toBe(1001);
  });

  it('a figure that is a rounding of a standard rate is that rate', () => {
    expect(standardRate({ num: 2997, den: 100 })).toEqual({ num: 30_000, den: 1001 });
    expect(standardRate({ num: 50, den: 2 })).toEqual({ num: 25, den: 1 });
    expect(standardRate({ num: 24_000, den: 1000 })).toEqual({ num: 24, den: 1 });
    expect(standardRate({ num: 23_976, den: 1000 })).toEqual({ num: 24_000, den: 1001 });
    expect(standardRate({ num: 30, den: 2 })).toEqual({ num: 15, den: 1 });
  });

  it.each(handoffFormats)('%s says so where it cannot count a rate', (format) => {
    const timeline = timelineFor({ name: 'odd', rate: { num: 125, den: 7 }, isDropFrame: false });
    const write = () => writeTimeline(format, timeline);
    if (format === 'fcpxml' || format === 'otio') expect(write).not.toThrow();
    else expect(write).toThrow('handoff.rateUncounted');
  });

  it('an EDL of more than 999 events is refused, in numbers', () => {
    const timeline = timelineFor(at25);
    const clips = Array.from({ length: 1000 }, (_, at) =>
      timeline.clips.slice(0, 1).map((clip) => ({ ...clip, recordFrames: at * 240 })),
    ).flat();
    const many = { ...timeline, clips };
    expect(() => writeTimeline('edl', many)).toThrow('handoff.tooManyEvents');
    expect(() => writeTimeline('edl-premiere', many)).toThrow('handoff.tooManyEvents');
    expect(readXmeml(writeTimeline('xmeml', many)).clips).toHaveLength(1000);
  });
});

describe('W17: file URLs', () => {
  const paths: [string, string, string][] = [
    [
      '/media/a b/クリップ#1.mp4',
      'file:///media/a%20b/%E3%82%AF%E3%83%AA%E3%83%83%E3%83%97%231.mp4',
      'file://localhost/media/a%20b/%E3%82%AF%E3%83%AA%E3%83%83%E3%83%97%231.mp4',
    ],
    [
      'C:\\Results\\Nova (2).mp4',
      'file:///C:/Results/Nova%20%282%29.mp4',
      'file://localhost/C:/Results/Nova%20%282%29.mp4',
    ],
    ['\\\\nas\\shots\\100%.mp4', 'file://nas/shots/100%25.mp4', 'file://localhost//nas/shots/100%25.mp4'],
    ['/x/back\\slash?.mp4', 'file:///x/back%5Cslash%3F.mp4', 'file://localhost/x/back%5Cslash%3F.mp4'],
  ];
  it.each(paths)('%s', (path, plain, localhost) => {
    expect(fileUrl(path)).toBe(plain);
    expect(fileUrl(path, 'localhost')).toBe(localhost);
    expect(pathOfUrl(plain)).toBe(path);
    expect(pathOfUrl(localhost)).toBe(path);
  });
  it('long paths of Windows lose their prefix', () => {
    expect(fileUrl('\\\\?\\C:\\a\\b.mp4')).toBe('file:///C:/a/b.mp4');
    expect(fileUrl('\\\\?\\UNC\\nas\\a\\b.mp4')).toBe('file://nas/a/b.mp4');
  });
  it('reads what other programs write', () => {
    expect(pathOfUrl('file://localhost/C%3a/Clips/a%20b.mov')).toBe('C:\\Clips\\a b.mov');
    expect(pathOfUrl('file:///Volumes/Raid/50% grey.mov')).toBe('/Volumes/Raid/50% grey.mov');
    expect(pathOfUrl('/Volumes/Raid/walk.mov')).toBe('/Volumes/Raid/walk.mov');
  });
});
