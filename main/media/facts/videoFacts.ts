/** Turns what ffprobe and the file's own index say into VideoFacts. Pure: lies of headers are settled here by what was counted. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';
import { baseLayerOf, saidOrNull } from '../plan/color.ts';
import type { BoxIndex } from './boxes.ts';
import { countedSound, onClipClock } from './joints.ts';
import type { SoundPackets } from './packets.ts';
import type { Pictures } from './pictures.ts';
import { privateKindsOf } from './privateClip.ts';
import type { ProbeAnswer, ProbeStream } from './probe.ts';
import { measureRate, parseRate } from './rate.ts';

/** A clip with more pictures than this lists no cut points: the list would be larger than it is useful. */
const MAX_LISTED_FRAMES = 9_000;
/** Stamps that differ by less are the same instant. */
const SAME_INSTANT_SECONDS = 0.0015;

const isCover = (stream: ProbeStream) =>
  stream.disposition?.attached_pic === 1 || stream.disposition?.timed_thumbnails === 1;

export function pickVideoStream(answer: ProbeAnswer): ProbeStream | null {
  const streams = answer.streams.filter(
    (s) => s.codec_type === 'video' && !isCover(s) && (s.width ?? 0) > 0 && (s.height ?? 0) > 0,
  );
  const area = (s: ProbeStream) => (s.width ?? 0) * (s.height ?? 0) + (s.disposition?.default === 1 ? 1e12 : 0);
  return streams.sort((a, b) => area(b) - area(a))[0] ?? null;
}

function containerOf(answer: ProbeAnswer, brand: string): string {
  const names = (answer.format?.format_name ?? '').split(',');
  if (names.includes('mov')) return brand.startsWith('qt') || brand === '' ? 'mov' : 'mp4';
  if (names.includes('matroska'))
    return answer.format?.tags?.DOCTYPE === 'webm' || isWebm(answer) ? 'webm' : 'matroska';
  return names[0] ?? 'unknown';
}

/** ffprobe names Matroska and WebM alike: the codecs tell. */
function isWebm(answer: ProbeAnswer): boolean {
  const codecs = answer.streams.map((s) => s.codec_name ?? '');
  return codecs.length > 0 && codecs.every((codec) => ['vp8', 'vp9', 'av1', 'opus', 'vorbis'].includes(codec));
}

export function bitDepthOf(stream: ProbeStream): number {
  const fromFormat = /(?:p|gray|gbrp|x2rgb|p0|p2|p4)(9|10|12|14|16)(?:le|be)?$/.exec(stream.pix_fmt ?? '');
  if (fromFormat) return Number(fromFormat[1]);
  return stream.bits_per_raw_sample && stream.bits_per_raw_sample > 0 ? stream.bits_per_raw_sample : 8;
}

/** DV is stored in fields, whether or not its container says so. */
function scanOf({ field_order: order, codec_name: codec }: ProbeStream): VideoFacts['scan'] {
  const isInFields = /^(tt|bb|tb|bt)$/.test(order ?? '') || (codec === 'dvvideo' && order !== 'progressive');
  return isInFields ? 'interlaced' : 'progressive';
}

export function chromaOf(pixelFormat: string): VideoFacts['chroma'] {
  if (/^(yuvj?420|yuva420|nv12|nv21|p01)/.test(pixelFormat)) return '4:2:0';
  if (/^(yuvj?422|yuva422|uyvy|yuyv|nv16|p21)/.test(pixelFormat)) return '4:2:2';
  if (/^(yuvj?444|yuva444|gbr|rgb|bgr|argb|abgr|0rgb|x2rgb|p41)/.test(pixelFormat)) return '4:4:4';
  return 'other';
}

/** The first two rows of the matrix that turns stored pixels into shown ones, as [a, b, c, d]; null where there is none. */
function matrixOf(stream: ProbeStream): [number, number, number, number] | null {
  const dump = stream.side_data_list?.find((data) => data.displaymatrix !== undefined)?.displaymatrix;
  const rows = [...(dump ?? '').matchAll(/^\s*[0-9a-f]+:\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s*$/gim)];
  const [a, b, c, d] = [rows[0]?.[1], rows[0]?.[2], rows[1]?.[1], rows[1]?.[2]].map(Number);
  return a === undefined || b === undefined || c === undefined || d === undefined || Number.isNaN(a + b + c + d)
    ? null
    : [a, b, c, d];
}

const quarterTurn = (degrees: number) => (((Math.round(degrees / 90) * 90) % 360) + 360) % 360;

/** Clockwise turn in quarters, after mirroring left to right where the matrix mirrors. */
function orientationOf(stream: ProbeStream): { rotationDegrees: number; isMirrored: boolean } {
  const matrix = matrixOf(stream);
  if (matrix) {
    const [a, b, c, d] = matrix;
    // A matrix of negative determinant is a mirror and then a turn: take the mirror off and read the turn.
    if (a * d - b * c < 0) {
      return { rotationDegrees: quarterTurn((Math.atan2(-b, -a) * 180) / Math.PI), isMirrored: true };
    }
  }
  const declared = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const tagged = Number(stream.tags?.rotate ?? 0);
  // Side data turns counter-clockwise, the old tag clockwise.
  return { rotationDegrees: quarterTurn(declared === undefined ? tagged : -declared), isMirrored: false };
}

function aspectOf(stream: ProbeStream): { num: number; den: number } {
  const match = /^(\d+):(\d+)$/.exec(stream.sample_aspect_ratio ?? '');
  const [num, den] = [Number(match?.[1] ?? 1), Number(match?.[2] ?? 1)];
  return num > 0 && den > 0 ? { num, den } : { num: 1, den: 1 };
}

/** Where the pictures before and after a point do not lean on each other, from the order of decoding against the order of showing. */
export function findCuts(packets: Pictures): VideoFacts['cuts'] {
  const { ptsSeconds, isKeyframe, isWhole, hiddenCount } = packets;
  const count = ptsSeconds.length;
  if (
    !isWhole ||
    hiddenCount > 0 ||
    packets.undecodableCount > 0 ||
    packets.isStampedByOrder ||
    count === 0 ||
    count > MAX_LISTED_FRAMES
  )
    return null;
  const rank = new Map([...ptsSeconds].sort((a, b) => a - b).map((pts, i) => [pts, i]));
  if (rank.size !== count) return null;
  const starts: number[] = [];
  const startsSeconds: number[] = [];
  const ends: number[] = [];
  let highest = -1;
  for (let i = 0; i < count; i += 1) {
    // The first i packets are exactly the first i pictures: nothing crosses this point.
    const isClean = highest === i - 1;
    const pts = ptsSeconds[i] ?? 0;
    const own = rank.get(pts) ?? 0;
    if (isClean && i > 0) ends.push(i);
    if (isClean && own === i && isKeyframe[i]) {
      starts.push(i);
      startsSeconds.push(pts);
    }
    highest = Math.max(highest, own);
  }
  ends.push(count);
  return { starts, startsSeconds, ends: ends.length === count ? null : ends };
}

function longestGap(packets: Pictures, durationSeconds: number): number | null {
  const keys = packets.ptsSeconds.filter((_, i) => packets.isKeyframe[i]).sort((a, b) => a - b);
  const first = keys[0];
  if (first === undefined) return null;
  const end = first + durationSeconds;
  return keys.reduce((gap, seconds, i) => Math.max(gap, (keys[i + 1] ?? Math.max(end, seconds)) - seconds), 0);
}

/** Decoder delay and audio priming are not edits: what counts is whether pictures are hidden, delayed, repeated or cut off. */
function hasRealEdits(packets: Pictures, startSeconds: number, index: BoxIndex | null): boolean {
  if (packets.hiddenCount > 0 || packets.undecodableCount > 0 || Math.abs(startSeconds) > SAME_INSTANT_SECONDS)
    return true;
  const picture = index?.tracks.find((track) => track.handler === 'vide');
  return (picture?.edits.filter((edit) => edit.mediaStartSeconds !== null).length ?? 0) > 1;
}

const isSound = (s: ProbeStream) =>
  s.codec_type === 'audio' && s.codec_name !== undefined && s.codec_name !== 'none' && (s.channels ?? 0) > 0;

/** A track counts by what it holds, not by what its header says; of a file that was not read whole the header must do. */
const holdsSound = (s: ProbeStream, { sounds, packets }: Pick<FactsInput, 'sounds' | 'packets'>) =>
  !packets.isWhole || sounds.has(s.index);

function audioTracks(
  input: Pick<FactsInput, 'answer' | 'sounds' | 'packets'>,
  clipStartSeconds: number,
): VideoFacts['audio'] {
  const held = input.answer.streams.filter((s) => isSound(s) && holdsSound(s, input));
  return held.map((s) => ({
    index: s.index,
    codec: s.codec_name ?? '',
    channels: s.channels ?? 0,
    sampleRateHz: s.sample_rate ?? 0,
    language: s.tags?.language && s.tags.language !== 'und' ? s.tags.language : null,
    isDefault: s.disposition?.default === 1,
    durationSeconds: s.duration,
    startSeconds: s.start_time ?? 0,
    ...(input.packets.isWhole ? countedSound(input.sounds.get(s.index), clipStartSeconds) : {}),
  }));
}

function dolbyVisionOf(stream: ProbeStream): VideoFacts['dolbyVision'] {
  const record = stream.side_data_list?.find((data) => data.dv_profile !== undefined);
  if (record?.dv_profile === undefined) return undefined;
  return { profile: record.dv_profile, compatibility: record.dv_bl_signal_compatibility_id ?? 0 };
}

/** The tags; where Dolby Vision's record says what the base layer is and the tags say nothing, what the record says. */
function colorOf(stream: ProbeStream) {
  const dolbyVision = dolbyVisionOf(stream);
  const base = baseLayerOf(dolbyVision);
  const implied = base === 'pq' ? 'smpte2084' : base === 'hlg' ? 'arib-std-b67' : null;
  const transfer = saidOrNull(stream.color_transfer) ?? implied;
  return {
    colorRange: saidOrNull(stream.color_range) ?? (stream.pix_fmt?.startsWith('yuvj') ? 'pc' : null),
    colorPrimaries: saidOrNull(stream.color_primaries) ?? (implied === null ? null : 'bt2020'),
    colorTransfer: transfer,
    colorSpace: saidOrNull(stream.color_space) ?? (implied === null ? null : 'bt2020nc'),
    isHdr: transfer === 'smpte2084' || transfer === 'arib-std-b67',
    ...(dolbyVision ? { dolbyVision } : {}),
  };
}

interface FactsInput {
  answer: ProbeAnswer;
  stream: ProbeStream;
  packets: Pictures;
  sounds: ReadonlyMap<number, SoundPackets>;
  index: BoxIndex | null;
  /** Major brand of an MP4 or MOV; empty when there is none. */
  brand: string;
  sizeBytes: number;
}

function shownSize(stream: ProbeStream): Pick<VideoFacts, 'width' | 'height' | 'rotationDegrees' | 'isMirrored'> {
  const aspect = aspectOf(stream);
  const wide = Math.max(1, Math.round(((stream.width ?? 0) * aspect.num) / aspect.den));
  const high = stream.height ?? 0;
  const { rotationDegrees, isMirrored } = orientationOf(stream);
  const isSideways = rotationDegrees % 180 !== 0;
  return {
    width: isSideways ? high : wide,
    height: isSideways ? wide : high,
    rotationDegrees,
    ...(isMirrored ? { isMirrored } : {}),
  };
}

/** Muxers that do not know the next picture guess the length of the last one, by up to two of its kind. */
const HELD_FRAMES = 2.5;

/** A last picture that stays for longer than the others: its own duration is what a player shows it for. */
function isHeldAtEnd(packets: Pictures, rate: { num: number; den: number }): boolean {
  return (packets.lastDurationSeconds ?? 0) > (HELD_FRAMES * rate.den) / rate.num;
}

export function buildVideoFacts(input: FactsInput): VideoFacts {
  const { answer, stream, packets, index, brand, sizeBytes } = input;
  const declaredRates = [parseRate(stream.avg_frame_rate), parseRate(stream.r_frame_rate)];
  const measured = measureRate(packets.ptsSeconds, declaredRates);
  const { rate } = measured;
  // Of a recording that was cut off nobody knows how long its last picture was meant to stay.
  const isCutShort = index?.wholeBytes != null;
  const isConstant = measured.isConstant && (isCutShort || !isHeldAtEnd(packets, rate));
  const count = packets.ptsSeconds.length;
  const first = packets.ptsSeconds.reduce((a, b) => Math.min(a, b), packets.latestSeconds);
  const startSeconds = Number.isFinite(first) ? first : (stream.start_time ?? 0);
  const counted = isConstant
    ? framesToSeconds(count, rate)
    : packets.latestSeconds - startSeconds + (packets.lastDurationSeconds ?? rate.den / rate.num);
  const durationSeconds = packets.isWhole ? counted : (stream.duration ?? answer.format?.duration ?? counted);
  const container = containerOf(answer, brand);
  const isCopyable = stream.codec_name === 'h264' && (container === 'mp4' || container === 'mov') && isConstant;
  const audio = audioTracks(input, startSeconds);
  const clockOverlaps = onClipClock(packets.clockOverlaps, startSeconds);
  const emptySoundCount = answer.streams.filter(isSound).length - audio.length;
  return {
    kind: 'video',
    container,
    sizeBytes,
    codec: stream.codec_name ?? 'unknown',
    profile: stream.profile ?? null,
    pixelFormat: stream.pix_fmt ?? 'unknown',
    bitDepth: bitDepthOf(stream),
    chroma: chromaOf(stream.pix_fmt ?? ''),
    scan: packets.isFieldCoded ? 'interlaced' : scanOf(stream),
    codedWidth: stream.width ?? 0,
    codedHeight: stream.height ?? 0,
    sampleAspect: aspectOf(stream),
    ...shownSize(stream),
    ...colorOf(stream),
    frameRate: rate,
    isConstantRate: isConstant,
    frameCount: packets.isWhole ? count : null,
    durationSeconds,
    startSeconds,
    hasEditList: hasRealEdits(packets, startSeconds, index),
    videoStreamIndex: stream.index,
    videoStreamCount: answer.streams.filter((s) => s.codec_type === 'video' && !isCover(s)).length,
    bitRate: stream.bit_rate ?? answer.format?.bit_rate ?? null,
    audio,
    privateKinds: privateKindsOf(answer, index),
    ...(emptySoundCount > 0 ? { emptySoundCount } : {}),
    ...(isCutShort ? { isCutShort } : {}),
    ...(packets.isStampedByOrder ? { isStampedByOrder: true } : {}),
    ...(packets.undecodableCount > 0 ? { undecodableCount: packets.undecodableCount } : {}),
    ...(clockOverlaps.length > 0 ? { clockOverlaps } : {}),
    hasCoverArt: answer.streams.some((s) => s.codec_type === 'video' && isCover(s)),
    sourceTimecode:
      stream.tags?.timecode ??
      answer.streams.find((s) => s.codec_type === 'data' && s.tags?.timecode)?.tags?.timecode ??
      answer.format?.tags?.timecode ??
      null,
    keyframeGapSeconds: longestGap(packets, durationSeconds),
    cuts: isCopyable ? findCuts(packets) : null,
  };
}

/** The track that is taken along: the one of that number, counted from 1; without a number the default one, else the first; 0: none. */
export function chosenAudio(facts: VideoFacts, soundTrack?: number): VideoFacts['audio'][number] | null {
  if (soundTrack === 0) return null;
  if (soundTrack !== undefined) return facts.audio[soundTrack - 1] ?? null;
  return facts.audio.find((track) => track.isDefault) ?? facts.audio[0] ?? null;
}
