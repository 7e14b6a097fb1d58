/** Whether a video carries signed provenance: a C2PA manifest in a `uuid` box at top level [C2PA 2.1, A.5], which any rewriting breaks. */
import { open } from 'node:fs/promises';
import { boxLimits, createHeaderReader } from './boxes.ts';

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';

/** False also of what is no MP4. Reads headers alone. Throws what the system says of a file that cannot be opened. */
export async function hasC2paBox(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const headerAt = createHeaderReader(handle, size);
    let at = 0;
    for (let n = 0; at < size && n < boxLimits.topLevelBoxes; n += 1) {
      const box = await headerAt(at);
      if (!box || box.end <= at) return false;
      if (box.type === 'uuid') {
        const id = Buffer.alloc(16);
        await handle.read(id, 0, 16, box.bodyStart);
        if (id.toString('hex') === C2PA_UUID) return true;
      }
      at = box.end;
    }
    return false;
  } finally {
    await handle.close();
  }
}
