/** A file as multipart/form-data, streamed from disk with an exact length. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { RestageError } from '../../shared/errors.ts';
import type { ProgressListener } from '../services.ts';
import { errnoOf } from '../storage/files.ts';

const chunkBytes = 256 * 1024;

export interface UploadBody {
  /** Valid until the next one is asked for: they share a buffer. */
  parts: AsyncGenerator<Buffer>;
  lengthBytes: number;
  /** Of the file alone. */
  fileBytes: number;
  contentType: string;
  /** Closes the file; safe to call twice. */
  close(): Promise<void>;
}

/** Throws RestageError sourceMissing or sourceUnreadable; its parts fail so when the file changes its length. */
export async function openUploadBody(options: {
  path: string;
  fileName: string;
  mimeType: string;
  onProgress?: ProgressListener | undefined;
}): Promise<UploadBody> {
  const handle = await open(options.path, 'r').catch((error: unknown) => {
    throw new RestageError(errnoOf(error) === 'ENOENT' ? 'sourceMissing' : 'sourceUnreadable', {
      detail: String(errnoOf(error)),
      cause: error,
    });
  });
  try {
    const { size } = await handle.stat();
    const boundary = `restage-${randomBytes(18).toString('hex')}`;
    const head = Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quotedName(options.fileName)}"\r\n` +
        `Content-Type: ${options.mimeType}\r\n\r\n`,
    );
    const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
    return {
      parts: partsOf({ head, tail, handle, size, onProgress: options.onProgress }),
      lengthBytes: head.length + size + tail.length,
      fileBytes: size,
      contentType: `multipart/form-data; boundary=${boundary}`,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* partsOf(options: {
  head: Buffer;
  tail: Buffer;
  handle: FileHandle;
  size: number;
  onProgress?: ProgressListener | undefined;
}): AsyncGenerator<Buffer> {
  const { handle, size, onProgress } = options;
  yield options.head;
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let sent = 0;
  while (sent < size) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, size - sent), sent);
    if (bytesRead === 0) {
      throw new RestageError('sourceUnreadable', { detail: `the file ended at ${sent} of ${size} bytes` });
    }
    yield buffer.subarray(0, bytesRead);
    sent += bytesRead;
    onProgress?.(sent / size);
  }
  yield options.tail;
}

/** As browsers write it: UTF-8, with the three characters that would end the header escaped. */
function quotedName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
