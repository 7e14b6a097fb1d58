/** `restage library conform` as a person runs it: copies where it says, in words and as one document, and every mistake refused before work. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeReference, makeResult, putResult, sha256Of } from '../../fixtures/conformWorld.ts';
import { openShell, type Shell } from '../cli/commandLine.ts';
import { toolPaths } from '../sandbox/harness.ts';

let shell: Shell;
let master: string;
const tools = toolPaths();

beforeAll(async () => {
  shell = await openShell();
  const reference = await makeReference(tools.ffmpeg, shell.path('reference.mp4'));
  const { document } = await shell.json(['check', '--video', reference]);
  expect(document).toBeTruthy();
  const made = await makeResult(tools.ffmpeg, shell.path('made.mp4'), { seconds: 1, isSilent: true });
  master = await putResult({ libraryDir: shell.libraryDir, videoId: 'v0' }, { id: 'r1', name: '踊る one', file: made });
  await shell.run(['library', 'rebuild']);
});
afterAll(() => shell?.remove());

it('19 conform: by id and by search, into a folder of one’s own, once; the result stays as it is', async () => {
  const before = sha256Of(master);
  const out = shell.path('edit');
  const args = ['library', 'conform', 'r1', '--preset', 'prores-lt', '--rate', '25', '--sound', 'none', '--out', out];
  const first = await shell.json(args);
  expect(first).toMatchObject({ code: 0, document: { folder: out, items: [{ id: 'r1', state: 'made' }] } });
  expect(readdirSync(out)).toEqual(['踊る one.mov']);
  const said = await shell.run(['library', 'conform', '踊る', ...args.slice(3)]);
  expect(said.code).toBe(0);
  expect(said.stdout).toContain('there already');
  const ascii = await shell.run(['library', 'conform', '踊る', '--ascii', ...args.slice(3)]);
  expect(ascii.stdout).toMatch(/x[0-9a-z]{6}ru one\.mov/);
  expect(ascii.stdout).toContain('25 fps · 25 frames');
  expect(sha256Of(master)).toBe(before);
});

it('19 conform: every mistake is told with field, value, rule and way out, and nothing is made', async () => {
  const refusal = async (...args: string[]) => {
    const { code, document } = await shell.json(['library', 'conform', ...args]);
    const { reasons } = (document as unknown as { error: { reasons: { field: string; rule: string; fix: string }[] } })
      .error;
    expect([code, reasons.every(({ rule, fix }) => rule !== '' && fix !== '')]).toEqual([code, true]);
    return [code, reasons.map(({ field }) => field)];
  };
  expect(await refusal('r1')).toEqual([2, ['preset']]);
  expect(await refusal('r1', '--preset', 'prores')).toEqual([2, ['preset']]);
  expect(await refusal('r1', '--preset', 'h264', '--size', '1920')).toEqual([2, ['size']]);
  expect(await refusal('r1', '--preset', 'h264', '--sound-offset-ms', '1e9')).toEqual([2, ['sound-offset-ms']]);
  expect(await refusal('nothing like it', '--preset', 'h264')).toEqual([2, ['results']]);
  expect(await refusal('r1', '--preset', 'h264', '--out', shell.path('no/such'))).toEqual([1, ['out']]);
  expect(existsSync(path.join(shell.libraryDir, 'Conformed'))).toBe(false);
  // The reference was never added in this profile: its sound cannot be had, and the copy says why.
  const gone = await shell.run(['library', 'conform', 'r1', '--preset', 'h264']);
  expect(gone.code).toBe(1);
  expect(gone.stdout).toContain('--sound');
});

it('19 export: with --conform the timeline names copies, made once; end to end and into a folder of one’s own', async () => {
  const before = sha256Of(master);
  const copies = shell.path('copies');
  const out = shell.path('cut.fcpxml');
  const how = ['--conform', 'prores-lt', '--rate', '25', '--sound', 'none', '--ascii', '--copies', copies];
  const args = ['library', 'export', 'r1', '--format', 'fcpxml', ...how];
  const { code, document } = await shell.json([...args, '--out', out]);
  const [name = ''] = readdirSync(copies);
  expect([code, name]).toEqual([0, expect.stringMatching(/^[ -~]+ one\.mov$/)]);
  const written = document as unknown as { timeline: { rate: object; clips: { media: { path: string } }[] } };
  expect(written.timeline.rate).toEqual({ num: 25, den: 1 });
  expect(written.timeline.clips.map(({ media }) => media.path)).toEqual([path.join(copies, name)]);
  const xml = readFileSync(out, 'utf8');
  expect(xml).toContain(`/copies/${encodeURIComponent(name)}`);
  expect(xml).not.toContain(encodeURIComponent(path.basename(master)));
  const again = await shell.run([...args, '--yes', '--out', out]);
  expect([again.code, readdirSync(copies)]).toEqual([0, [name]]);
  expect(again.stdout).toContain('there already');
  expect(sha256Of(master)).toBe(before);
});

it('19 export: flags of copies without --conform, and a copy that cannot be made, leave no timeline', async () => {
  const out = shell.path('none.edl');
  const base = ['library', 'export', 'r1', '--format', 'edl', '--out', out];
  const stray = await shell.json([...base, '--rate', '25']);
  expect(stray).toMatchObject({ code: 2, document: { error: { reasons: [{ field: 'rate' }] } } });
  // Nobody has its reference: the original sound cannot be put back.
  const silent = await shell.json([...base, '--conform', 'h264', '--copies', shell.path('never')]);
  expect(silent.document).toMatchObject({ copies: { items: [{ id: 'r1', state: 'failed' }] } });
  expect([silent.code, existsSync(out)]).toEqual([1, false]);
});
