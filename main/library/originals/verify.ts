/** Holds kept originals against the hashes that recipes name them by: each once, however many results name it. */
import path from 'node:path';
import type { VerifiedOriginal } from '../../../shared/contract/libraryCommands.ts';
import { hashWhole } from '../../intake/identity.ts';
import { type FileLayer, lookInto } from '../files.ts';
import type { KeptOriginal, Sidecar } from '../sidecar.ts';
import { hashInName, originalsFolder } from './place.ts';

export interface OriginalsToVerify {
  libraryDirs: readonly string[];
  /** Hashes of those that were told of before. */
  told: readonly string[];
}

interface OriginalsCheck {
  /** Once per original. Null: told of already, or the signal has fired. */
  check(original: KeptOriginal, of: { id: string; name: string }): Promise<VerifiedOriginal | null>;
}

export const originalsOf = ({ originals }: Pick<Sidecar, 'originals'>): KeptOriginal[] =>
  [originals?.video, originals?.image].flatMap((original) => original ?? []);

export function createOriginalsCheck(
  { libraryDirs, told }: OriginalsToVerify,
  { files, signal }: { files: FileLayer; signal: AbortSignal },
): OriginalsCheck {
  const known = new Set(told);
  let folders: Promise<Map<string, string[]>> | undefined;

  /** Files by the hash that they are called by; each folder is looked into once. */
  async function filesByHash(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const folder of libraryDirs.map(originalsFolder)) {
      const listing = await lookInto(files, folder);
      for (const { name, kind } of listing.kind === 'listed' ? listing.entries : []) {
        const sha256 = kind === 'file' ? hashInName(name) : null;
        if (sha256 !== null) found.set(sha256, [...(found.get(sha256) ?? []), path.join(folder, name)]);
      }
    }
    return found;
  }

  /** One that is as it was is enough: another library folder may hold a second one. */
  async function stateOf(sha256: string): Promise<VerifiedOriginal['state']> {
    folders ??= filesByHash();
    let state: VerifiedOriginal['state'] = 'missing';
    for (const file of (await folders).get(sha256) ?? []) {
      const seen = await hashWhole(file, signal).catch(() => null);
      if (seen?.sha256 === sha256) return 'intact';
      if (seen !== null) state = 'changed';
    }
    return state;
  }

  return {
    async check({ sha256, name: original }, { id, name }) {
      if (known.has(sha256)) return null;
      known.add(sha256);
      const state = await stateOf(sha256);
      return signal.aborted ? null : { sha256, state, original, id, name };
    },
  };
}
