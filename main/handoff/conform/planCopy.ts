/** What a copy of a result will be, from facts alone: its size, rate, pictures, timecode, name, and what a person has to know. Pure. */
import type { ConformCopy, ConformNote, ConformOptions } from '../../../shared/contract/conform.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { refused } from '../../../shared/errors.ts';
import { asciiName } from '../../../shared/handoff/asciiName.ts';
import {
  type ConformGeometry,
  conformGeometry,
  conformPresets,
  estimateConformBytes,
} from '../../../shared/handoff/conformPresets.ts';
import {
  conformRates,
  countChanges,
  framesAtRate,
  framesAtStamps,
  isSameRate,
  MOST_RESTAMP,
  speedUp,
} from '../../../shared/handoff/conformRate.ts';
import { timecodeAtIn } from '../../../shared/handoff/conformTimecode.ts';
import { type FrameRate, frameAt, framesToSeconds, rateToNumber } from '../../../shared/time/timecode.ts';
import { safeName } from '../../../shared/words/resultName.ts';
import { saidOrNull } from '../../media/plan/color.ts';

/** What is known of the clip that was ordered from, whether or not its file is still there. */
export interface ReferenceFacts {
  rate: FrameRate;
  isConstantRate: boolean;
  timecode: string | null;
  /** The ordered in point on the clock of its first picture. */
  inSeconds: number;
}

export interface CopyColor {
  primaries: string;
  transfer: string;
  matrix: string;
  isFullRange: boolean;
}

export interface CopyPlan extends ConformCopy {
  options: ConformOptions;
  geometry: ConformGeometry;
  /** The result's picture that each picture of the copy shows. */
  frames: readonly number[];
  seconds: number;
  color: CopyColor;
  /** Of the file, without number and extension; and of the clip inside it. */
  baseName: string;
  title: string;
  extension: 'mov' | 'mp4';
  estimatedBytes: number;
}

export interface PlanInput {
  name: string;
  facts: VideoFacts;
  /** Of a variable-rate result: when each picture is shown, from the first on. */
  stampsSeconds: readonly number[] | null;
  reference: ReferenceFacts | null;
  options: ConformOptions;
}

const shown = (rate: FrameRate) => Number(rateToNumber(rate).toFixed(3));

function chooseRate({ facts, reference, options }: PlanInput): { rate: FrameRate; notes: ConformNote[] } {
  if (options.rate === 'result') return { rate: facts.frameRate, notes: [] };
  if (options.rate !== 'reference') return { rate: conformRates[options.rate], notes: [] };
  if (reference?.isConstantRate) return { rate: reference.rate, notes: [] };
  // A clip of no constant rate has none to give; of one that is not known any more nobody can say.
  const id = reference ? 'rateVariable' : 'rateUnknown';
  return { rate: facts.frameRate, notes: [{ id, params: { rate: shown(facts.frameRate) } }] };
}

function choosePictures(input: PlanInput, rate: FrameRate) {
  const { facts, options, stampsSeconds } = input;
  const count = stampsSeconds?.length ?? facts.frameCount ?? 0;
  if (count === 0) throw refused('file', 'file.noPictures');
  if (options.isRestamped && !isSameRate(facts.frameRate, rate)) {
    const by = speedUp(facts.frameRate, rate);
    const params = { from: shown(facts.frameRate), to: shown(rate), most: MOST_RESTAMP * 100 };
    if (stampsSeconds || Math.abs(by) > MOST_RESTAMP) throw refused('rate', 'conform.restamp', params);
    const percent = Number(((1 + by) * 100).toFixed(2));
    const frames = Array.from({ length: count }, (_, n) => n);
    return {
      frames,
      notes: [{ id: 'restamped', params: { ...params, percent } }],
      changes: { repeated: 0, dropped: 0 },
    };
  }
  const frames = stampsSeconds
    ? framesAtStamps(stampsSeconds, facts.durationSeconds, rate)
    : framesAtRate(count, facts.frameRate, rate);
  const changes = countChanges(frames, count);
  const params = (number: number) => ({ count: number, from: shown(facts.frameRate), to: shown(rate) });
  const notes: ConformNote[] = [
    ...(changes.repeated > 0 ? [{ id: 'repeated', params: params(changes.repeated) }] : []),
    ...(changes.dropped > 0 ? [{ id: 'dropped', params: params(changes.dropped) }] : []),
  ];
  return { frames, notes, changes };
}

function chooseTimecode({ reference }: PlanInput, rate: FrameRate): { timecode: string | null; notes: ConformNote[] } {
  if (!reference?.timecode) return { timecode: null, notes: [] };
  const inFrame = frameAt(reference.inSeconds, reference.rate);
  const found = timecodeAtIn({ timecode: reference.timecode, rate: reference.rate }, inFrame, rate);
  if (!found) return { timecode: null, notes: [{ id: 'timecodeOdd', params: { timecode: reference.timecode } }] };
  const note = { id: 'timecodeConverted', params: { timecode: found.text, rate: shown(rate) } };
  return { timecode: found.text, notes: found.isConverted ? [note] : [] };
}

/** As the result says; what it does not say is BT.709, as everything that it does say most often is. */
function chooseColor(facts: VideoFacts): { color: CopyColor; notes: ConformNote[] } {
  const [primaries, transfer, matrix] = [facts.colorPrimaries, facts.colorTransfer, facts.colorSpace].map(saidOrNull);
  const isSilent = !primaries && !transfer && !matrix;
  return {
    color: {
      ...{ primaries: primaries ?? 'bt709', transfer: transfer ?? 'bt709', matrix: matrix ?? 'bt709' },
      isFullRange: facts.colorRange === 'pc',
    },
    notes: isSilent ? [{ id: 'colorAssumed' }] : [],
  };
}

/** What was no text in a stranger's recipe is none in the copy. */
const titleOf = (name: string) =>
  name
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** Throws refused: conform.size, conform.restamp, file.noPictures. */
export function planCopy(input: PlanInput): CopyPlan {
  const { facts, options } = input;
  const preset = conformPresets[options.preset];
  const { size } = options;
  if (size && (size.width % 2 !== 0 || size.height % 2 !== 0))
    throw refused('size', 'conform.size', { width: size.width, height: size.height });
  const geometry = conformGeometry(facts, size, options.fit);
  const { width, height } = geometry;
  if (width < preset.minWidth || height < preset.minHeight) {
    const params = { width, height, minWidth: preset.minWidth, minHeight: preset.minHeight, preset: options.preset };
    throw refused('size', 'conform.small', params);
  }
  const chosen = chooseRate(input);
  const { rate } = chosen;
  const pictures = choosePictures(input, rate);
  const timecode = chooseTimecode(input, rate);
  const color = chooseColor(facts);
  const frameCount = pictures.frames.length;
  const seconds = framesToSeconds(frameCount, rate);
  const hasSound = options.sound !== 'none';
  const name = safeName(input.name);
  return {
    ...{ options, geometry, width, height, frameRate: rate, frameCount, frames: pictures.frames, seconds },
    ...pictures.changes,
    timecode: timecode.timecode,
    color: color.color,
    notes: [...chosen.notes, ...pictures.notes, ...timecode.notes, ...color.notes],
    baseName: options.isAscii ? asciiName(input.name) : name,
    title: titleOf(input.name),
    extension: preset.container,
    estimatedBytes: estimateConformBytes(options.preset, { width, height, frameCount, seconds, hasSound }),
  };
}
