/** The text of an edit that a person named: a file, or Final Cut's bundle around one; within bounds, in any encoding that editing programs write. */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../../shared/errors.ts';
import { editBounds, editTooLarge } from '../../../shared/handoff/xml.ts';
import { errno } from './inputs.ts';

/** A character has up to three bytes where most are Japanese or Korean. */
const mostBytes = editBounds.maxCharacters * 3;

/** Throws refused under `over`. */
export async function readEdit(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return await readEdit(await bundled(file));
    if (!found.isFile()) throw problem('file.missing');
    if (found.size === 0) throw problem('file.empty');
    if (found.size > mostBytes) throw editTooLarge(found.size);
    return decode(await readWhole(file, found.size));
  } catch (error) {
    const code = errno(error) ?? '';
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) throw problem('file.missing');
    if (code === 'EACCES' || code === 'EPERM') throw problem('file.permission');
    throw error;
  }
}

const problem = (rule: string) => new RestageError('refused', { reasons: [{ field: 'over', rule, params: {} }] });

/** `.fcpxmld` is a folder with the document inside. */
async function bundled(folder: string): Promise<string> {
  const inside = path.join(folder, 'Info.fcpxml');
  const found = await stat(inside).catch(() => null);
  if (!found?.isFile()) throw problem('file.folder');
  return inside;
}

async function readWhole(file: string, sizeBytes: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(sizeBytes);
    const { bytesRead } = await handle.read(bytes, 0, sizeBytes, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new RestageError('refused', {
      reasons: [{ field: 'over', rule: 'handoff.editUnreadable', params: { detail: `not ${encoding}` } }],
    });
  }
}
