/** How a source is opened and set upright, alike for encodes, stills, scans and comparisons. Pure. */
import type { VideoFacts } from '../../../shared/contract/media.ts';

/** Formats that the scaler can pass on as they are. */
const passable = /^(yuvj?a?4|nv|p01|gbr|rgb|bgr|argb|abgr|0rgb|0bgr|gray)/;

/**
 * Before `-i`. Without `reinit_filter 0` a picture of another size builds the whole graph anew, and every filter that counts
 * begins at nothing again. Mirrored pictures are set upright here: builds disagree on them.
 */
export function sourceOptions(facts: Pick<VideoFacts, 'isMirrored'>): string[] {
  return ['-reinit_filter:v', '0', ...(facts.isMirrored ? ['-noautorotate'] : [])];
}

/** Before `-i`. Theora in several threads stops at its first picture when the others are skipped: seen in the builds of 2018 and 2022. */
export function keyframesOnly({ codec }: Pick<VideoFacts, 'codec'>): string[] {
  return ['-skip_frame', 'nokey', ...(/^(theora|vp3|vp4)$/.test(codec) ? ['-threads', '1'] : [])];
}

/** Before `fps`: the last picture stands for the time behind it. Without a follower the filter drops it where it is on screen for less than a step. */
export function standingLast(stepSeconds: number): string {
  return `tpad=stop_mode=clone:stop_duration=${(stepSeconds * 1.1).toFixed(6)}`;
}

/** Less than the shortest picture at 60 a second: a gap or an overlap of more than this moves what comes after it. */
export const SOUND_SLACK_SECONDS = 0.015;

/**
 * Sound on its own stamps from 0 on: silence in the gaps, nothing twice where stamps go back. Left to itself the filter lets up to
 * 0.1 s of either stand, and all that follows is that much too early or too late.
 */
export function soundByStamps(rateHz: number): string {
  return `aresample=${rateHz}:async=1:min_hard_comp=${SOUND_SLACK_SECONDS}:first_pts=0`;
}

type Upright = Pick<
  VideoFacts,
  'codedWidth' | 'codedHeight' | 'rotationDegrees' | 'isMirrored' | 'pixelFormat' | 'sampleAspect'
>;

/** Clockwise turns by what the transpose filter calls them. */
const turns: Readonly<Record<number, readonly string[]>> = {
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
};

/** First in every chain: pictures of one size, the size of the first, and upright. Costs nothing where nothing changes. */
export function uprightFilters(facts: Upright): string[] {
  const isTurned = facts.rotationDegrees % 180 !== 0 && !facts.isMirrored;
  const [width, height] = isTurned ? [facts.codedHeight, facts.codedWidth] : [facts.codedWidth, facts.codedHeight];
  // Named after its format, or the scaler might take the conversion of a later step upon itself, by other rules.
  const format = passable.test(facts.pixelFormat) ? [`format=${facts.pixelFormat}`] : [];
  const mirror = facts.isMirrored ? ['hflip', ...(turns[facts.rotationDegrees] ?? [])] : [];
  return [`scale=${width}:${height}:flags=bicubic`, ...format, ...mirror];
}

/** Before a difference is taken from stamps: `setpts` cuts off what is less than a tick, and in AVI a tick is a whole picture. */
export const fineClock = 'settb=1/1000000';

/** Stamps by number, on the file's own clock: for files that stamp the order of decoding alone. */
export function countedStamps({ frameRate, startSeconds }: Pick<VideoFacts, 'frameRate' | 'startSeconds'>): string[] {
  return [fineClock, `setpts=N*${frameRate.den}/${frameRate.num}/TB+${startSeconds.toFixed(6)}/TB`];
}
