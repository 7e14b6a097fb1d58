/** Takes the display matrix out of an MP4 that was just written: ffmpeg copies a source's matrix to pictures that were set upright. */
import { type FileHandle, open } from 'node:fs/promises';

/** [a, b, u, c, d, v, x, y, w] of ISO/IEC 14496-12, 8.3.2: nothing is turned. */
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];
/** From the start of a track header to its matrix, by the version of the box. */
const matrixAt = [48, 60];

interface Found {
  type: string;
  bodyStart: number;
  end: number;
}

async function boxesIn(file: FileHandle, from: number, to: number): Promise<Found[]> {
  const found: Found[] = [];
  const head = Buffer.alloc(16);
  for (let at = from; at + 8 <= to; ) {
    await file.read(head, 0, 16, at);
    const size = head.readUInt32BE(0);
    const end = at + (size === 1 ? Number(head.readBigUInt64BE(8)) : size);
    if (end <= at || end > to) break;
    found.push({ type: head.toString('latin1', 4, 8), bodyStart: at + (size === 1 ? 16 : 8), end });
    at = end;
  }
  return found;
}

/** `path`: a file of our own making. Throws what the system says of a file that cannot be written. */
export async function clearMatrix(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const movies = (await boxesIn(file, 0, (await file.stat()).size)).filter(({ type }) => type === 'moov');
    for (const movie of movies) {
      const tracks = (await boxesIn(file, movie.bodyStart, movie.end)).filter(({ type }) => type === 'trak');
      for (const track of tracks) {
        const headers = (await boxesIn(file, track.bodyStart, track.end)).filter(({ type }) => type === 'tkhd');
        for (const { bodyStart } of headers) await writeIdentity(file, bodyStart);
      }
    }
  } finally {
    await file.close();
  }
}

async function writeIdentity(file: FileHandle, bodyStart: number): Promise<void> {
  const version = Buffer.alloc(1);
  await file.read(version, 0, 1, bodyStart);
  const matrix = Buffer.alloc(36);
  for (const [i, value] of identity.entries()) matrix.writeUInt32BE(value, i * 4);
  await file.write(matrix, 0, 36, bodyStart - 8 + (matrixAt[version.readUInt8()] ?? 48));
}
