/**
 * What was made of which result, by content: a small file per copy in the profile, written before the copy takes its name. The same copy
 * is not made twice, and a kill between the two leaves nothing that is taken for a copy.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Conformed, conformedSchema } from '../../../shared/contract/conform.ts';
import { fullSha256 } from '../../intake/identity.ts';
import { shortHash } from '../../media/files.ts';
import { writeFileSafely } from '../../storage/files.ts';
import { isOwnFile, readBoundedJson } from '../../storage/ownFiles.ts';
import { makeOwnFolder } from '../../storage/ownOnly.ts';

const recordSchema = z.object({ modifiedMs: z.number(), copy: conformedSchema });
const bounds = { maxBytes: 200_000, maxDepth: 16 };

export interface ConformRecords {
  /** The copy that lies in `folder` unchanged, or null. */
  find(key: string, folder: string): Promise<Conformed | null>;
  /** Says that the file under the staged name is this copy, and about to be called so. */
  keep(key: string, copy: Conformed, stagedFile: string): Promise<void>;
}

export function createConformRecords(profileDir: string): ConformRecords {
  const place = path.join(profileDir, 'conformed');
  const fileOf = (key: string, folder: string) => path.join(place, `${shortHash([key, path.resolve(folder)])}.json`);

  return {
    async find(key, folder) {
      const { success, data } = recordSchema.safeParse(readBoundedJson(fileOf(key, folder), bounds));
      if (!success) return null;
      const { copy, modifiedMs } = data;
      // A link under the name leads elsewhere.
      if (path.dirname(copy.file) !== path.resolve(folder) || !isOwnFile(copy.file)) return null;
      const found = await stat(copy.file).catch(() => null);
      if (!found || found.size !== copy.sizeBytes) return null;
      if (found.mtimeMs === modifiedMs) return copy;
      return (await fullSha256(copy.file).catch(() => '')) === copy.sha256 ? copy : null;
    },
    async keep(key, copy, stagedFile) {
      makeOwnFolder(place);
      const { mtimeMs } = await stat(stagedFile);
      const text = `${JSON.stringify({ modifiedMs: mtimeMs, copy })}\n`;
      await writeFileSafely(fileOf(key, path.dirname(copy.file)), text, { isOnlyWriter: true, isOwn: true });
    },
  };
}
