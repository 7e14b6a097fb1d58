/** Codecs as the field writes them. Pure. */
import type { VideoFacts } from '../contract/media.ts';

const names: Readonly<Record<string, string>> = {
  av1: 'AV1',
  dnxhd: 'DNxHD',
  h264: 'H.264',
  hevc: 'HEVC',
  mjpeg: 'Motion JPEG',
  mpeg4: 'MPEG-4',
  prores: 'ProRes',
  qtrle: 'Animation',
  rawvideo: 'uncompressed',
  vp8: 'VP8',
  vp9: 'VP9',
};

export const codecName = (codec: string): string => names[codec] ?? codec.toUpperCase();

/** 'HEVC 10-bit 4:2:2': what is out of the ordinary is said. */
export function codecText({ codec, bitDepth, chroma }: Pick<VideoFacts, 'codec' | 'bitDepth' | 'chroma'>): string {
  const depth = bitDepth > 8 ? ` ${bitDepth}-bit` : '';
  const sampling = chroma === '4:2:0' || chroma === 'other' ? '' : ` ${chroma}`;
  return `${codecName(codec)}${depth}${sampling}`;
}
