/** Orders at the sandbox, end to end: every rule of the contract, credits, idempotency, and results that really play. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { elementBody, motionBody } from '../../../main/evolink/requests.ts';
import type { EvolinkFailure, MotionBodyInput } from '../../../main/services.ts';
import { makeClip, makeImage, oldTool, run, startSandbox, type TestSandbox, toolPaths, untilDone } from './harness.ts';

let sandbox: TestSandbox;
let folder: string;
const urls: Record<string, string> = {};

async function upload(file: string): Promise<string> {
  return (await sandbox.client.uploadFile({ path: file, fileName: path.basename(file), mimeType: 'x/y' })).fileUrl;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-orders-'));
  sandbox = await startSandbox();
  const keep = async (name: string, file: Promise<string>) => {
    urls[name] = await upload(await file);
  };
  const clip = (name: string, options: Parameters<typeof makeClip>[2]) => keep(name, makeClip(folder, name, options));
  const image = (name: string, size: string) => keep(name, makeImage(folder, name, size));
  await Promise.all([
    clip('clip', { seconds: 3, size: '352x640' }),
    clip('mute', { seconds: 3.4, size: '640x352', hasSound: false, extension: 'mov' }),
    clip('short', { seconds: 2.8 }),
    clip('ten', { seconds: 10.2 }),
    clip('thirty', { seconds: 30.2 }),
    clip('small', { seconds: 3, size: '338x640' }),
    clip('face', { seconds: 3, size: '720x720' }),
    clip('faceLong', { seconds: 8.2, size: '720x720' }),
    clip('webm', { seconds: 3, size: '720x720', extension: 'webm' }),
    image('image.png', '400x600'),
    image('image.jpg', '400x600'),
    image('tiny.png', '298x600'),
    image('wide.png', '1000x390'),
    image('image.webp', '400x600'),
  ]);
  const broken = path.join(folder, 'broken.png');
  await writeFile(broken, (await readFile(path.join(folder, 'image.png'))).subarray(0, 40));
  urls.brokenImage = await upload(broken);
  const text = path.join(folder, 'text.mp4');
  await writeFile(text, 'not a video');
  urls.text = await upload(text);
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const url = (name: string): string => urls[name] ?? `${sandbox.origin}/files/${name}/x`;
const motion = (change: Partial<MotionBodyInput> = {}) =>
  motionBody({
    imageUrl: url('image.png'),
    videoUrl: url('clip'),
    prompt: '',
    quality: '720p',
    orientation: 'image',
    keepSound: true,
    watermark: false,
    ...change,
  });
let keys = 0;
const newKey = () => `restage-test-key-${++keys}`;
const submit = (body: string, idempotencyKey = newKey()) => sandbox.client.submit({ body, idempotencyKey });
async function refusal(body: string): Promise<EvolinkFailure> {
  const error = await submit(body).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EvolinkError) return error.failure;
  throw new Error(`not refused: ${String(error)}`);
}

interface ProbedStream {
  codec_type: string;
  width?: number;
  height?: number;
  duration: string;
}
async function fetchResult(link: string, name: string): Promise<{ file: string; streams: ProbedStream[] }> {
  const file = path.join(folder, name);
  await sandbox.client.download({ url: link, partPath: file });
  const probe = await run(toolPaths().ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', file]);
  return { file, streams: (JSON.parse(probe.stdout) as { streams: ProbedStream[] }).streams };
}

/** The middle of the picture's corner, after decoding, as [r, g, b]. */
async function pixel(file: string, x: number, y: number): Promise<number[]> {
  const args = ['-v', 'error', '-ss', '1', '-i', file, '-frames:v', '1', '-vf', `crop=2:2:${x}:${y},format=rgb24`];
  const { stdout } = await run(toolPaths().ffmpeg, [...args, '-f', 'rawvideo', '-'], { encoding: 'buffer' });
  return [...stdout.subarray(0, 3)];
}

describe('a motion order', () => {
  it('holds credits, gives a result like the reference, charges by its seconds', async () => {
    const before = await sandbox.client.credits();
    const { task, isReplayed } = await submit(motion({ imageUrl: url('image.jpg'), prompt: 'a grey T-shirt' }));
    expect(isReplayed).toBe(false);
    expect(task).toMatchObject({ status: 'pending', creditsReserved: '24.4944', chargeState: 'hold' });
    expect(task.id).toMatch(/^task-unified-\d+-\w+$/);
    const held = await sandbox.client.credits();
    expect(Number(before.remaining) - Number(held.remaining)).toBeCloseTo(24.4944, 6);

    const done = await untilDone(sandbox.client, task.id);
    expect(done).toMatchObject({ status: 'completed', creditsUsed: '24.4944', chargeState: 'charged', progress: 100 });
    const { file, streams } = await fetchResult(done.resultUrls[0] ?? '', 'sound.mp4');
    const picture = streams.find((stream) => stream.codec_type === 'video');
    expect(picture).toMatchObject({ width: 720 });
    expect((picture?.height ?? 1) % 2).toBe(0);
    expect(Number(picture?.duration)).toBeCloseTo(3, 1);
    expect(Number(picture?.duration)).toBeLessThanOrEqual(3.001);
    expect(streams.some((stream) => stream.codec_type === 'audio')).toBe(true);
    // The inset is the character: a plain magenta picture, near the lower right corner.
    const [r = 0, g = 255, b = 0] = await pixel(file, 720 - 100, (picture?.height ?? 0) - 120);
    expect(r).toBeGreaterThan(200);
    expect(g).toBeLessThan(60);
    expect(b).toBeGreaterThan(200);
    // The mark: letters in amber on dark, upper left (the S begins two dots in).
    const [markR = 0, , markB = 255] = await pixel(file, 20 + 7 * 4, 20 + 2 * 7 + 2);
    expect(markR).toBeGreaterThan(markB + 60);
  });

  it('is silent when asked, and when the reference is; 1080p has 1080 on its short side', async () => {
    const [muted, mute] = await Promise.all([
      submit(motion({ keepSound: false, orientation: 'video', quality: '1080p' })),
      submit(motion({ videoUrl: url('mute') })),
    ]);
    expect(muted.task.creditsReserved).toBe('32.65104');
    for (const [id, sides] of [
      [muted.task.id, { width: 1080 }],
      [mute.task.id, { height: 720 }],
    ] as const) {
      const done = await untilDone(sandbox.client, id);
      const { streams } = await fetchResult(done.resultUrls[0] ?? '', `${id}.mp4`);
      expect(streams).toHaveLength(1);
      expect(streams[0]).toMatchObject(sides);
    }
  });

  it('may be shorter than the reference, and costs less then', async () => {
    await sandbox.admin('POST', 'switches', { resultRatio: 0.8 });
    const { task } = await submit(motion({ videoUrl: url('ten'), orientation: 'video' }));
    await sandbox.admin('POST', 'switches', { resultRatio: 1 });
    const done = await untilDone(sandbox.client, task.id);
    const { streams } = await fetchResult(done.resultUrls[0] ?? '', 'shorter.mp4');
    expect(Number(streams[0]?.duration)).toBeCloseTo(8.16, 1);
    expect(done).toMatchObject({ creditsReserved: '89.8128', creditsUsed: '65.3184' });
  });

  it('is made by the fallback build of 2018 too', async () => {
    const old = await startSandbox({}, { ffmpeg: oldTool('ffmpeg'), ffprobe: oldTool('ffprobe') });
    try {
      const video = await old.client.uploadFile({
        path: path.join(folder, 'clip.mp4'),
        fileName: 'a',
        mimeType: 'x/y',
      });
      const image = await old.client.uploadFile({
        path: path.join(folder, 'image.png'),
        fileName: 'b',
        mimeType: 'x/y',
      });
      const body = motion({ imageUrl: image.fileUrl, videoUrl: video.fileUrl });
      const { task } = await old.client.submit({ body, idempotencyKey: newKey() });
      const done = await untilDone(old.client, task.id);
      expect(done).toMatchObject({ status: 'completed' });
    } finally {
      await old.stop();
    }
  });

  it('fails with its credits back when the image cannot be decoded', async () => {
    const before = await sandbox.client.credits();
    const { task } = await submit(motion({ imageUrl: url('brokenImage') }));
    const done = await untilDone(sandbox.client, task.id);
    expect(done).toMatchObject({
      status: 'failed',
      error: { code: 'image_processing_error' },
      chargeState: 'released',
    });
    expect(await sandbox.client.credits()).toEqual(before);
  });

  it('link and file outlive a deletion while the task runs; the link ends after 24 hours', async () => {
    const clip = path.join(folder, 'copy.mp4');
    await copyFile(path.join(folder, 'clip.mp4'), clip);
    const video = await sandbox.client.uploadFile({ path: clip, fileName: 'c', mimeType: 'x/y' });
    const { task } = await submit(motion({ videoUrl: video.fileUrl }));
    await sandbox.client.deleteFile(video.fileId);
    const done = await untilDone(sandbox.client, task.id);
    expect(done.status).toBe('completed');
    await sandbox.admin('POST', 'switches', { skewMs: 24 * 3_600_000 + 1000 });
    const late = sandbox.client.download({ url: done.resultUrls[0] ?? '', partPath: path.join(folder, 'late.mp4') });
    await expect(late).rejects.toMatchObject({ failure: { cause: 'notFound' } });
    await sandbox.admin('POST', 'switches', { skewMs: 0 });
  });
});

describe('rules', () => {
  it.each([
    ['video_urls', 'too short', () => motion({ videoUrl: url('short') })],
    ['video_urls', 'over 10 s with orientation image', () => motion({ videoUrl: url('ten') })],
    ['video_urls', 'over 30 s', () => motion({ videoUrl: url('thirty'), orientation: 'video' })],
    ['video_urls', 'a side under 340', () => motion({ videoUrl: url('small') })],
    ['video_urls', 'WEBM', () => motion({ videoUrl: url('webm') })],
    ['video_urls', 'text', () => motion({ videoUrl: url('text') })],
    ['video_urls', 'an unknown file', () => motion({ videoUrl: url('file_none') })],
    ['video_urls', 'a file on a private address', () => motion({ videoUrl: 'https://10.0.0.8/files/x/a.mp4' })],
    ['image_urls', 'a side under 300', () => motion({ imageUrl: url('tiny.png') })],
    ['image_urls', 'a ratio over 2.5:1', () => motion({ imageUrl: url('wide.png') })],
    ['image_urls', 'WebP', () => motion({ imageUrl: url('image.webp') })],
    ['image_urls', 'a video', () => motion({ imageUrl: url('clip') })],
    ['prompt', 'over 2500 characters', () => motion({ prompt: '踊'.repeat(2501) })],
    ['callback_url', 'an internal address', () => motion({ callbackUrl: 'https://127.0.0.1/' })],
    ['element_list', 'an element that is not there', () => motion({ elementId: '12345', orientation: 'video' })],
    ['element_description', 'over 100 characters', () => element({ description: 'x'.repeat(101) })],
    ['element_name', 'over 20 characters', () => element({ name: 'x'.repeat(21) })],
    ['element_video_list', 'over 8 s', () => element({ videoUrl: url('faceLong') })],
    ['element_video_list', 'a side under 720', () => element({ videoUrl: url('clip') })],
  ])('%s: %s is a 400 that names the field', async (field, _what, body) => {
    expect(await refusal(body())).toMatchObject({
      meaning: 'refused',
      cause: 'invalid',
      status: 400,
      code: 'invalid_parameters',
      field,
      requestId: expect.stringMatching(/^sbx-/),
    });
  });

  it.each([
    ['quality', { quality: '4k' }],
    ['model', { model: 'kling-v9' }],
    ['image_urls', { image_urls: [] }],
    ['video_urls', { video_urls: ['a', 'b'] }],
    ['character_orientation', { model_params: {} }],
    ['keep_sound', { model_params: { character_orientation: 'image', keep_sound: 'yes' } }],
    ['model_params', { model_params: undefined }],
    ['enabled', { model_params: { character_orientation: 'image', watermark_info: { enabled: 1 } } }],
    ['element_list', { model_params: { character_orientation: 'video', element_list: [{}, {}] } }],
  ])('a wrong or missing %s is refused', async (field, change) => {
    const failure = await refusal(JSON.stringify({ ...JSON.parse(motion()), ...change }));
    expect(failure).toMatchObject({ status: 400, message: expect.stringMatching(new RegExp(`^${field}: `)) });
  });

  it('takes one URL as a text, as the contract allows', async () => {
    const body = JSON.parse(motion()) as Record<string, unknown>;
    const { task } = await submit(JSON.stringify({ ...body, image_urls: url('image.png'), video_urls: url('clip') }));
    expect((await untilDone(sandbox.client, task.id)).status).toBe('completed');
  });

  it('takes a public link to elsewhere, and goes nowhere: a clip of its own stands in', async () => {
    const { task } = await submit(motion({ videoUrl: 'https://example.com/files/x/a.mp4' }));
    expect((await untilDone(sandbox.client, task.id)).status).toBe('completed');
  });

  it('refuses a body that is no JSON, and a key that is none', async () => {
    expect(await refusal('{')).toMatchObject({ status: 400 });
    await expect(submit(motion(), 'too short')).rejects.toMatchObject({ failure: { status: 400 } });
  });
});

const element = (change: Partial<Parameters<typeof elementBody>[0]> = {}) =>
  elementBody({ videoUrl: url('face'), name: 'Mika', description: 'A dancer', ...change });

describe('an element', () => {
  it('costs one credit, gives an id, and may be used with orientation video alone', async () => {
    const { task } = await submit(element());
    expect(task).toMatchObject({ creditsReserved: '1', model: 'kling-custom-element' });
    const done = await untilDone(sandbox.client, task.id);
    expect(done).toMatchObject({ status: 'completed', creditsUsed: '1', resultUrls: [] });
    const elementId = done.elementId ?? '';
    expect(elementId).toMatch(/^\d+$/);
    expect(await refusal(motion({ elementId, orientation: 'image' }))).toMatchObject({
      field: 'character_orientation',
    });
    const { task: used } = await submit(motion({ elementId, orientation: 'video' }));
    expect((await untilDone(sandbox.client, used.id)).status).toBe('completed');
  });

  it('takes WEBM', async () => {
    const { task } = await submit(element({ videoUrl: url('webm') }));
    expect((await untilDone(sandbox.client, task.id)).status).toBe('completed');
  });
});

describe('idempotency', () => {
  it('the same key and body replay the task; another body conflicts; no key is taken', async () => {
    const key = newKey();
    const first = await submit(element(), key);
    const again = await submit(element(), key);
    expect(again).toMatchObject({ isReplayed: true, task: { id: first.task.id } });
    await expect(submit(element({ name: 'Other' }), key)).rejects.toMatchObject({
      failure: { cause: 'idempotencyConflict', meaning: 'unknown' },
    });
    const bare = await fetch(`${sandbox.origin}/v1/videos/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.key}` },
      body: element(),
    });
    expect(bare.status).toBe(200);
  });

  it('two at once are one task', async () => {
    const key = newKey();
    const settled = await Promise.allSettled([submit(motion(), key), submit(motion(), key)]);
    const ids = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value.task.id] : []));
    expect(new Set(ids).size).toBe(1);
    for (const result of settled) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ failure: { cause: 'outcomePending' } });
    }
    expect((await submit(motion(), key)).task.id).toBe(ids[0]);
  });

  it('keys may be short-lived, or ignored, when a test asks for it', async () => {
    await sandbox.admin('POST', 'switches', { keyLifeMs: 0 });
    const key = newKey();
    const a = await submit(element(), key);
    expect((await submit(element(), key)).task.id).not.toBe(a.task.id);
    await sandbox.admin('POST', 'switches', { keyLifeMs: 86_400_000, ignoreIdempotencyKeys: true });
    const b = await submit(element(), key);
    expect((await submit(element(), key)).isReplayed).toBe(false);
    expect(b.task.id).not.toBe(a.task.id);
    await sandbox.admin('POST', 'switches', { ignoreIdempotencyKeys: false });
  });
});

describe('credits and tasks', () => {
  it('refuses with 402 what cannot be paid, and takes it when it can', async () => {
    const { used } = await sandbox.client.credits();
    await sandbox.admin('POST', 'credits', { total: used });
    expect(await refusal(element())).toMatchObject({ meaning: 'nothingStarted', cause: 'credits', status: 402 });
    await sandbox.admin('POST', 'credits', { total: '10000' });
    expect((await submit(element())).task.id).toBeTruthy();
  });

  it.each(['content_policy_violation', 'unknown_error', 'brand_new_code'])('a task may fail with %s', async (code) => {
    await sandbox.admin('POST', 'switches', { nextErrors: [code] });
    const { task } = await submit(motion());
    expect(await untilDone(sandbox.client, task.id)).toMatchObject({
      status: 'failed',
      error: { code },
      chargeState: 'released',
    });
  });

  it('a task may be cancelled by the server', async () => {
    await sandbox.admin('POST', 'switches', { nextErrors: ['status:cancelled'] });
    const { task } = await submit(element());
    expect(await untilDone(sandbox.client, task.id)).toMatchObject({ status: 'cancelled', error: null });
  });

  it('reads many at once, lists newest first, filters, and does not know what is not there', async () => {
    const ids = [(await submit(element())).task.id, (await submit(element())).task.id];
    const found = await sandbox.client.tasks([...ids, 'task-unified-none']);
    expect([...found.keys()].sort()).toEqual([...ids].sort());
    const rows = await sandbox.client.listTasks({ model: 'kling-custom-element', pageSize: 2 });
    expect(rows.map((row) => row.taskId)).toEqual([...ids].reverse());
    expect(await sandbox.client.listTasks({ model: 'none' })).toEqual([]);
    await expect(sandbox.client.task('task-unified-none')).rejects.toMatchObject({
      failure: { cause: 'notFound', status: 404 },
    });
    await expect(sandbox.client.task('task-none')).rejects.toMatchObject({
      failure: { status: 400, code: 'invalid_task_id' },
    });
    const many = await fetch(`${sandbox.origin}/v1/tasks/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.key}` },
      body: JSON.stringify({ task_ids: Array.from({ length: 51 }, String) }),
    });
    expect(many.status).toBe(400);
    await sandbox.admin('POST', 'switches', { hasBatch: false });
    expect((await sandbox.clientWith({}).tasks([...ids, 'task-unified-none'])).size).toBe(2);
    await sandbox.admin('POST', 'switches', { hasBatch: true });
  });

  it('the ledger adds up: every finished task is charged or released, once', async () => {
    const ledger = (await sandbox.admin('GET', 'ledger')) as {
      balance: { used: string };
      tasks: { status: string; charged: string }[];
    };
    const sum = ledger.tasks.reduce((total, task) => total + Number(task.charged), 0);
    expect(Number(ledger.balance.used)).toBeCloseTo(sum, 6);
    for (const task of ledger.tasks.filter((each) => each.status === 'failed')) expect(task.charged).toBe('0');
  });
});
