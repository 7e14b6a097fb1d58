/** What the verification costs on top of the encode, by what makes it look for its pictures: containers without an index, rare keyframes. */
import { type Bench, bare, factsOf, median, type Row, round } from './measure.ts';

const bar = 0.35;
const frames = 120;
const starts = [301, 307, 311];

interface Source {
  name: string;
  file: string;
  gop: number;
}

/** Twenty seconds, so that there is much before the range that a careless look would decode. */
const sources: readonly Source[] = [
  { name: 'MP4, a keyframe each second', file: 'each.mp4', gop: 30 },
  { name: 'MP4, a keyframe each ten seconds', file: 'rare.mp4', gop: 300 },
  { name: 'MPEG-TS', file: 'stream.ts', gop: 30 },
  { name: 'Matroska', file: 'block.mkv', gop: 60 },
];

async function shareOf(bench: Bench, { file, gop }: Source): Promise<number> {
  const source = bench.path(file);
  const picture = 'testsrc2=s=1280x720:r=30:d=20,noise=alls=8:allf=t';
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '8M'];
  const groups = ['-g', String(gop), '-keyint_min', String(gop), '-sc_threshold', '0', '-bf', '2'];
  const inputs = ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=d=20'];
  await bare(bench.ffmpeg, [...inputs, ...encode, ...groups, '-c:a', 'aac', source]);
  const facts = await factsOf(bench, source);
  const shares: number[] = [];
  for (const from of starts) {
    const trim = { unit: 'frames' as const, from, to: from + frames };
    const { plan } = bench.media.planClip(facts, { target: 'motion-video', preset: 'fast', trim });
    if (plan?.kind !== 'reencode') throw new Error(`${file}: planned ${plan?.kind}`);
    await bench.media.prepareClip({ source, facts, plan });
    shares.push(bench.spent.verifyMs / bench.spent.encodeMs);
  }
  return median(shares);
}

export async function verifyRow(bench: Bench): Promise<Row> {
  const shares: [string, number][] = [];
  for (const source of sources) shares.push([source.name, await shareOf(bench, source)]);
  return {
    what: `verification on top of the encode, ${frames / 30} s of 720p from the middle of twenty, median of ${starts.length} ranges`,
    bar: `at most ${bar * 100} % in each container`,
    seen: shares.map(([name, share]) => `${name}: ${round(share * 100, 1)} %`).join('; '),
    holds: shares.every(([, share]) => share <= bar),
    numbers: Object.fromEntries(shares.map(([name, share]) => [name, round(share, 3)])),
  };
}
