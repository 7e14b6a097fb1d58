/** `restage library export`: from results in the library to timelines, and into the edit that holds their reference. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handoffFormats } from '../../../shared/contract/handoff.ts';
import { fileUrl } from '../../../shared/handoff/fileUrl.ts';
import { writeTimeline } from '../../../shared/handoff/write.ts';
import { mediaFor, type RateCase, timelineFor } from '../../fixtures/handoff.ts';
import { readEdl, readFcpxml, readOtio, readXmeml } from '../../fixtures/readTimelines.ts';
import { makeClip, makeImage, openShell, probe, type Shell } from './commandLine.ts';

const at25: RateCase = { name: '25', rate: { num: 25, den: 1 }, isDropFrame: false };

let shell: Shell;
let file = '';
let id = '';
let frames = 0;
beforeAll(async () => {
  shell = await openShell();
  await makeClip(shell.path('dance.mp4'), { seconds: 5 });
  await makeImage(shell.path('Ada.png'));
  const order = ['generate', '--video', 'dance.mp4', '--image', 'Ada.png', '--orientation', 'image'];
  const { document } = await shell.json([...order, '--quality', '720p', '--from', '0.4', '--to', '4']);
  file = document.jobs[0]?.file ?? '';
  frames = (await probe(file)).frames;
  const { items } = (await shell.json(['library', 'list'])).document as unknown as { items: { id: string }[] };
  id = items[0]?.id ?? '';
});
afterAll(() => shell.remove());

const exported = (...more: string[]) => shell.json(['library', 'export', id, ...more]);

describe('W19: end to end', () => {
  test.each(handoffFormats)('%s names the result, whole', async (format) => {
    const out = shell.path(`cut.${format}`);
    const { code, document } = await exported('--format', format, '--out', out);
    expect([code, document.file]).toEqual([0, out]);
    const text = readFileSync(out, 'utf8');
    const { rate } = await probe(file);
    const exact = { num: Math.round(rate), den: 1 };
    const whole = { in: 0, out: frames, record: 0 };
    if (format === 'fcpxml') expect(readFcpxml(text, exact).clips).toMatchObject([{ ...whole, file: fileUrl(file) }]);
    if (format === 'xmeml')
      expect(readXmeml(text).clips).toMatchObject([{ ...whole, file: fileUrl(file, 'localhost') }]);
    if (format === 'otio') expect(readOtio(text).clips).toMatchObject([{ ...whole, file: fileUrl(file) }]);
    if (format.startsWith('edl'))
      expect(readEdl(text, exact).events[0]).toMatchObject({ sourceIn: 0, sourceOut: frames });
    if (format === 'csv' || format === 'ale') expect(text).toContain(path.basename(file));
  });

  test('what exists is not overwritten unasked', async () => {
    const out = shell.path('once.edl');
    writeFileSync(out, 'mine');
    const { code, document } = await exported('--format', 'edl', '--out', out);
    expect([code, readFileSync(out, 'utf8')]).toEqual([2, 'mine']);
    expect(document.error.reasons).toMatchObject([{ field: 'out', value: out }]);
    expect((await exported('--format', 'edl', '--out', out, '--yes')).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^TITLE: /);
  });

  test('without --out it goes to stdout; a search finds it as its id does', async () => {
    const byId = await shell.run(['library', 'export', id, '--format', 'otio', '--title', '第1話 "A & B"']);
    const bySearch = await shell.run(['library', 'export', 'Ada', '--format', 'otio', '--title', '第1話 "A & B"']);
    expect(byId.stdout).toBe(bySearch.stdout);
    expect(readOtio(byId.stdout).name).toBe('第1話 "A & B"');
  });

  test('what is not there is said', async () => {
    const none = await shell.json(['library', 'export', 'nobody', '--format', 'edl']);
    expect(none.document.error.reasons).toMatchObject([{ field: 'results', value: 'nobody' }]);
    const neither = await shell.json(['library', 'export', id]);
    expect([neither.code, neither.document.error.code]).toEqual([2, 'refused']);
    const nowhere = await exported('--format', 'edl', '--out', 'no/such/folder/cut.edl');
    expect(nowhere.document.error.reasons).toMatchObject([{ field: 'out' }]);
    await rename(file, `${file}.away`);
    const gone = await exported('--format', 'edl');
    await rename(`${file}.away`, file);
    expect(gone.document.error.reasons).toMatchObject([{ field: 'results', rule: expect.stringMatching(/files/) }]);
  });
});

describe('W19: over an edit', () => {
  /** Shows all of the reference from frame 30 of the timeline on. */
  const edit = (format: 'fcpxml' | 'xmeml' | 'otio' | 'edl', source: string) => {
    const media = mediaFor(at25, { path: source, durationFrames: 125, width: 640, height: 480 });
    const clip = { itemId: 'x', name: 'dance', media, inFrames: 0, outFrames: 125, recordFrames: 30, markers: [] };
    const other = { ...clip, name: 'other', media: mediaFor(at25), outFrames: 30, recordFrames: 0 };
    return writeTimeline(format, { ...timelineFor(at25), clips: [other, clip] });
  };
  const resultRate = async () => Math.round((await probe(file)).rate);

  test.each(['fcpxml', 'xmeml', 'otio', 'edl'] as const)('%s: at the frames that were ordered', async (format) => {
    const over = shell.path(`edit.${format}`);
    writeFileSync(over, edit(format, shell.path('dance.mp4')));
    const before = readFileSync(over, 'utf8');
    const out = shell.path(`laid.${format}`);
    const { code, document } = await exported('--over', over, '--out', out);
    if ((await resultRate()) !== 25) throw new Error('the sandbox gives results of another rate');
    expect(code).toBe(0);
    // Ordered from 0.4 s on: frame 10 of the reference.
    expect(document).toMatchObject({
      format,
      places: [{ recordFrames: 40, inFrames: 0, recordTimecode: '01:00:01:15' }],
    });
    expect(readFileSync(out, 'utf8')).toContain(
      format === 'edl' ? path.basename(file) : encodeURIComponent(path.basename(file, '.mp4')),
    );
    expect(readFileSync(over, 'utf8')).toBe(before);
  });

  test('the edit itself is never written to', async () => {
    const over = shell.path('itself.xml');
    writeFileSync(over, edit('xmeml', shell.path('dance.mp4')));
    const before = readFileSync(over, 'utf8');
    const { code, document } = await exported('--over', over, '--out', over, '--yes');
    expect([code, document.error.reasons[0]?.field, readFileSync(over, 'utf8')]).toEqual([2, 'out', before]);
  });

  test('an edit that does not hold the clip, is no edit, or is not there: field, value, rule and way out', async () => {
    const strangers = shell.path('strangers.xml');
    writeFileSync(strangers, edit('xmeml', '/rushes/other-clip.mov'));
    const prose = shell.path('prose.edl');
    writeFileSync(prose, 'hello');
    const latin = shell.path('latin.edl');
    writeFileSync(latin, Buffer.from([0x54, 0xe9, 0x0a]));
    for (const over of [strangers, prose, latin, shell.path('nothing.xml'), shell.folder]) {
      const out = shell.path('never.xml');
      const { code, document } = await exported('--over', over, '--out', out);
      expect([code, document.error.code]).toEqual([2, 'refused']);
      const [reason] = document.error.reasons;
      expect(reason).toMatchObject({
        field: 'over',
        rule: expect.stringMatching(/\w/),
        fix: expect.stringMatching(/\w/),
      });
      expect(existsSync(out)).toBe(false);
    }
  });

  test('Final Cut’s bundle, UTF-16 and a link are read like the file itself', async () => {
    const text = edit('xmeml', shell.path('dance.mp4'));
    const wide = shell.path('wide.xml');
    writeFileSync(wide, Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'));
    const link = shell.path('link.xml');
    symlinkSync(wide, link);
    const { code, document } = await exported('--over', link);
    expect([code, String(document.text).split('\n')[0]]).toEqual([0, '<?xml version="1.0" encoding="UTF-8"?>']);
  });

  test('--format other than the edit’s is refused', async () => {
    const over = shell.path('edit.otio');
    writeFileSync(over, edit('otio', shell.path('dance.mp4')));
    const { document } = await exported('--over', over, '--format', 'edl');
    expect(document.error.reasons).toMatchObject([{ field: 'format', value: 'edl' }]);
  });
});
