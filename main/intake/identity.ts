/** What makes a file the same file: its size and samples of its bytes. Cheap for a 50 GB master, whole for small files. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 1_000_000;

/** Hex SHA-256 over size and three 1 MB samples (start, middle, end); over all bytes when there are no more than those. */
export async function contentFingerprint(path: string, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${sizeBytes}:`);
  const handle = await open(path, 'r');
  try {
    const starts =
      sizeBytes <= 3 * SAMPLE_BYTES
        ? [0, SAMPLE_BYTES, 2 * SAMPLE_BYTES]
        : [0, Math.floor((sizeBytes - SAMPLE_BYTES) / 2), sizeBytes - SAMPLE_BYTES];
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    for (const position of starts) {
      if (position >= sizeBytes) break;
      const { bytesRead } = await handle.read(buffer, 0, SAMPLE_BYTES, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

export async function fullSha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
