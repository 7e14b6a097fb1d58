/** What an uploaded file really is, and whether the contract takes it: probed, never believed from its name. */
import { open } from 'node:fs/promises';
import { type ClipTarget, clipLimits, imageLimits, uploadMaxBytes } from '../../shared/rules/limits.ts';
import { runText } from '../media/ffmpeg.ts';
import { invalid } from './reply.ts';

interface ClipFacts {
  format: 'mp4' | 'mov' | 'webm' | 'other';
  seconds: number;
  width: number;
  height: number;
  hasSound: boolean;
  /** The average, a fraction. */
  frameRate: string;
}

/** Time stamps are rounded to the container's time base. */
const secondsTolerance = 0.002;

export async function checkClip(options: {
  field: string;
  path: string;
  sizeBytes: number;
  target: ClipTarget;
  ffprobe: string;
}): Promise<ClipFacts> {
  const { field, target } = options;
  const limits = clipLimits[target];
  if (options.sizeBytes > uploadMaxBytes.contract) throw invalid(field, `${options.sizeBytes} bytes, at most 100 MB`);
  const facts = await probeClip(options.ffprobe, options.path);
  if (!facts) throw invalid(field, 'not a video that can be read');
  if (!limits.formats.includes(facts.format)) {
    throw invalid(field, `the format must be one of ${limits.formats.join(', ')}`);
  }
  // The contract states no minimum for an element's clip.
  const minSeconds = target === 'element' ? 0 : limits.minSeconds;
  if (facts.seconds < minSeconds - secondsTolerance) {
    throw invalid(field, `duration ${facts.seconds.toFixed(3)} s, at least ${minSeconds} s`);
  }
  if (facts.seconds > limits.maxSeconds + secondsTolerance) {
    throw invalid(field, `duration ${facts.seconds.toFixed(3)} s, at most ${limits.maxSeconds} s`);
  }
  for (const side of [facts.width, facts.height]) {
    if (side < limits.minSidePx || side > limits.maxSidePx) {
      throw invalid(field, `a side of ${side} px, each must be ${limits.minSidePx} to ${limits.maxSidePx} px`);
    }
  }
  return facts;
}

interface ProbeAnswer {
  format?: { format_name?: string; duration?: string };
  streams?: {
    codec_type?: string;
    width?: number;
    height?: number;
    duration?: string;
    avg_frame_rate?: string;
    disposition?: { attached_pic?: number };
  }[];
}

async function probeClip(ffprobe: string, file: string): Promise<ClipFacts | null> {
  const outcome = await runText({
    command: ffprobe,
    args: [
      '-v',
      'error',
      '-protocol_whitelist',
      'file',
      '-show_format',
      '-show_streams',
      '-of',
      'json',
      `file:${file}`,
    ],
    deadlineMs: 20_000,
  });
  if (outcome.exitCode !== 0) return null;
  const answer = JSON.parse(outcome.stdout) as ProbeAnswer;
  const streams = answer.streams ?? [];
  const video = streams.find((stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1);
  const seconds = Number(video?.duration ?? answer.format?.duration);
  if (!video?.width || !video.height || !(seconds > 0)) return null;
  return {
    format: await formatOf(answer.format?.format_name ?? '', file),
    seconds,
    width: video.width,
    height: video.height,
    frameRate: rateOf(video.avg_frame_rate),
    hasSound: streams.some((stream) => stream.codec_type === 'audio'),
  };
}

/** Lying headers claim thousands; what nobody can show in a browser is not made. */
function rateOf(text: string | undefined): string {
  const [frames = 0, seconds = 0] = (text ?? '').split('/').map(Number);
  const rate = frames / seconds;
  return text !== undefined && rate >= 1 && rate <= 120 ? text : '25/1';
}

/** ffprobe says the family only; the brand and the document type are in the first bytes. */
async function formatOf(family: string, file: string): Promise<ClipFacts['format']> {
  const head = (await readHead(file, 4096)).toString('latin1');
  if (family.includes('mp4')) return head.slice(4, 8) === 'ftyp' && !head.startsWith('qt  ', 8) ? 'mp4' : 'mov';
  return family.includes('webm') && head.includes('webm') ? 'webm' : 'other';
}

export async function checkImage(options: { field: string; path: string; sizeBytes: number }): Promise<void> {
  const { field } = options;
  if (options.sizeBytes > imageLimits.maxBytes) throw invalid(field, `${options.sizeBytes} bytes, at most 10 MB`);
  // A camera's JPEG may carry previews and profiles of any length before its own size: an image is 10 MB at most, so all of it is read.
  const sides = imageSides(await readHead(options.path, Math.min(options.sizeBytes, imageLimits.maxBytes)));
  if (!sides) throw invalid(field, 'the format must be JPG, JPEG or PNG');
  for (const side of sides) {
    if (side < imageLimits.minSidePx || side > imageLimits.maxSidePx) {
      throw invalid(field, `a side of ${side} px, each must be 300 to 65536 px`);
    }
  }
  const ratio = Math.max(...sides) / Math.min(...sides);
  if (ratio > imageLimits.maxRatio) throw invalid(field, `ratio ${ratio.toFixed(2)}:1, at most 2.5:1`);
}

/** Width and height from a PNG or JPEG header; null for anything else. */
export function imageSides(bytes: Buffer): [number, number] | null {
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') {
    return bytes.length < 24 ? null : [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  }
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // fill bytes
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

async function readHead(file: string, length: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
