/** Tells a camera's raw file from a TIFF, whose mark it bears: what lies first in it is a preview. */
import { open } from 'node:fs/promises';
import { readIfd, tiffOrder } from './exif.ts';

const WINDOW_BYTES = 32_768;
const DNG_VERSION = 0xc612;
const NEW_SUBFILE_TYPE = 0x00fe;
const SUB_IFDS = 0x014a;

/** The name of the raw format, or null: a TIFF. */
export async function tiffRawName(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(16);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead >= 10 && head.toString('latin1', 8, 10) === 'CR') return 'CR2 (RAW)';
    const isLittle = tiffOrder(head);
    if (isLittle === null) return null;
    const offset = isLittle ? head.readUInt32LE(4) : head.readUInt32BE(4);
    const view = Buffer.alloc(WINDOW_BYTES);
    const read = await file.read(view, 0, view.length, offset);
    const { entries } = readIfd(view.subarray(0, read.bytesRead), 0, isLittle);
    const has = (tag: number) => entries.find((entry) => entry.tag === tag);
    if (has(DNG_VERSION)) return 'DNG (RAW)';
    return ((has(NEW_SUBFILE_TYPE)?.value ?? 0) & 1) === 1 && has(SUB_IFDS) ? 'RAW' : null;
  } finally {
    await file.close();
  }
}
