/** What stands in for a file elsewhere on the web: the contract takes any public address, and the sandbox goes nowhere. */
import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { RestageError } from '../../shared/errors.ts';
import { runPipe } from '../media/ffmpeg.ts';
import type { Context } from './context.ts';
import type { FileRecord } from './ledger.ts';

const recipes = {
  video: {
    mimeType: 'video/mp4',
    args: [
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc=size=1280x720:rate=25:duration=5',
        '-f',
        'lavfi',
        '-i',
        'sine=frequency=220:duration=5',
      ],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-t', '5', '-f', 'mp4'],
    ],
  },
  image: {
    mimeType: 'image/png',
    args: ['-f', 'lavfi', '-i', 'testsrc=size=720x960', '-frames:v', '1', '-c:v', 'png', '-f', 'image2'],
  },
} as const;

/** Made at the first use, and again after it was swept away. Throws RestageError toolFailed. */
export async function standInFor(context: Context, kind: keyof typeof recipes): Promise<FileRecord> {
  const { mimeType, args } = recipes[kind];
  const fileId = `standin_${kind}`;
  const file = context.store.filePath(fileId);
  if (!existsSync(file)) {
    const part = `${file}.${process.pid}.part`;
    const base = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'];
    const outcome = await runPipe({
      command: context.tools.ffmpeg,
      args: [...base, ...args, part],
      deadlineMs: 60_000,
    });
    if (outcome.exitCode !== 0) {
      await rm(part, { force: true });
      throw new RestageError('toolFailed', { detail: outcome.stderr.trim().slice(-500) });
    }
    await rename(part, file);
  }
  const { size } = await stat(file);
  const names = { fileId, fileName: fileId, originalName: fileId, mimeType, uploadPath: '' };
  return { ...names, sizeBytes: size, uploadedMs: 0, expiresMs: 0 };
}
