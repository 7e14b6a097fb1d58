/** Input that cannot be used is refused with the rule it breaks, never with a crash, and nothing is left behind. */
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestageError } from '../../../shared/errors.ts';
import { fixtureFfmpeg, h264, makeClip, openWorkshop, run, type Workshop } from '../../fixtures/media.ts';

let shop: Workshop;
let ffmpeg: string;

beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

async function refusalOf(path: string): Promise<{ code: string; rules: string[]; params: unknown }> {
  const error: unknown = await shop.media.readFacts(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RestageError)) throw new Error(`not refused: ${String(error)}`);
  return { code: error.code, rules: error.reasons.map((reason) => reason.rule), params: error.reasons[0]?.params };
}

async function clip(name: string, frames = 96, output: readonly string[] = []): Promise<string> {
  return makeClip(ffmpeg, shop.path(name), { width: 480, height: 360, frames, output, video: [...h264, '-qp', '10'] });
}

describe('reading facts refuses', () => {
  it('a missing file, a missing folder on the way, a folder', async () => {
    expect(await refusalOf(shop.path('nowhere.mp4'))).toMatchObject({ code: 'refused', rules: ['file.missing'] });
    expect(await refusalOf(shop.path('no/where.mp4'))).toMatchObject({ code: 'refused', rules: ['file.missing'] });
    expect(await refusalOf(shop.folder)).toMatchObject({ code: 'refused', rules: ['file.folder'] });
  });

  it('a link that leads in a circle', async () => {
    await symlink(shop.path('circle.mp4'), shop.path('circle.mp4'));
    expect((await refusalOf(shop.path('circle.mp4'))).rules).toEqual(['file.missing']);
  });

  it('an empty file, text, and text that names other files', async () => {
    await writeFile(shop.path('empty.mp4'), '');
    await writeFile(shop.path('text.mp4'), 'Dear editor, this is no film.\n'.repeat(50));
    await writeFile(shop.path('list.mp4'), `ffconcat version 1.0\nfile '${await clip('listed.mp4')}'\n`);
    await writeFile(shop.path('playlist.mp4'), `#EXTM3U\n#EXTINF:4,\n${shop.path('listed.mp4')}\n#EXT-X-ENDLIST\n`);
    expect((await refusalOf(shop.path('empty.mp4'))).rules).toEqual(['file.empty']);
    expect((await refusalOf(shop.path('text.mp4'))).rules).toEqual(['file.notMedia']);
    expect((await refusalOf(shop.path('list.mp4'))).rules).toEqual(['file.notMedia']);
    expect((await refusalOf(shop.path('playlist.mp4'))).rules).toEqual(['file.notMedia']);
  });

  it('a file whose index promises more than there is, with both sizes', async () => {
    const whole = await clip('cut-off.mp4', 96, ['-movflags', '+faststart']);
    const { length } = await readFile(whole);
    await truncate(whole, Math.floor(length * 0.6));
    const refusal = await refusalOf(whole);
    expect(refusal).toMatchObject({ code: 'refused', rules: ['file.truncated'] });
    expect(refusal.params).toEqual({
      foundMB: (Math.floor(length * 0.6) / 1_000_000).toFixed(2),
      promisedMB: (length / 1_000_000).toFixed(2),
    });
  });

  it('a file that lost its index at the end, and a fragmented one that lost all of its fragments', async () => {
    const late = await clip('late-index.mp4');
    await truncate(late, (await readFile(late)).length - 600);
    expect((await refusalOf(late)).rules).toEqual(['file.noIndex']);
    const parts = await clip('parts.mp4', 96, ['-movflags', '+frag_keyframe+empty_moov']);
    // V12: where whole fragments are left, they are a clip. Here the first one is cut already.
    const bytes = await readFile(parts);
    await truncate(parts, bytes.indexOf('mdat', 0, 'latin1') + 100);
    expect((await refusalOf(parts)).rules).toEqual(['file.truncated']);
  });

  it('sound without a picture, also when it has a cover', async () => {
    const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=d=4', '-c:a', 'aac', shop.path('sound.mp4')];
    await run(ffmpeg, args);
    expect((await refusalOf(shop.path('sound.mp4'))).rules).toEqual(['file.audioOnly']);
    const cover = [
      '-f',
      'lavfi',
      '-i',
      'color=red:s=400x400:r=1:d=1',
      '-frames:v',
      '1',
      '-c:v',
      'mjpeg',
      '-disposition:v',
      'attached_pic',
    ];
    await run(ffmpeg, [
      '-v',
      'error',
      '-y',
      '-i',
      shop.path('sound.mp4'),
      ...cover,
      '-c:a',
      'copy',
      '-map',
      '0:a',
      '-map',
      '1:v',
      shop.path('cover.mp4'),
    ]);
    expect((await refusalOf(shop.path('cover.mp4'))).rules).toEqual(['file.audioOnly']);
  });
});

describe('what the name says does not matter', () => {
  it('reads a clip named .jpg, with spaces, emoji, Japanese and a leading dash', async () => {
    const made = await clip('plain.mp4');
    for (const name of ['clip.jpg', '-dash.mp4', 'two words.mp4', '踊り 🕺.mp4', "it's 100% #1;x.mp4"]) {
      await rename(made, shop.path(name));
      const facts = await shop.media.readFacts(shop.path(name));
      expect(facts).toMatchObject({ kind: 'video', container: 'mp4', frameCount: 96 });
      if (facts.kind !== 'video') continue;
      const { plan } = shop.media.planClip(facts, {
        target: 'motion-video',
        preset: 'fast',
        trim: { unit: 'frames', from: 5, to: 80 },
      });
      if (!plan) throw new Error('no plan');
      const prepared = await shop.media.prepareClip({ source: shop.path(name), facts, plan });
      expect(prepared.sizeBytes).toBeGreaterThan(1_000);
      await rename(shop.path(name), made);
    }
  });
});

describe('a clip that breaks a limit', () => {
  const blockedRules = async (name: string, frames: number, target: 'motion-image' | 'motion-video') => {
    const facts = await shop.media.readFacts(await clip(name, frames));
    if (facts.kind !== 'video') throw new Error('not a video');
    const { verdicts, plan } = shop.media.planClip(facts, { target, preset: 'fast' });
    expect(plan).toBeNull();
    return verdicts.filter((verdict) => verdict.state === 'blocked');
  };

  it('2 s is too short, and says by how much', async () => {
    const [verdict, ...others] = await blockedRules('two.mp4', 48, 'motion-video');
    expect(others).toEqual([]);
    expect(verdict).toMatchObject({ rule: 'clip.durationMin', field: 'video', fix: null });
    expect(verdict?.params).toMatchObject({ found: 2, min: 3, missing: 1, context: 'whole' });
  });

  it('12 s is too long for orientation image, with two ways out', async () => {
    const [verdict] = await blockedRules('twelve.mp4', 288, 'motion-image');
    expect(verdict).toMatchObject({ rule: 'clip.durationMax', fix: 'switchToVideo' });
    expect(verdict?.params).toMatchObject({ found: 12, max: 10, over: 2, context: 'image' });
  });
});

describe('a source that goes away or breaks after the check', () => {
  const checked = async (name: string, to: number) => {
    const source = await clip(name);
    const facts = await shop.media.readFacts(source);
    if (facts.kind !== 'video') throw new Error('not a video');
    const trim = { unit: 'frames', from: 5, to } as const;
    const { plan } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast', trim });
    if (!plan) throw new Error('no plan');
    return { source, facts, plan };
  };
  const leftovers = async () =>
    (await readdir(shop.cacheDir, { recursive: true })).filter((name) => name.includes('.part'));

  it('missing before the work begins', async () => {
    const request = await checked('gone.mp4', 80);
    await rm(request.source);
    await expect(shop.media.prepareClip(request)).rejects.toMatchObject({
      code: 'sourceMissing',
      reasons: [{ field: 'file', rule: 'file.missing' }],
    });
    expect(await leftovers()).toEqual([]);
  });

  it('changed since it was checked', async () => {
    const request = await checked('changed.mp4', 81);
    await writeFile(request.source, Buffer.concat([await readFile(request.source), Buffer.from('more')]));
    await expect(shop.media.prepareClip(request)).rejects.toMatchObject({
      code: 'sourceUnreadable',
      reasons: [{ rule: 'file.changed' }],
    });
  });

  it('overwritten with nonsense of the same size', async () => {
    const request = await checked('nonsense.mp4', 82);
    await writeFile(request.source, Buffer.alloc(request.facts.sizeBytes, 7));
    await expect(shop.media.prepareClip(request)).rejects.toMatchObject({
      code: 'sourceUnreadable',
      reasons: [{ rule: 'file.damaged' }],
    });
    expect(await leftovers()).toEqual([]);
  });

  it('a cache folder that cannot be made', async () => {
    const blocked = await openWorkshop();
    await mkdir(blocked.cacheDir, { recursive: true });
    await writeFile(blocked.path('cache/prepared'), 'in the way');
    const request = await checked('unwritable.mp4', 83);
    await expect(blocked.media.prepareClip(request)).rejects.toMatchObject({ code: 'outputNotWritable' });
    await blocked.close();
  });
});
