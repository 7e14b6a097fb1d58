/** Names of every kind in every format: what is written is read again by other means, and nothing of a name becomes part of the format. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandoffTimeline } from '../../../../shared/contract/handoff.ts';
import { fileUrl, pathOfUrl } from '../../../../shared/handoff/fileUrl.ts';
import { lineText, nameText, reelNames } from '../../../../shared/handoff/names.ts';
import { layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { writeTimeline } from '../../../../shared/handoff/write.ts';
import { mediaFor, orderFor, type RateCase, timelineFor } from '../../../fixtures/handoff.ts';
import { readEdl, readFcpxml, readOtio, readXmeml } from '../../../fixtures/readTimelines.ts';
import { runsOf, seedOf } from '../../../fixtures/runs.ts';

const of: RateCase = { name: '25', rate: { num: 25, den: 1 }, isDropFrame: false };

const awkward = [
  ...['a "quoted" & <b>', "it's", ']]>', '<![CDATA[x]]>', '<!-- x -->', '&amp;', '&#10;', '%41%', '{"a":1}', '\\u0041'],
  ...['第3話 走る', '달리기 🏃🏽‍♀️', '👩‍👩‍👧‍👦', 'é', 'ｶﾞ', 'عربى', '\u202egpj.mp4', '=1+1', '@x', '-1'],
  ...['a\nb', 'a\r\nTITLE: b', 'a\tb', 'a\u0000b', '\u0001', '\ud800', 'x\udc00y', '\ufffe', '\u2028', '  ', ''],
  ...[
    'x'.repeat(300),
    '長'.repeat(300),
    '001  AX       V     C        00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00',
  ],
  ...['* LOC: 01:00:00:00 RED     x', 'C:\\x\\y.mp4', 'file:///etc/passwd', '..', 'CON', '\ufeffbom'],
];
const names = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.constantFrom(...awkward), { maxLength: 4 }).map((parts) => parts.join('')),
);

function timelineOf(title: string, name: string, note: string, path: string): HandoffTimeline {
  const timeline = timelineFor(of);
  const media = mediaFor(of, { path });
  const markers = [{ atFrames: 5, text: note, isDone: false }];
  const clip = { itemId: 'a', name, media, inFrames: 0, outFrames: 50, recordFrames: 0, markers };
  return { ...timeline, name: title, clips: [clip, { ...clip, recordFrames: 50, markers: [] }] };
}

/** Characters that a file's name on some system may hold. */
const paths = names.map((name) => `/media/${name.replaceAll('/', '_').replaceAll('\0', '') || 'x'}.mp4`);
const settings = { numRuns: runsOf('HANDOFF', { short: 300, long: 3000 }), seed: seedOf('HANDOFF', 1) };

describe('W18: names', () => {
  it('come back from FCPXML, xmeml and OTIO as one line of what can be written', () => {
    fc.assert(
      fc.property(names, names, names, paths, (title, name, note, path) => {
        const timeline = timelineOf(title, name, note, path);
        const expected = {
          name: nameText(name),
          markers: [`5 ${nameText(note, '-')}`],
          file: fileUrl(path),
        };
        for (const read of [
          readFcpxml(writeTimeline('fcpxml', timeline), of.rate),
          readOtio(writeTimeline('otio', timeline)),
        ]) {
          expect(read.name).toBe(nameText(title));
          expect(read.clips).toHaveLength(2);
          expect(read.clips[0]).toMatchObject(expected);
        }
        const xmeml = readXmeml(writeTimeline('xmeml', timeline));
        expect(xmeml.name).toBe(nameText(title));
        expect(xmeml.clips).toHaveLength(2);
        expect(xmeml.clips[0]).toMatchObject({ name: nameText(name), file: fileUrl(path, 'localhost') });
      }),
      settings,
    );
  });

  it('come back from an EDL as one line each, and make no line of their own', () => {
    fc.assert(
      fc.property(names, names, names, paths, (title, name, note, path) => {
        for (const format of ['edl', 'edl-premiere'] as const) {
          const text = writeTimeline(format, timelineOf(title, name, note, path));
          const { events } = readEdl(text, of.rate);
          expect(events.filter(({ channels }) => channels === 'V')).toHaveLength(2);
          const isPremiere = format === 'edl-premiere';
          const named = events.find((event) => event.name !== '');
          expect(named?.name).toBe(isPremiere ? nameText(path.split('/').at(-1) ?? '') : nameText(name));
          expect(events.every(({ reel }) => /^[A-Z0-9]{1,8}$/.test(reel))).toBe(true);
          expect(text.split('\r\n').filter((line) => line.startsWith('TITLE:'))).toHaveLength(1);
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        }
      }),
      settings,
    );
  });

  it('stay in their cell in CSV and ALE', () => {
    fc.assert(
      fc.property(names, names, names, paths, (title, name, note, path) => {
        const timeline = timelineOf(title, name, note, path);
        const rows = csvRows(writeTimeline('csv', timeline).replace(/^\uFEFF/, ''));
        expect(rows).toHaveLength(3);
        for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0);
        expect(rows.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
        const ale = writeTimeline('ale', timeline).split('\r\n');
        const data = ale.slice(ale.indexOf('Data') + 1).filter(Boolean);
        expect(data.map((line) => line.split('\t').length)).toEqual([9, 9]);
      }),
      settings,
    );
  });

  it('a result of any name is laid over an edit of any names', () => {
    fc.assert(
      fc.property(names, names, paths, (clipName, resultName, path) => {
        const source = `/rushes/${lineText(clipName).replaceAll('/', '_')}.mov`;
        for (const format of ['fcpxml', 'xmeml', 'otio', 'edl'] as const) {
          const edit = writeTimeline(format, timelineOf('edit', clipName, 'n', source));
          const name = source.split('/').at(-1) ?? '';
          const order = orderFor(of, {
            name: resultName,
            media: { path },
            source: { name, path: source, inFrames: 10, outFrames: 30 },
          });
          const laid = layOver(edit, [order]);
          expect(laid.places.map(({ recordFrames }) => recordFrames)).toEqual([10, 60]);
          // And that is an edit again; in a list what was ordered has been replaced.
          if (format === 'edl') continue;
          expect(layOver(laid.text, [order]).places.length).toBeGreaterThanOrEqual(2);
        }
      }),
      { ...settings, numRuns: Math.ceil(settings.numRuns / 4) },
    );
  });

  it('paths of any name come back from their URL', () => {
    fc.assert(
      fc.property(paths, fc.constantFrom('plain' as const, 'localhost' as const), (path, style) => {
        const url = fileUrl(path, style);
        expect(url).toMatch(/^[\x21-\x7e]+$/);
        expect(pathOfUrl(url)).toBe(path.toWellFormed());
      }),
      settings,
    );
  });

  it('reels are one per file, however alike the names', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 60 }), (reels) => {
        const files = reels.map((reel, at) => ({ path: `/m/${at}`, reel }));
        const made = [...reelNames(files).values()];
        expect(new Set(made).size).toBe(files.length);
        for (const reel of made) expect(reel).toMatch(/^(?!AX$|BL$)[A-Z0-9]{1,8}$/);
      }),
      settings,
    );
  });
});

/** RFC 4180, character by character. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else cell += character;
  }
  return rows;
}
