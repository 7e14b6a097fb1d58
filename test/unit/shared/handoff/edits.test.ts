/** Edits as programs write them, and texts that are none: the rest of an edit is as it was, and what cannot be done is said. */
import type { XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { type LaidOver, layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { orderFor } from '../../../fixtures/handoff.ts';
import { at25, editOf, reasonsOf } from '../../../fixtures/handoffEdits.ts';
import { readEdl, withXml } from '../../../fixtures/readTimelines.ts';

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
    expect(after.tracks.children.map(({ name }: { name: string }) => name)).toEqual(['V1', 'Restage', 'A1']);
    after.tracks.children.splice(1, 1);
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

  it('EDL: by the clip’s name or the reel where no file is named', () => {
    const edit = editOf(at25, 'edl', [{ in: 0, out: 300, record: 10 }]).replace(/\* SOURCE FILE:.*\r\n/g, '');
    expect(place(edit)).toMatchObject({ recordFrames: 60 });
    const reels = edit.replace(/\* FROM CLIP NAME:.*\r\n/g, '').replaceAll('A001', 'WALK');
    expect(place(reels)).toMatchObject({ recordFrames: 60 });
  });

  it('EDL: one side of a dissolve is left to other formats', () => {
    const edit = editOf(at25, 'edl', [{ in: 0, out: 300, record: 10 }]).replace(/(A001 {5}V {5})C {8}/, '$1D    020 ');
    expect(reasonsOf(edit, [order])).toMatchObject([{ rule: 'handoff.transition' }]);
  });
});
