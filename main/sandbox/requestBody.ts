/** Reads request bodies: small JSON into memory, a multipart file onto disk with constant memory. */
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Problem } from './reply.ts';

const maxJsonBytes = 15_000_000; // a base64 image of 10 MB, and a little
const maxFieldBytes = 10_000;

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxJsonBytes) throw new Problem(413, 'payload_too_large', 'the request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function parseJsonObject(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Answered below, the same as any other body that is no object.
  }
  throw new Problem(400, 'invalid_parameters', 'the request body is not a JSON object');
}

export interface Multipart {
  fields: Record<string, string>;
  file: { name: string; mimeType: string; sizeBytes: number } | null;
}

interface PartHead {
  field: string;
  fileName: string | null;
  mimeType: string;
}

/** The part called `file` goes to `filePath`; others are short text fields. Throws Problem for malformed or oversized bodies. */
export async function readMultipart(
  request: IncomingMessage,
  filePath: string,
  maxFileBytes: number,
): Promise<Multipart> {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(request.headers['content-type'] ?? '');
  const mark = boundary?.[1] ?? boundary?.[2]?.trim();
  if (!mark) throw new Problem(400, 'invalid_parameters', 'multipart/form-data with a boundary is expected');
  const delimiter = Buffer.from(`\r\n--${mark}`);
  const result: Multipart = { fields: {}, file: null };
  const handle = await open(filePath, 'w', 0o600);
  let head: PartHead | null = null;
  let text = '';
  let sizeBytes = 0;
  let isEnded = false;
  // So that the first delimiter looks like all others.
  let pending = Buffer.from('\r\n');

  const take = async (bytes: Buffer) => {
    if (!head) return;
    if (head.fileName === null) {
      text += bytes.toString('utf8');
      if (text.length > maxFieldBytes) throw new Problem(400, 'invalid_parameters', `${head.field}: too long`);
      return;
    }
    sizeBytes += bytes.length;
    if (sizeBytes > maxFileBytes) {
      throw new Problem(413, 'payload_too_large', `file: over ${maxFileBytes} bytes`);
    }
    await handle.writeFile(bytes);
  };
  const finishPart = () => {
    if (head?.fileName != null) result.file = { name: head.fileName, mimeType: head.mimeType, sizeBytes };
    else if (head) result.fields[head.field] = text;
    head = null;
    text = '';
  };
  /** Consumes what can be decided from `pending`; true when it wants to be called again. */
  const step = async (): Promise<boolean> => {
    const at = pending.indexOf(delimiter);
    if (at < 0) {
      const safe = Math.max(0, pending.length - delimiter.length);
      await take(pending.subarray(0, safe));
      pending = pending.subarray(safe);
      return false;
    }
    const after = at + delimiter.length;
    if (pending.length < after + 2) return false;
    const isLast = pending.subarray(after, after + 2).toString('latin1') === '--';
    const headEnd = pending.indexOf('\r\n\r\n', after);
    if (!isLast && headEnd < 0) return false;
    await take(pending.subarray(0, at));
    finishPart();
    if (isLast) {
      isEnded = true;
      return false;
    }
    head = parseHead(pending.subarray(after, headEnd).toString('utf8'));
    pending = pending.subarray(headEnd + 4);
    return true;
  };

  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (isEnded) continue;
      pending = Buffer.concat([pending, chunk]);
      while (await step());
    }
    if (!isEnded) throw new Problem(400, 'invalid_parameters', 'the multipart body ends too early');
    await handle.sync();
    return result;
  } finally {
    await handle.close();
  }
}

function parseHead(text: string): PartHead {
  const name = /\bname="([^"]*)"/i.exec(text)?.[1] ?? '';
  const fileName = /\bfilename="([^"]*)"/i.exec(text)?.[1];
  const mimeType = /^content-type:\s*(\S+)/im.exec(text)?.[1] ?? 'application/octet-stream';
  const isFile = name === 'file' && fileName !== undefined;
  return { field: name, fileName: isFile ? unescapeName(fileName) : null, mimeType };
}

const unescapeName = (name: string) => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
