/** An H.264/AAC copy for playing what a browser cannot show; picture n of the copy is picture n of the source. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { ProgressListener } from '../../services.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { runEncode } from '../ffmpeg.ts';
import { writeAtomically } from '../files.ts';
import { asNumbered, colorTags } from '../prepare/encodeArgs.ts';
import { fineClock, soundByStamps, sourceOptions } from '../prepare/sourceInput.ts';
import type { Encoder, Features } from '../tools.ts';
import { fitInside, smallFilters } from './poster.ts';

const PROXY_MAX_PX = 1280;

function proxyArgs(facts: VideoFacts, features: Features) {
  const { width, height } = fitInside(facts, PROXY_MAX_PX);
  const track = chosenAudio(facts);
  const zero = facts.startSeconds.toFixed(6);
  const rate = `${facts.frameRate.num}/${facts.frameRate.den}`;
  // Constant clips are numbered anew, so that frame n is frame n; variable ones keep their stamps.
  const timing = facts.isConstantRate
    ? [`settb=${facts.frameRate.den}/${facts.frameRate.num}`, 'setpts=N']
    : [fineClock, `setpts=PTS-${zero}/TB`];
  const look = smallFilters(facts, features, PROXY_MAX_PX);
  const start = [`trim=start=${(facts.startSeconds - 0.002).toFixed(6)}`];
  const video = `[0:${facts.videoStreamIndex}]${[...(facts.isStampedByOrder ? [] : start), ...timing, look].join(',')}[v]`;
  const sound = track
    ? `[0:${track.index}]atrim=start=${zero},asetpts=PTS-${zero}/TB,${soundByStamps(48_000)}[a]`
    : null;
  return {
    size: { width, height },
    inputOptions: [...sourceOptions(facts), '-copyts', '-noaccurate_seek'],
    outputOptions: [
      ...['-filter_complex', video, ...(sound === null ? [] : ['-filter_complex', sound])],
      ...['-map', '[v]', ...(track ? ['-map', '[a]'] : ['-an'])],
      ...['-sn', '-dn', '-map_metadata', '-1', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26'],
      // A keyframe every few pictures: this copy is for scrubbing.
      ...['-g', '12', '-bf', '0', '-pix_fmt', 'yuv420p', ...colorTags],
      ...(facts.isConstantRate ? asNumbered(features, rate) : [features.hasFpsMode ? '-fps_mode' : '-vsync', 'vfr']),
      ...(track ? ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'] : []),
      ...['-max_muxing_queue_size', '4096', '-movflags', '+faststart', '-f', 'mp4'],
    ],
  };
}

export async function makeProxy(options: {
  encoder: Encoder;
  source: string;
  facts: VideoFacts;
  output: string;
  signal?: AbortSignal | undefined;
  onProgress?: ProgressListener | undefined;
}): Promise<void> {
  const { encoder, facts, source, signal, onProgress } = options;
  const { inputOptions, outputOptions } = proxyArgs(facts, encoder.features);
  const megapixels = (facts.codedWidth * facts.codedHeight) / 1_000_000;
  await writeAtomically(options.output, (output) =>
    runEncode({
      command: encoder.path,
      inputOptions,
      outputOptions,
      source,
      output,
      durationSeconds: facts.durationSeconds,
      deadlineMs: 120_000 + facts.durationSeconds * megapixels * 4_000,
      signal,
      onProgress,
    }),
  );
}
