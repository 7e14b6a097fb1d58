/** Builds ffmpeg's arguments for a copy of the pictures from a clean keyframe on. Pure: knows no paths and starts nothing. */
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { audioCodec, type FfmpegArgs, fixed, mp4Output, noCopies } from './encodeArgs.ts';
import { soundByStamps } from './sourceInput.ts';

function keyframeSeconds({ cuts }: VideoFacts, frame: number): number {
  const seconds = cuts?.startsSeconds[cuts.starts.indexOf(frame)];
  if (seconds === undefined) throw new RestageError('internal', { detail: `frame ${frame} is no clean keyframe` });
  return seconds;
}

/** Old builds seek a little too far back where there are B-frames: what comes before the in point must not be written. */
const noPrior = ['-copypriorss', '0'];

export interface RemuxArgs {
  /** The pictures alone, counted. */
  picture: FfmpegArgs;
  /**
   * The source's sound, encoded anew because AAC packets do not end at pictures, beside the picture file as second input;
   * null without sound. A step of its own: a count of pictures ends every stream of its file, and the sound may lie behind.
   */
  sound: FfmpegArgs | null;
}

/** Copies the pictures from a clean keyframe on. */
export function remuxArgs(facts: VideoFacts, plan: PreparePlan): RemuxArgs {
  const track = chosenAudio(facts, plan.soundTrack);
  const seconds = fixed(framesToSeconds(plan.output.frameCount, facts.frameRate));
  // The keyframe's own stamp: a hair earlier lands on the one before, a hair later hides this one behind an edit list.
  const inputOptions =
    plan.trim.from > 0 ? ['-seek_timestamp', '1', '-ss', fixed(keyframeSeconds(facts, plan.trim.from))] : [];
  const picture = {
    inputOptions,
    outputOptions: [
      ...['-map', `0:${facts.videoStreamIndex}`, '-an', '-c:v', 'copy', ...noPrior],
      ...['-frames:v', String(plan.output.frameCount), ...noCopies, ...mp4Output],
    ],
  };
  if (!track) return { picture, sound: null };
  const filters = `${soundByStamps(48_000)},aformat=channel_layouts=stereo,apad,atrim=end=${seconds}`;
  return {
    picture,
    sound: {
      inputOptions,
      outputOptions: [
        ...['-map', '1:v:0', '-c:v', 'copy', '-map', `0:${track.index}`, '-af', filters, ...audioCodec],
        ...[...noCopies, '-max_muxing_queue_size', '4096', ...mp4Output],
      ],
    },
  };
}
