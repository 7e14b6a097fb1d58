/** Puts a photograph's metadata back into a file that was written or cleaned without it: only where a person wants that. */
import { uprightExif } from './exif.ts';
import { segment, XMP_MARK } from './jpegFile.ts';
import type { Metadata } from './picture.ts';
import { metadataChunks } from './pngFile.ts';

/** What fits into one segment of a JPEG. */
const SEGMENT_MAX_BYTES = 65_000;
/** Behind signature and IHDR. */
const PNG_HEADER_BYTES = 33;

export function withMetadata(bytes: Buffer, format: 'jpeg' | 'png', { exif, xmp }: Metadata): Buffer {
  const fits = (part: Buffer | null) => (part && part.length <= SEGMENT_MAX_BYTES ? part : null);
  const upright = fits(exif);
  const kept = { exif: upright && uprightExif(upright), xmp: fits(xmp) };
  if (format === 'png') {
    return Buffer.concat([
      bytes.subarray(0, PNG_HEADER_BYTES),
      ...metadataChunks(kept),
      bytes.subarray(PNG_HEADER_BYTES),
    ]);
  }
  const parts = [
    ...(kept.exif ? [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), kept.exif]))] : []),
    ...(kept.xmp ? [segment(0xe1, Buffer.concat([Buffer.from(XMP_MARK, 'latin1'), kept.xmp]))] : []),
  ];
  // JFIF stays first where there is one.
  const isJfif = bytes[3] === 0xe0;
  const at = isJfif ? 4 + bytes.readUInt16BE(4) : 2;
  return Buffer.concat([bytes.subarray(0, at), ...parts, bytes.subarray(at)]);
}
