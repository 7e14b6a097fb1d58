/** Copies of results for the timeline: what is in the files by ffprobe's own word, what is never touched, and what is said when it cannot be. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConformInput, ConformOutcome } from '../../../shared/contract/conform.ts';
import { conformPresetIds } from '../../../shared/handoff/conformPresets.ts';
import { conformInput, copyOf, makeReference, makeResult, putResult, sha256Of } from '../../fixtures/conformWorld.ts';
import { thinned } from '../../fixtures/runs.ts';
import { run } from '../../fixtures/runTool.ts';
import { canMount, fillDisk, mount, unmount } from '../../fixtures/smallDisk.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';
import { toolPaths } from '../sandbox/harness.ts';

let profile: TestProfile;
let videoId: string;
let home: string;
const tools = toolPaths();
const masters = new Map<string, string>();

beforeAll(async () => {
  profile = await openTestProfile();
  home = path.dirname(profile.profileDir);
  const reference = await makeReference(tools.ffmpeg, path.join(home, 'reference.mov'), {
    ...{ rate: '30000/1001', timecode: '00:59:58;10', extension: 'mov' },
  });
  videoId = await profile.add(reference);
});
afterAll(async () => {
  // After every action of this file each result is what it was, byte for byte.
  const now = [...masters].map(([file]) => [file, sha256Of(file)]);
  await profile?.remove();
  expect(now).toEqual([...masters]);
});

let count = 0;
async function result(options: Parameters<typeof makeResult>[2] = {}, name = `take ${++count}`): Promise<string> {
  const id = `r${++count}`;
  const made = await makeResult(tools.ffmpeg, path.join(home, `${id}.mp4`), { seconds: 2, isSilent: true, ...options });
  const file = await putResult({ libraryDir: profile.libraryDir, videoId }, { id, name, file: made });
  masters.set(file, sha256Of(file));
  await profile.call('library.rebuild', {});
  return id;
}

const conform = async (id: string, more: Partial<ConformInput> = {}) =>
  copyOf(await profile.call('handoff.conform', conformInput([id], more)), id);
const failure = async (id: string, more: Partial<ConformInput> = {}) => {
  const [outcome] = (await profile.call('handoff.conform', conformInput([id], more))).items;
  if (outcome?.state !== 'failed') throw new Error(JSON.stringify(outcome));
  return outcome.error;
};
const conformedDir = () => path.join(profile.libraryDir, 'Conformed');

interface Probed {
  streams: Record<string, unknown>[];
  format: { duration: string; tags: Record<string, string> };
}
async function probe(
  file: string,
): Promise<Probed & { video: Record<string, unknown>; sound: Record<string, unknown> }> {
  const args = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', '-count_frames', file];
  const answer = JSON.parse((await run(tools.ffprobe, args)).toString()) as Probed;
  const of = (type: string) => answer.streams.find((stream) => stream.codec_type === type) ?? {};
  return { ...answer, video: of('video'), sound: of('audio') };
}

const wanted = {
  prores422: { codec_name: 'prores', codec_tag_string: 'apcn', pix_fmt: 'yuv422p10le' },
  'prores-hq': { codec_name: 'prores', codec_tag_string: 'apch', pix_fmt: 'yuv422p10le' },
  'prores-lt': { codec_name: 'prores', codec_tag_string: 'apcs', pix_fmt: 'yuv422p10le' },
  'dnxhr-sq': { codec_name: 'dnxhd', codec_tag_string: 'AVdh', pix_fmt: 'yuv422p' },
  'dnxhr-hq': { codec_name: 'dnxhd', codec_tag_string: 'AVdh', pix_fmt: 'yuv422p' },
  h264: { codec_name: 'h264', codec_tag_string: 'avc1', pix_fmt: 'yuv420p', profile: 'High' },
} as const;

it.each(thinned(conformPresetIds, 3))(
  '16 %s: codec, tag, colours, exact rate, timecode at the in point, the original’s sound, the name of the clip',
  async (preset) => {
    const id = await result({}, `踊る ${preset}`);
    const copy = await conform(id, { preset });
    const { video, sound, streams, format } = await probe(copy.file);
    expect(video).toMatchObject(wanted[preset]);
    expect(video).toMatchObject({ color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709' });
    // Two seconds of 30 in the reference’s 29.97: 60 pictures are 59.94, to the nearest 60.
    expect([video.r_frame_rate, video.nb_read_frames, video.width, video.height]).toEqual([
      '30000/1001',
      '60',
      480,
      270,
    ]);
    expect(Number(video.duration)).toBeCloseTo((60 * 1001) / 30_000, 3);
    // Two seconds after 00:59:58;10: 59 pictures are over, and no label is dropped at minute 0 of an hour.
    expect(copy.timecode).toBe('01:00:00;09');
    expect(streams.map(({ tags }) => (tags as Record<string, string> | undefined)?.timecode)).toContain(copy.timecode);
    expect(sound.codec_name).toBe(preset === 'h264' ? 'aac' : 'pcm_s16le');
    expect(Number(sound.sample_rate)).toBe(48_000);
    expect(format.tags.title).toBe(`踊る ${preset}`);
    expect(format.tags.comment).toBeUndefined();
  },
);

it.each(thinned(['23.976', '24', '25', '29.97', '30', '50', '59.94', '60'] as const, 3))(
  '16 rate %s: the exact fraction, and what was repeated or dropped is said',
  async (rate) => {
    const id = await result({ seconds: 4 });
    const copy = await conform(id, { rate, sound: 'none' });
    const { video, sound } = await probe(copy.file);
    expect(sound).toEqual({});
    expect(video.r_frame_rate).toBe(`${copy.frameRate.num}/${copy.frameRate.den}`);
    expect(Number(video.nb_read_frames)).toBe(copy.frameCount);
    expect(copy.frameCount).toBe(Math.round(4 * (copy.frameRate.num / copy.frameRate.den)));
    const said = copy.notes
      .filter(({ id: note }) => note === 'repeated' || note === 'dropped')
      .map((note) => note.params?.count);
    expect(said).toEqual([copy.repeated, copy.dropped].filter((number) => number > 0));
    expect(copy.frameCount - copy.repeated).toBe(120 - copy.dropped);
  },
);

it('16 rate: stamped anew every picture is there once and the sound keeps its place; too far is refused', async () => {
  const id = await result({ rate: '24000/1001', seconds: 4 });
  const copy = await conform(id, { rate: '24', isRestamped: true });
  const { video, sound } = await probe(copy.file);
  expect([video.r_frame_rate, Number(video.nb_read_frames), copy.repeated, copy.dropped]).toEqual(['24/1', 96, 0, 0]);
  expect(Math.abs(Number(sound.duration) - 4)).toBeLessThan(0.001);
  expect(copy.notes.map(({ id: note }) => note)).toContain('restamped');
  expect(await failure(id, { rate: '60', isRestamped: true })).toMatchObject({
    code: 'refused',
    reasons: [{ field: 'rate', rule: 'conform.restamp' }],
  });
});

it('16 size: padded to a sequence or scaled into it, from upright too; odd and too small is refused', async () => {
  const id = await result({ size: '360x640', seconds: 1 });
  const padded = await conform(id, { size: { width: 1280, height: 720 }, sound: 'none' });
  const { video } = await probe(padded.file);
  expect([video.width, video.height, video.sample_aspect_ratio ?? '1:1']).toEqual([1280, 720, '1:1']);
  const grey = ['-vf', 'crop=64:64:32:32,scale=1:1:flags=area,format=gray', '-frames:v', '1', '-f', 'rawvideo', '-'];
  const bar = await run(tools.ffmpeg, ['-v', 'error', '-i', padded.file, ...grey]);
  expect(bar[0]).toBeLessThan(20);
  const scaled = await conform(id, { size: { width: 1280, height: 720 }, fit: 'scale', sound: 'none' });
  expect([scaled.width, scaled.height]).toEqual([406, 720]);
  expect(await failure(id, { size: { width: 641, height: 360 } })).toMatchObject({
    reasons: [{ rule: 'conform.size' }],
  });
  const small = { preset: 'dnxhr-sq' as const, size: { width: 200, height: 112 } };
  expect(await failure(id, small)).toMatchObject({ reasons: [{ field: 'size', rule: 'conform.small' }] });
});

it('16 names: never over another file, in ASCII on wish, with the clip’s own name inside, a note on wish', async () => {
  const [one, two] = [await result({ seconds: 1 }, '春のダンス'), await result({ seconds: 1.2 }, '春のダンス 2 ')];
  mkdirSync(conformedDir(), { recursive: true });
  writeFileSync(path.join(conformedDir(), '春のダンス.mov'), 'somebody’s');
  const first = await conform(one, { sound: 'none' });
  expect(path.basename(first.file)).toBe('春のダンス 2.mov');
  expect(path.basename((await conform(two, { sound: 'none' })).file)).toBe('春のダンス 2 2.mov');
  expect(readdirSync(conformedDir())).toContain('春のダンス.mov');
  const ascii = await conform(one, { sound: 'none', isAscii: true, hasProvenance: true });
  expect(path.basename(ascii.file)).toMatch(/^x[0-9a-z]{6}nodansu\.mov$/);
  const { format } = await probe(ascii.file);
  expect(format.tags.title).toBe('春のダンス');
  expect(format.tags.comment).toContain('trainedAlgorithmicMedia');
});

it('16 once: a copy that is there unchanged is recognised, also after a restart; one that was changed or moved is made again', async () => {
  const id = await result({ seconds: 1 });
  const first = await conform(id, { sound: 'none' });
  await profile.restart();
  const [again] = (await profile.call('handoff.conform', conformInput([id], { sound: 'none' }))).items;
  expect(again).toEqual({ id, state: 'reused', copy: first });
  const plan = await profile.call('handoff.conformPlan', { ids: [id, 'nobody'], preset: 'prores-lt', sound: 'none' });
  expect(plan.items).toMatchObject([
    { state: 'there', name: path.basename(first.file) },
    { id: 'nobody', state: 'refused' },
  ]);
  expect(plan.neededBytes).toBe(0);
  await writeFile(first.file, 'changed');
  const other = await conform(id, { sound: 'none' });
  expect(other.file).not.toBe(first.file);
  await rename(other.file, `${other.file}.away`);
  await symlink(`${other.file}.away`, other.file);
  expect((await conform(id, { sound: 'none' })).file).not.toBe(other.file);
});

it('16 cancel: nothing half stays, what is finished stays and is not made again', async () => {
  const ids = [
    await result({ seconds: 1 }),
    await result({ seconds: 3, size: '960x540' }),
    await result({ seconds: 1 }),
  ];
  const input = conformInput(ids, { sound: 'none', preset: 'prores-hq' });
  const off = profile.connection.on('handoff.conformProgress', ({ taskId, done, ratio }) => {
    if (taskId === input.taskId && done === 1 && ratio !== null && ratio > 0)
      void profile.call('handoff.conformCancel', { taskId });
  });
  const { items } = await profile.call('handoff.conform', input);
  off();
  expect(items.map(({ state }) => state)).toEqual(['made', 'cancelled', 'cancelled']);
  expect(readdirSync(conformedDir()).filter((name) => name.startsWith('.'))).toEqual([]);
  const next = await profile.call('handoff.conform', { ...input, taskId: 'again' });
  expect(next.items.map(({ state }) => state)).toEqual(['reused', 'made', 'made']);
});

it('16 scan: copies are neither results nor strays', async () => {
  const id = await result({ seconds: 1 });
  await conform(id, { sound: 'none' });
  const report = await profile.call('library.rebuild', {});
  expect(report.strays).toEqual([]);
  expect(report.missing).toBe(0);
});

it('bad input: missing, unreadable, a link, a folder gone, each with field, rule and what the rest still gets', async () => {
  const good = await result({ seconds: 1 });
  const [gone, broken, linked] = [
    await result({ seconds: 1 }),
    await result({ seconds: 1.1 }),
    await result({ seconds: 1.2 }),
  ];
  const fileOf = async (id: string) => (await profile.call('library.get', { id })).file;
  for (const id of [gone, broken, linked]) masters.delete(await fileOf(id));
  await rm(await fileOf(gone));
  await writeFile(await fileOf(broken), 'no video at all');
  await rename(await fileOf(linked), path.join(home, 'elsewhere.mp4'));
  await symlink(path.join(home, 'elsewhere.mp4'), await fileOf(linked));
  const input = { ...conformInput([gone, broken, linked, good, 'nobody']), sound: 'none' as const };
  const { items } = await profile.call('handoff.conform', input);
  const said = (item: ConformOutcome) =>
    item.state === 'failed' ? item.error.reasons.map(({ rule }) => rule)[0] : item.state;
  expect(items.map(said)).toEqual([
    ...['conform.resultMissing', 'conform.resultUnreadable', 'conform.resultMissing', 'made', 'library.unknown'],
  ]);
  const out = path.join(home, 'no such', 'folder');
  expect(await profile.connection.conformInto(out, { ...input, ...defaults, ids: [good] })).toMatchObject({
    ok: false,
    error: { code: 'outputNotWritable', reasons: [{ field: 'out', rule: 'conform.folder', params: { folder: out } }] },
  });
});

const defaults = { rate: 'reference', isRestamped: false, fit: 'pad', isAscii: false, hasProvenance: false } as const;

it('16 space: looked at before a byte is written, said with what is needed; nothing stays', async () => {
  if (!canMount) return expect(canMount).toBe(false);
  const folder = mkdtempSync(path.join(tmpdir(), 'restage-small-'));
  mount(folder, 22);
  try {
    const id = await result({ seconds: 2 });
    const input = {
      ...conformInput([id], { sound: 'none', preset: 'prores-hq' }),
      ...defaults,
      sound: 'none' as const,
    };
    const answer = await profile.connection.conformInto(folder, input);
    const [outcome] = answer.ok ? answer.value.items : [];
    expect(outcome).toMatchObject({
      state: 'failed',
      error: { code: 'diskFull', reasons: [{ rule: 'conform.disk' }] },
    });
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    unmount(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

it('16 space: a disk that fills up meanwhile is said with what is needed, and nothing half stays', async () => {
  if (!canMount) return expect(canMount).toBe(false);
  const folder = mkdtempSync(path.join(tmpdir(), 'restage-small-'));
  mount(folder, 90);
  const filler = path.join(folder, 'filler');
  let off = () => {};
  try {
    const id = await result({ seconds: 4, size: '640x360' });
    const input = { ...conformInput([id]), ...defaults, sound: 'none' as const };
    off = profile.connection.on('handoff.conformProgress', ({ taskId, ratio }) => {
      if (taskId === input.taskId && ratio !== null && !existsSync(filler)) fillDisk(filler);
    });
    const answer = await profile.connection.conformInto(folder, input);
    const [outcome] = answer.ok ? answer.value.items : [];
    expect(outcome).toMatchObject({
      state: 'failed',
      error: { code: 'diskFull', reasons: [{ rule: 'conform.disk' }] },
    });
    expect(readdirSync(folder)).toEqual(['filler']);
  } finally {
    off();
    unmount(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

it('16 variable rate: by the stamps of the result, and said that the reference is gone from here', async () => {
  const made = await makeResult(tools.ffmpeg, path.join(home, 'variable.mp4'), { seconds: 2, isSilent: true });
  const variable = path.join(home, 'vfr.mp4');
  const drop = ['-vf', "select='not(eq(mod(n,5),2))'", '-vsync', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast'];
  await run(tools.ffmpeg, ['-v', 'error', '-y', '-i', made, ...drop, variable]);
  await cp(variable, made);
  await putResult({ libraryDir: profile.libraryDir, videoId: 'v-unknown' }, { id: 'vfr', name: 'vfr', file: made });
  await profile.call('library.rebuild', {});
  const copy = await conform('vfr', { rate: '25', sound: 'none' });
  expect([copy.frameCount, copy.timecode]).toEqual([50, null]);
  expect((await probe(copy.file)).video.r_frame_rate).toBe('25/1');
  const own = await conform('vfr', { sound: 'none' });
  expect(own.notes.map(({ id }) => id)).toContain('rateUnknown');
});
