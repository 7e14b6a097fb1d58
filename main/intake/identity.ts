/** What makes a file the same file: its size and samples of its bytes. Cheap for a 50 GB master, whole for small files. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 1_000_000;
const CHUNK_BYTES = 256 * 1024;

/** Hex SHA-256 over size and three 1 MB samples (start, middle, end); over all bytes when there are no more than those. */
export async function contentFingerprint(path: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${sizeBytes}:`);
  const handle = await open(path, 'r');
  try {
    const starts =
      sizeBytes <= 3 * SAMPLE_BYTES
        ? [0, SAMPLE_BYTES, 2 * SAMPLE_BYTES]
        : [0, Math.floor((sizeBytes - SAMPLE_BYTES) / 2), sizeBytes - SAMPLE_BYTES];
    const buffer = Buffer.allocUnsafe(Math.min(sizeBytes, CHUNK_BYTES));
    for (const start of starts) {
      const end = Math.min(sizeBytes, start + SAMPLE_BYTES);
      for (let position = start; position < end; ) {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - position), position);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        position += bytesRead;
      }
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** Every byte of the file, through one buffer: however large it is, nothing is left behind for the garbage collector. */
export async function hashWhole(path: string, signal?: AbortSignal): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let sizeBytes = 0;
  const handle = await open(path, 'r');
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, sizeBytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      sizeBytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

export const fullSha256 = async (path: string): Promise<string> => (await hashWhole(path)).sha256;
