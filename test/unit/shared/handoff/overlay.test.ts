/** Results laid over edits: the place is exact, the rest of the edit is as it was, and what cannot be done is said. */
import type { XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import type { HandoffOrder } from '../../../../shared/contract/handoff.ts';
import { RestageError } from '../../../../shared/errors.ts';
import { type LaidOver, layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { writeTimeline } from '../../../../shared/handoff/write.ts';
import { mediaFor, orderFor, type RateCase, rateCases, timelineFor } from '../../../fixtures/handoff.ts';
import { readEdl, withXml } from '../../../fixtures/readTimelines.ts';

const formats = ['fcpxml', 'xmeml', 'otio', 'edl'] as const;
type Format = (typeof formats)[number];
const at25: RateCase = { name: '25', rate: { num: 25, den: 1 }, isDropFrame: false };

const walk = '/media/rushes/walk.mov';
/** An edit that shows [inFrames, outFrames) of the reference at each of the places, with another clip around. */
function editOf(of: RateCase, format: Format, places: { in: number; out: number; record: number }[], own = {}): string {
  const timeline = timelineFor(of);
  const media = mediaFor(of, { path: walk, durationFrames: 1000, reel: 'A001', ...own });
  const other = mediaFor(of, { path: '/media/rushes/other.mov', durationFrames: 1000 });
  const named = { itemId: 'x', markers: [] };
  const clips = places.flatMap((place) => [
    { ...named, name: 'other', media: other, inFrames: 0, outFrames: 10, recordFrames: place.record - 10 },
    { ...named, name: 'walk.mov', media, inFrames: place.in, outFrames: place.out, recordFrames: place.record },
  ]);
  return writeTimeline(format, { ...timeline, clips });
}

interface Seen {
  record: number;
  in: number;
  frames: number;
}

/** What of the result is on the timeline, read by other means than the writers'. */
function laidIn(text: string, format: Format, of: RateCase): Seen[] {
  if (format === 'edl') {
    const { events } = readEdl(text, of.rate);
    const first = events[0]?.recordIn ?? 0;
    return events
      .filter(({ file }) => file.endsWith('Nova on walk.mp4'))
      .map((event) => ({
        record: event.recordIn - first,
        in: event.sourceIn,
        frames: event.sourceOut - event.sourceIn,
      }));
  }
  if (format === 'otio') {
    const { tracks } = JSON.parse(text);
    const track = tracks.children.findLast(({ kind }: { kind: string }) => kind === 'Video');
    let record = 0;
    return track.children.flatMap(
      ({ OTIO_SCHEMA, source_range: range }: { OTIO_SCHEMA: string; source_range: never }) => {
        const { start_time, duration } = range as Record<string, { value: number }>;
        record += duration?.value ?? 0;
        const seen = {
          record: record - (duration?.value ?? 0),
          in: start_time?.value ?? 0,
          frames: duration?.value ?? 0,
        };
        return OTIO_SCHEMA.startsWith('Clip') ? [seen] : [];
      },
    );
  }
  return withXml(text, (document) => {
    const numberOf = (node: XmlElement, name: string) => Number(node.get(name)?.content);
    if (format === 'xmeml') {
      const clips = document.find('//sequence/media/video/track[position()>1]/clipitem') as XmlElement[];
      return clips.map((clip) => ({
        record: numberOf(clip, 'start'),
        in: numberOf(clip, 'in'),
        frames: numberOf(clip, 'out') - numberOf(clip, 'in'),
      }));
    }
    const frames = (node: XmlElement | null, name: string) => {
      const [num = '0', den = '1'] = (node?.attr(name)?.value ?? '0s').replace('s', '').split('/');
      return (Number(num) * of.rate.num) / (Number(den) * of.rate.den);
    };
    const sequence = document.get('//sequence') as XmlElement;
    return (document.find('//asset-clip[@lane]') as XmlElement[]).map((clip) => {
      const host = clip.parent as XmlElement;
      const inHost = frames(clip, 'offset') - frames(host, 'start');
      const record = frames(host, 'offset') - frames(sequence, 'tcStart') + inHost;
      const round = (value: number) => Number(value.toFixed(6));
      return { record: round(record), in: round(frames(clip, 'start')), frames: round(frames(clip, 'duration')) };
    });
  });
}

describe.each(formats)('W17: laid over %s', (format) => {
  it.each(rateCases)('at $name, on the frames that were ordered', (of) => {
    const edit = editOf(of, format, [{ in: 20, out: 320, record: 100 }], { startFrames: 1800 });
    const order = orderFor(of, { source: { startFrames: 1800 } });
    const laid = layOver(edit, [order]);
    // Ordered from frame 50 on, the edit begins with 20: 30 frames later.
    expect(laidIn(laid.text, format, of)).toEqual([{ record: format === 'edl' ? 40 : 130, in: 0, frames: 100 }]);
    expect(laid.places).toMatchObject([{ lengthFrames: 100, inFrames: 0, isCut: false }]);
    expect(laid.left).toEqual([]);
  });

  it('a part of what was ordered where the edit uses a part', () => {
    const edit = editOf(at25, format, [{ in: 80, out: 110, record: 10 }]);
    const laid = layOver(edit, [orderFor(at25)]);
    expect(laidIn(laid.text, format, at25)).toEqual([{ record: 10, in: 30, frames: 30 }]);
    expect(laid.places).toMatchObject([{ isCut: true }]);
  });

  it('a result that ended early covers what it has', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 400, record: 10 }]);
    const laid = layOver(edit, [orderFor(at25, { media: { durationFrames: 60 } })]);
    expect(laidIn(laid.text, format, at25)).toEqual([{ record: 60, in: 0, frames: 60 }]);
  });

  it('every place that the clip has in the edit, each reported', () => {
    const edit = editOf(at25, format, [
      { in: 0, out: 100, record: 10 },
      { in: 100, out: 200, record: 120 },
      { in: 500, out: 600, record: 230 },
    ]);
    const laid = layOver(edit, [orderFor(at25)]);
    expect(laidIn(laid.text, format, at25)).toEqual([
      { record: 60, in: 0, frames: 50 },
      { record: 120, in: 50, frames: 50 },
    ]);
    expect(laid.places).toHaveLength(2);
  });

  it('keeps the timecode of a result that has one, and of another rate that fits', () => {
    const of50: RateCase = { name: '50', rate: { num: 50, den: 1 }, isDropFrame: false };
    const edit = editOf(of50, format, [{ in: 20, out: 320, record: 10 }]);
    const media = { rate: { num: 25, den: 1 }, startFrames: 90_000, durationFrames: 50 };
    const laid = layOver(edit, [orderFor(of50, { media })]);
    const [seen] = laidIn(laid.text, format, of50);
    expect(seen).toMatchObject({ record: 40, frames: 100 });
    expect(seen?.in).toBe(format === 'xmeml' ? 0 : 180_000);
  });

  it('the edit that does not hold the clip is said, with what it holds', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 100, record: 10 }]);
    const source = { name: 'run.mov', path: '/media/rushes/run.mov' };
    expect(reasonsOf(edit, [orderFor(at25, { source })])).toMatchObject([
      { field: 'over', rule: 'handoff.clipNotInEdit', params: { clip: 'run.mov', count: 2 } },
    ]);
  });

  it('an edit that uses other frames of it is said, with both ranges', () => {
    const edit = editOf(at25, format, [{ in: 200, out: 300, record: 10 }]);
    expect(reasonsOf(edit, [orderFor(at25)])).toMatchObject([
      {
        rule: 'handoff.rangeNotInEdit',
        params: { from: '00:00:08:00', to: '00:00:12:00', orderedFrom: '00:00:02:00' },
      },
    ]);
  });

  it('23.976 in 24 is refused, and so is a source of another rate', () => {
    const of24: RateCase = { name: '24', rate: { num: 24, den: 1 }, isDropFrame: false };
    const edit = editOf(of24, format, [{ in: 0, out: 300, record: 10 }]);
    const media = { rate: { num: 24_000, den: 1001 } };
    expect(reasonsOf(edit, [orderFor(of24, { media })])).toMatchObject([
      { rule: 'handoff.resultRate', params: { rate: '23.976', timeline: '24' } },
    ]);
  });

  it('of two orders the one that has a place is laid, the other reported', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }]);
    const stranger = orderFor(at25, { itemId: 'item-2', source: { name: 'run.mov', path: null } });
    const laid = layOver(edit, [stranger, orderFor(at25)]);
    expect(laid.places.map(({ itemId }) => itemId)).toEqual(['item-1']);
    expect(laid.left).toMatchObject([{ itemId: 'item-2', reason: { rule: 'handoff.clipNotInEdit' } }]);
  });

  it('is found by its name where the path is another, whatever its case', () => {
    const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }], { path: '/Volumes/Raid/WALK.MOV' });
    expect(layOver(edit, [orderFor(at25)]).places).toHaveLength(1);
  });
});

function reasonsOf(edit: string, orders: HandoffOrder[]): RestageError['reasons'] {
  try {
    layOver(edit, orders);
  } catch (error) {
    if (error instanceof RestageError && error.code === 'refused') return error.reasons;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('W17: what was there stays', () => {
  const places = [{ in: 0, out: 300, record: 10 }];
  const order = orderFor(at25, { media: { path: '/media/results/new.mp4' } });

  it.each(['fcpxml', 'xmeml'] as const)('%s without what was added is the edit again', (format) => {
    const edit = editOf(at25, format, places);
    const added =
      format === 'fcpxml'
        ? '//asset-clip[@lane] | //asset[media-rep/@src="file:///media/results/new.mp4"] | //format[last()]'
        : '//video/track[position()>1]';
    const canonical = (text: string, without: string) =>
      withXml(text, (document) => {
        const nodes = without === '' ? [] : document.find(without);
        for (const node of nodes) node.remove();
        for (const blank of document.find('//text()[normalize-space()=""]')) blank.remove();
        return document.canonicalizeToString();
      });
    const laid = layOver(edit, [order]);
    expect(canonical(laid.text, added)).toBe(canonical(edit, ''));
    expect(canonical(laid.text, '')).not.toBe(canonical(edit, ''));
  });

  it('XML keeps its doctype, comments, CDATA, attributes with line breaks and what nobody here knows', () => {
    const edit = editOf(at25, 'xmeml', places).replace(
      '<sequence id',
      '<!-- mine --><unknown a="1&#10;2" b=\'q"\'><![CDATA[<x>&]]></unknown><sequence id',
    );
    const { text } = layOver(edit, [order]);
    expect(text).toContain('<!DOCTYPE xmeml>');
    expect(text).toContain('<!-- mine --><unknown a="1&#10;2" b="q&quot;"><![CDATA[<x>&]]></unknown>');
  });

  it('OTIO keeps every key, and numbers as they were written', () => {
    const edit = editOf(at25, 'otio', places)
      .replace('"rate": 25,', '"rate": 25.0,')
      .replace('"metadata": {', '"metadata": { "other": {"big": 12345678901234567890, "deep": [1e3, -0.0]},');
    const { text } = layOver(edit, [order]);
    expect(text).toContain('"rate": 25.0');
    expect(text).toContain('12345678901234567890');
    expect(text).toContain('1e3');
    const [before, after] = [JSON.parse(edit), JSON.parse(text)];
    after.tracks.children.pop();
    expect(after).toEqual(before);
  });

  it('an EDL keeps its other lines, its line ends, and the sound of the source', () => {
    const edit = editOf(at25, 'edl', places, { sound: null })
      .replace('FCM:', '* COMMENT OF MINE\r\nFCM:')
      .replace('A001     V     C', 'A001     AA/V  C');
    const { text } = layOver(edit, [order]);
    const [before, after] = [edit.split('\r\n'), text.split('\r\n')];
    expect(after.slice(0, 6)).toEqual(before.slice(0, 6));
    const { events } = readEdl(text, at25.rate);
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => String(index + 1).padStart(3, '0')));
    // The source's sound whole, its picture before and behind the result.
    const [sound, head, result, tail] = events.slice(3, 7);
    const start = events[0]?.recordIn ?? 0;
    const shown = [sound, head, result, tail].map((event) => ({
      channels: event?.channels,
      from: (event?.recordIn ?? 0) - start,
      to: (event?.recordOut ?? 0) - start,
    }));
    expect(shown).toEqual([
      { channels: 'AA', from: 10, to: 310 },
      { channels: 'V', from: 10, to: 60 },
      { channels: 'V', from: 60, to: 160 },
      { channels: 'V', from: 160, to: 310 },
    ]);
  });
});

describe('W17: edits that programs write', () => {
  const order = orderFor(at25);
  const fcpxml = (body: string, version = '1.10') => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="${version}">
    <resources>
        <format id="r1" name="FFVideoFormat1080p25" frameDuration="100/2500s" width="1920" height="1080"/>
        <asset id="r2" name="walk" start="72000s" duration="1000/25s" hasVideo="1" format="r1"><media-rep kind="original-media" src="file:///media/rushes/walk.mov"/></asset>
    </resources>
    <library><event name="e"><project name="p"><sequence format="r1" tcStart="3600s" tcFormat="NDF"><spine>${body}</spine></sequence></project></event></library>
</fcpxml>`;
  const place = (text: string): LaidOver['places'][number] | undefined => layOver(text, [order]).places[0];

  it('a connected clip gets its result beside it, one lane higher', () => {
    const { text, places } = layOver(
      fcpxml(
        '<gap offset="3600s" start="3600s" duration="20s"><asset-clip ref="r2" lane="2" offset="3601s" start="72000s" duration="10s"/></gap>',
      ),
      [order],
    );
    expect(places).toMatchObject([{ recordFrames: 75, where: 'lane 2' }]);
    withXml(text, (document) => {
      const clip = document.get('//gap/asset-clip[@lane="3"]') as XmlElement;
      expect(clip.attr('offset')?.value).toBe('3603s');
      expect(clip.attr('duration')?.value).toBe('4s');
    });
  });

  it('a clip in a connected storyline gets its result above the storyline', () => {
    const body =
      '<gap offset="3600s" start="3600s" duration="20s"><spine lane="1" offset="3602s"><gap offset="0s" duration="1s"/><asset-clip ref="r2" offset="1s" start="72000s" duration="10s"/></spine></gap>';
    const { text, places } = layOver(fcpxml(body), [order]);
    expect(places).toMatchObject([{ recordFrames: 125 }]);
    withXml(text, (document) => {
      expect((document.get('//gap/asset-clip[@lane="2"]') as XmlElement).attr('offset')?.value).toBe('3605s');
    });
  });

  it('the picture inside of a clip, and offsets that are left out', () => {
    const body =
      '<gap duration="4s"/><clip name="c" start="2s" duration="6s"><video ref="r2" offset="0s" start="72000s" duration="40s"/></clip>';
    const { text, places } = layOver(fcpxml(body), [order]);
    // Frames 50 to 200 of the file are seen, from the fourth second on.
    expect(places).toMatchObject([{ recordFrames: 100, lengthFrames: 100 }]);
    withXml(text, (document) => {
      expect((document.get('//clip/asset-clip[@lane="1"]') as XmlElement).attr('offset')?.value).toBe('2s');
    });
  });

  it('an older version names the file where it looks for it', () => {
    const old = fcpxml('<asset-clip ref="r2" offset="3600s" start="72000s" duration="10s"/>', '1.8').replace(
      /<asset id="r2"([^>]*)>.*<\/asset>/,
      '<asset id="r2"$1 src="file:///media/rushes/walk.mov"/>',
    );
    const { text } = layOver(old, [order]);
    withXml(text, (document) => {
      const src = (document.get('//asset[2]') as XmlElement).attr('src')?.value;
      expect(src).toBe('file:///media/results/Nova%20on%20walk.mp4');
      expect(document.find('//media-rep')).toHaveLength(0);
    });
  });

  it('size and place of the source go with it', () => {
    const body =
      '<asset-clip ref="r2" offset="3600s" start="72000s" duration="10s"><adjust-conform type="fill"/><adjust-transform scale="1.2 1.2" position="3 4"/><filter-video ref="r9"/></asset-clip>';
    withXml(layOver(fcpxml(body), [order]).text, (document) => {
      const names = document.find('//asset-clip[@lane]/*').map((node) => (node as XmlElement).name);
      expect(names).toEqual(['adjust-conform', 'adjust-transform']);
      // Connected clips stand before filters.
      const outer = document.find('//spine/asset-clip/*').map((node) => (node as XmlElement).name);
      expect(outer).toEqual(['adjust-conform', 'adjust-transform', 'asset-clip', 'filter-video']);
    });
    const motion = `<filter><effect><effectid>basic</effectid><parameter><parameterid>scale</parameterid><value>50</value></parameter></effect></filter>`;
    const edit = editOf(at25, 'xmeml', [{ in: 0, out: 300, record: 10 }]).replace(
      /(<name>walk\.mov<\/name>)(\s*<enabled>)/,
      `$1${motion}$2`,
    );
    const small = orderFor(at25, { media: { width: 1280, height: 720, path: '/media/results/small.mp4' } });
    expect(layOver(edit, [small]).text).toMatch(/<parameterid>scale<\/parameterid><value>75<\/value>/);
  });

  it.each([
    ['a freeze', '<timeMap><timept time="0s" value="0s"/><timept time="10s" value="0s"/></timeMap>'],
    ['twice the speed', '<timeMap><timept time="0s" value="0s"/><timept time="10s" value="20s"/></timeMap>'],
    ['a stretched rate', '<conform-rate srcFrameRate="24"/>'],
  ])('FCPXML: %s is retimed', (_, child) => {
    const body = `<asset-clip ref="r2" offset="3600s" start="72000s" duration="10s">${child}</asset-clip>`;
    expect(reasonsOf(fcpxml(body), [order])).toMatchObject([
      { rule: 'handoff.retimed', params: { at: '01:00:00:00' } },
    ]);
  });

  it('FCPXML: a map of time at 100 % and a rate that is left alone are not', () => {
    const map =
      '<conform-rate scaleEnabled="0"/><timeMap><timept time="0s" value="0s"/><timept time="40s" value="40s"/></timeMap>';
    const body = `<asset-clip ref="r2" offset="3600s" start="72000s" duration="10s">${map}</asset-clip>`;
    expect(place(fcpxml(body))).toMatchObject({ recordFrames: 50 });
  });

  it('xmeml, OTIO and EDL: another speed is retimed', () => {
    const places = [{ in: 0, out: 300, record: 10 }];
    const xmeml = editOf(at25, 'xmeml', places).replace('<out>300</out>', '<out>600</out>');
    const remap =
      '<filter><effect><effectid>timeremap</effectid><parameter><parameterid>speed</parameterid><value>200</value></parameter></effect></filter>';
    const mapped = editOf(at25, 'xmeml', places).replace(/(<name>walk\.mov<\/name>)(\s*<enabled>)/, `$1${remap}$2`);
    const warp = '"effects": [{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": 2.0}]';
    const otio = editOf(at25, 'otio', places).replaceAll('"effects": []', warp);
    const edl = editOf(at25, 'edl', places).replace(
      '* FROM CLIP NAME: walk',
      'M2   A001  050.0  00:00:00:00\r\n* FROM CLIP NAME: walk',
    );
    for (const edit of [xmeml, mapped, otio, edl])
      expect(reasonsOf(edit, [order])[0]).toMatchObject({ rule: 'handoff.retimed' });
  });

  it('xmeml: edges that a transition covers', () => {
    const edit = editOf(at25, 'xmeml', [{ in: 0, out: 300, record: 10 }])
      .replace(/<start>10<\/start>/g, '<start>-1</start>')
      .replace(
        /<clipitem id="clipitem-2">/,
        '<transitionitem><start>10</start><end>30</end></transitionitem><clipitem id="clipitem-2">',
      );
    expect(place(edit)).toMatchObject({ recordFrames: 60 });
  });

  it('EDL: one side of a dissolve is left to other formats', () => {
    const edit = editOf(at25, 'edl', [{ in: 0, out: 300, record: 10 }]).replace(/(A001 {5}V {5})C {8}/, '$1D    020 ');
    expect(reasonsOf(edit, [order])).toMatchObject([{ rule: 'handoff.transition' }]);
  });
});

describe('W17: texts that are no edits', () => {
  const order = orderFor(at25);
  const bomb = `<?xml version="1.0"?><!DOCTYPE fcpxml [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
    .split('')
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
    .join('')}]><fcpxml version="1.10"><resources/>&j;</fcpxml>`;
  it.each([
    ['entities that grow', bomb, 'handoff.editEntities'],
    ['entities that are not used', '<!DOCTYPE xmeml [<!ENTITY a "b">]><xmeml version="5"/>', 'handoff.editEntities'],
    [
      'another file',
      '<!DOCTYPE xmeml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xmeml>&a;</xmeml>',
      'handoff.editEntities',
    ],
    ['cut off', '<fcpxml version="1.10"><resources>', 'handoff.editUnreadable'],
    ['cut off JSON', '{"OTIO_SCHEMA": "Timeline.1", "tracks": {', 'handoff.editUnreadable'],
    ['nested without end', `<fcpxml>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</fcpxml>`, 'handoff.editUnreadable'],
    ['JSON nested without end', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'handoff.editUnreadable'],
    ['another XML', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'handoff.editUnknown'],
    ['another JSON', '{"name": "package"}', 'handoff.editUnknown'],
    ['prose', 'Dear editor,\nplease find attached', 'handoff.editUnknown'],
    ['nothing', '', 'handoff.editUnknown'],
    [
      'a timecode that is none',
      '001  A001     V     C        00:00:00:30 00:00:01:00 00:00:00:00 00:00:01:00',
      'handoff.edlTime',
    ],
  ])('%s', (_, text, rule) => {
    expect(reasonsOf(text, [order])).toMatchObject([{ field: 'over', rule }]);
  });

  it('too large', () => {
    expect(reasonsOf('x'.repeat(40_000_001), [order])).toMatchObject([{ rule: 'handoff.editTooLarge' }]);
  });

  it('whatever a text is cut to, nothing but a refusal comes of it', () => {
    for (const format of formats) {
      const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }]);
      for (let length = 0; length < edit.length; length += 97) {
        try {
          layOver(edit.slice(0, length), [order]);
        } catch (error) {
          expect(error).toBeInstanceOf(RestageError);
          expect((error as RestageError).code).toBe('refused');
        }
      }
    }
  });
});
