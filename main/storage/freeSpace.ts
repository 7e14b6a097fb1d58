/** How much a full disk lacks, for people who have to make room. */
import { statfs } from 'node:fs/promises';
import { RestageError } from '../../shared/errors.ts';

/** A disk is never filled to its last byte: databases and other programs need some. */
const RESERVE_BYTES = 5_000_000;

/** Null where the system does not say. */
export async function freeBytesOf(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => null);
  return found === null ? null : found.bavail * found.bsize;
}

/** A disk that is full, with what is needed and what there is. */
export async function diskFull(folder: string, neededBytes: number, cause?: unknown): Promise<RestageError> {
  const freeBytes = await freeBytesOf(folder);
  const params = { folder, neededBytes, ...(freeBytes === null ? {} : { freeBytes }) };
  return new RestageError('diskFull', {
    reasons: [{ field: 'disk', rule: 'disk.full', params }],
    detail: `${folder} needs ${neededBytes} bytes, ${freeBytes ?? '?'} are free`,
    cause,
  });
}

/** Throws diskFull before a byte is written where so much surely does not fit. */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeBytesOf(folder);
  if (freeBytes !== null && freeBytes < neededBytes + RESERVE_BYTES) throw await diskFull(folder, neededBytes);
}

/** The same error, with the numbers, when it is about a full disk and has none yet; else as it was. */
export async function withSpace(error: unknown, folder: string, neededBytes: number): Promise<unknown> {
  if (!(error instanceof RestageError) || error.code !== 'diskFull' || error.reasons.length > 0) return error;
  return diskFull(folder, neededBytes, error);
}
