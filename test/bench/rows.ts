/** The benchmarked rows: each beside its peer, in one run. */
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { fileUrl } from '../../main/media/ffmpeg.ts';
import { reencodeArgs } from '../../main/media/prepare/encodeArgs.ts';
import { makeFilmstrip } from '../../main/media/timeline/filmstrip.ts';
import { scanShots } from '../../main/media/timeline/shotScan.ts';
import { clipLimits, type Preset } from '../../shared/rules/limits.ts';
import { h264, makeClip } from '../fixtures/media.ts';
import { type Bench, bare, factsOf, paired, prepare, type Row, round, timed } from './measure.ts';

const presets: readonly Preset[] = ['fast', 'best', 'keep'];
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const quiet = ['-hide_banner', '-nostdin', '-v', 'error', '-y'];
const grain = 'noise=alls=12:allf=t';

async function draw(bench: Bench, name: string, graph: string, video: readonly string[]): Promise<string> {
  const path = bench.path(name);
  if (!existsSync(path)) await bare(bench.ffmpeg, [...quiet, '-f', 'lavfi', '-i', graph, ...video, path]);
  return path;
}

/** A camera's file in small: grain, a keyframe each second, closed groups of pictures. */
const camera = [...h264, '-preset', 'ultrafast', '-g', '30', '-sc_threshold', '0', '-b:v', '20M'];
const cameraClip = (bench: Bench) => draw(bench, 'camera.mp4', `testsrc2=s=1920x1080:r=30:d=8,${grain}`, camera);

export async function untouchedRow(bench: Bench): Promise<Row> {
  const source = await cameraClip(bench);
  const bytes = await readFile(source);
  const same: boolean[] = [];
  for (const preset of presets) {
    const made = await prepare(bench, source, { preset });
    same.push(made.planKind === 'untouched' && bytes.equals(await readFile(made.path)));
  }
  return {
    what: 'valid clip, no trim, short side ≤ 1080',
    bar: 'byte-identical in any preset',
    seen: presets.map((preset, i) => `${preset}: ${same[i] ? 'identical' : 'DIFFERENT'}`).join(', '),
    holds: same.every(Boolean),
    numbers: {},
  };
}

export async function remuxRow(bench: Bench): Promise<Row> {
  const source = await cameraClip(bench);
  let shift = 0;
  const prepared = async (from: number, kind: string) => {
    const made = await prepare(bench, source, { trim: { unit: 'frames', from, to: from + 120 } });
    if (made.planKind !== kind) throw new Error(`planned ${made.planKind}, not ${kind}`);
    return bench.spent.encodeMs;
  };
  // Another keyframe, or another picture, each time: nothing comes from the cache.
  const remux = () => prepared(30 * (1 + Math.floor(shift / 2)), 'remux');
  const reencode = () => prepared(31 + Math.floor(shift / 2), 'reencode');
  const count = (work: () => Promise<number>) => async () => {
    const ms = await work();
    shift += 1;
    return ms;
  };
  const { ownMs, peerMs, ratio } = await paired(3, count(remux), count(reencode));
  return {
    what: 'trim at a keyframe, 4 s of a 1080p camera file',
    bar: 'at least 5x faster than the re-encode, both without verification',
    seen: `${seconds(ownMs)} against ${seconds(peerMs)}: ${round(1 / ratio, 1)}x`,
    holds: 1 / ratio >= 5,
    numbers: { ownMs: round(ownMs), peerMs: round(peerMs), timesFaster: round(1 / ratio) },
  };
}

export async function encodeRow(bench: Bench): Promise<Row> {
  const source = await cameraClip(bench);
  const facts = await factsOf(bench, source);
  const verifies: number[] = [];
  let from = 40;
  const planAt = (at: number) =>
    bench.media.planClip(facts, {
      target: 'motion-video',
      preset: 'fast',
      trim: { unit: 'frames', from: at, to: at + 120 },
    });
  const own = async () => {
    const { plan } = planAt(from);
    if (!plan) throw new Error('no plan');
    await bench.media.prepareClip({ source, facts, plan });
    verifies.push(bench.spent.verifyMs / bench.spent.encodeMs);
    return bench.spent.encodeMs;
  };
  const peer = async () => {
    const { plan } = planAt(from);
    if (!plan) throw new Error('no plan');
    const { inputOptions, outputOptions } = reencodeArgs(facts, plan, { features: bench.encoder.features });
    const out = bench.path('bare.mp4');
    const args = [...quiet, ...inputOptions, '-i', fileUrl(source), ...outputOptions, out];
    return timed(() => bare(bench.ffmpeg, args, { asPreparation: true }));
  };
  const { ownMs, peerMs, ratio } = await paired(
    5,
    async () => {
      from += 1;
      return own();
    },
    peer,
  );
  const share = verifies.sort((a, b) => a - b)[Math.floor(verifies.length / 2)] ?? 1;
  return {
    what: 're-encode of 4 s of 1080p, encode time alone',
    bar: 'within 5 % of bare ffmpeg with the same arguments; verification at most 35 % on top',
    seen: `${seconds(ownMs)} against ${seconds(peerMs)}: ${round(ratio, 3)}; verification ${round(share * 100, 1)} %`,
    holds: ratio <= 1.05 && share <= 0.35,
    numbers: { ownMs: round(ownMs), peerMs: round(peerMs), ratio: round(ratio, 3), verifyShare: round(share, 3) },
  };
}

const handBrakeClips: readonly [string, string][] = [
  ['pattern', `testsrc2=s=3840x2160:r=30,noise=alls=6:allf=t`],
  ['fractal', 'mandelbrot=s=3840x2160:r=30:start_scale=0.4,noise=alls=6:allf=t'],
  ['soft', 'gradients=s=3840x2160:r=30:c0=navy:c1=orange:seed=5,noise=alls=6:allf=t'],
];
const UPLINK_BITS_PER_MS = 20_000;

async function ssim(bench: Bench, made: string, source: string, from: number, length: number): Promise<number> {
  const graph = `[1:v]trim=start_frame=${from}:end_frame=${from + length},setpts=N/30/TB,scale=1920:1080:flags=bicubic[ref];[0:v]setpts=N/30/TB[own];[own][ref]ssim`;
  const text = await bare(bench.ffmpeg, [
    '-hide_banner',
    '-nostdin',
    '-i',
    made,
    '-i',
    source,
    '-filter_complex',
    graph,
    '-f',
    'null',
    '-',
  ]);
  return Number(/All:([\d.]+)/.exec(text)?.[1] ?? Number.NaN);
}

/** HandBrake's "Fast 1080p30" on the same range; both with the upload of what they made. */
export async function handBrakeRow(bench: Bench): Promise<Row> {
  const length = bench.isFull ? 10 : 3;
  const base = {
    what: `\`fast\` on 4K, ${length} s, against HandBrake "Fast 1080p30", with upload at 20 Mbit/s`,
    bar: 'at most half the total, at SSIM ≥ 0.95, on three clips',
  };
  const tool = ['/usr/bin/HandBrakeCLI', '/usr/local/bin/HandBrakeCLI', '/opt/homebrew/bin/HandBrakeCLI'].find(
    existsSync,
  );
  if (!tool) return { ...base, seen: 'HandBrakeCLI is not installed here', holds: null, numbers: {} };
  const [seen, numbers]: [string[], Record<string, number>] = [[], {}];
  let holds = true;
  for (const [name, graph] of handBrakeClips) {
    const source = await draw(bench, `4k-${name}.mp4`, `${graph},trim=duration=${length + 1}`, camera);
    // Frame 15 on: between keyframes, so that it must be encoded.
    const made = await prepare(bench, source, { trim: { unit: 'frames', from: 15, to: 15 + length * 30 } });
    const own = bench.spent.encodeMs + (made.sizeBytes * 8) / UPLINK_BITS_PER_MS;
    const out = bench.path('handbrake.mp4');
    const range = ['--start-at', 'frames:15', '--stop-at', `frames:${length * 30}`];
    const ms = await timed(() => bare(tool, ['-i', source, '-o', out, '-Z', 'Fast 1080p30', ...range]));
    const peer = ms + ((await stat(out)).size * 8) / UPLINK_BITS_PER_MS;
    const likeness = await ssim(bench, made.path, source, 15, length * 30);
    seen.push(`${name}: ${seconds(own)} against ${seconds(peer)} (${round(own / peer)}), SSIM ${round(likeness, 3)}`);
    Object.assign(numbers, { [`${name}Ratio`]: round(own / peer, 3), [`${name}Ssim`]: round(likeness, 4) });
    holds = holds && own / peer <= 0.5 && likeness >= 0.95;
    if (!bench.isFull) await rm(out, { force: true });
  }
  return { ...base, seen: seen.join('; '), holds, numbers };
}

export async function noiseRow(bench: Bench): Promise<Row> {
  const [size, length] = bench.isFull ? ['3840x2160', 30] : ['1280x720', 3];
  // Every pixel of every picture anew, in all planes: nothing to predict from. Coarsely coded it stays noise, and a disk holds it.
  const noise = `nullsrc=s=${size}:r=30:d=${length},format=yuv420p,noise=alls=100:allf=t+u`;
  const source = await draw(bench, 'noise.mkv', noise, ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '24']);
  const sizes: number[] = [];
  for (const preset of presets) sizes.push((await prepare(bench, source, { preset })).sizeBytes);
  return {
    what: `worst-case noise, ${length} s of ${size}`,
    bar: `at most ${clipLimits['motion-video'].maxBytes} bytes in every preset`,
    seen: presets.map((preset, i) => `${preset} ${round((sizes[i] ?? 0) / 1e6)} MB`).join(', '),
    holds: sizes.every((bytes) => bytes <= clipLimits['motion-video'].maxBytes),
    numbers: Object.fromEntries(presets.map((preset, i) => [`${preset}Bytes`, sizes[i] ?? 0])),
  };
}

/** A minute of 4K from six seconds: copied ten times, a keyframe each second. */
async function minuteOf4k(bench: Bench): Promise<string> {
  const short = await draw(bench, '4k-short.mp4', `testsrc2=s=3840x2160:r=30:d=6,noise=alls=6:allf=t`, camera);
  const path = bench.path('4k-minute.mp4');
  if (!existsSync(path)) await bare(bench.ffmpeg, [...quiet, '-stream_loop', '9', '-i', short, '-c', 'copy', path]);
  return path;
}

export async function filmstripRow(bench: Bench): Promise<Row> {
  const source = await minuteOf4k(bench);
  const facts = await factsOf(bench, source);
  const { features } = bench.encoder;
  const firsts: number[] = [];
  const strip = () =>
    timed(async () => {
      const startedMs = performance.now();
      const onPicture = (n: number) => {
        if (n === 0) firsts.push(performance.now() - startedMs);
      };
      await makeFilmstrip({
        ffmpeg: bench.ffmpeg,
        features,
        source,
        facts,
        signal: new AbortController().signal,
        onPicture,
      });
    });
  const pipe = ['-vf', 'scale=160:-2', '-vsync', '0', '-c:v', 'mjpeg', '-f', 'image2pipe', '-'];
  const recipe = () => timed(() => bare(bench.ffmpeg, ['-v', 'error', '-skip_frame', 'nokey', '-i', source, ...pipe]));
  const grab = () => timed(() => bare(bench.ffmpeg, ['-v', 'error', '-i', source, '-frames:v', '1', ...pipe]));
  const grabs: number[] = [];
  const { ownMs, peerMs, ratio } = await paired(3, strip, async () => {
    grabs.push(await grab());
    return recipe();
  });
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const firstRatio = middle(firsts) / middle(grabs);
  return {
    what: 'filmstrip over one minute of 4K (60 pictures, more than the 24 asked for)',
    bar: 'all within 1.5x of keyframes alone in one process; first picture within 1.5x of one frame grab',
    seen: `${seconds(ownMs)} against ${seconds(peerMs)}: ${round(ratio)}; first ${seconds(middle(firsts))} against ${seconds(middle(grabs))}: ${round(firstRatio)}`,
    holds: ratio <= 1.5 && firstRatio <= 1.5,
    numbers: { ownMs: round(ownMs), peerMs: round(peerMs), ratio: round(ratio, 3), firstRatio: round(firstRatio, 3) },
  };
}

export async function cutsRow(bench: Bench): Promise<Row> {
  const source = await makeClip(bench.ffmpeg, bench.path('scan.mp4'), {
    width: 1920,
    height: 1080,
    rate: '30',
    frames: 360,
    filters: grain,
    video: camera,
  });
  const facts = await factsOf(bench, source);
  const signal = new AbortController().signal;
  const own = () => timed(() => scanShots({ encoder: bench.encoder, source, facts, signal }));
  const peer = () => timed(() => bare(bench.ffmpeg, ['-v', 'error', '-i', source, '-map', '0:v', '-f', 'null', '-']));
  const { ownMs, peerMs, ratio } = await paired(3, own, peer);
  return {
    what: 'shot cuts over 12 s of 1080p (the scan gives way to other work)',
    bar: 'at most 1.5x of a bare decode',
    seen: `${seconds(ownMs)} against ${seconds(peerMs)}: ${round(ratio)}`,
    holds: ratio <= 1.5,
    numbers: { ownMs: round(ownMs), peerMs: round(peerMs), ratio: round(ratio, 3) },
  };
}
