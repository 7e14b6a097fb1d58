/** Takes the display matrix out of an MP4 that was just written: ffmpeg copies a source's matrix to pictures that were set upright. */
import { type FileHandle, open } from 'node:fs/promises';
import { type Box, childBoxes, createHeaderReader } from '../facts/boxes.ts';

/** [a, b, u, c, d, v, x, y, w] of ISO/IEC 14496-12, 8.3.2: nothing is turned. */
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];
/** From the start of a track header to its matrix, by the version of the box. */
const matrixAt = [48, 60];

/** `path`: a file of our own making. Throws what the system says of a file that cannot be written. */
export async function clearMatrix(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const fileBytes = (await file.stat()).size;
    const headerAt = createHeaderReader(file, fileBytes);
    for (let at = 0; at < fileBytes; ) {
      const box = await headerAt(at);
      if (!box || box.end <= at || box.end > fileBytes) return;
      if (box.type === 'moov') await clearMovie(file, box);
      at = box.end;
    }
  } finally {
    await file.close();
  }
}

async function clearMovie(file: FileHandle, movie: Box): Promise<void> {
  const data = Buffer.alloc(movie.end - movie.bodyStart);
  await file.read(data, 0, data.length, movie.bodyStart);
  const matrix = Buffer.alloc(36);
  for (const [i, value] of identity.entries()) matrix.writeUInt32BE(value, i * 4);
  for (const track of childBoxes(data, 0, data.length)) {
    if (track.type !== 'trak') continue;
    for (const header of childBoxes(data, track.bodyStart, track.end)) {
      if (header.type !== 'tkhd') continue;
      const place = header.start + (matrixAt[data.readUInt8(header.bodyStart)] ?? 48);
      await file.write(matrix, 0, matrix.length, movie.bodyStart + place);
    }
  }
}
