/** Finds a missing source again among files that a person chose: the same content counts, wherever it lies and whatever it is called. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Asset } from '../../../shared/contract/media.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf, intake } from '../../bridge/bridge.ts';
import { notifyDone } from '../shell/notify.tsx';

/** Why none of the files is the one: another length in bytes, other content, or not readable at all. */
export type RelinkRefusal =
  | { kind: 'size'; name: string; foundBytes: number; wantedBytes: number }
  | { kind: 'content'; name: string }
  | { kind: 'error'; error: ErrorData };

/** Only files of the same length can be the same file; one of the same name is tried first. Pure. */
export function candidatesOf<F extends { name: string; size: number }>(
  wanted: { name: string; sizeBytes: number },
  files: readonly F[],
): F[] {
  const name = wanted.name.normalize('NFC').toLowerCase();
  const isNamed = (file: F) => file.name.normalize('NFC').toLowerCase() === name;
  const sameSize = files.filter((file) => file.size === wanted.sizeBytes);
  return [...sameSize.filter(isNamed), ...sameSize.filter((file) => !isNamed(file))];
}

/** Brings the candidates in, one by one, until one has the id, which is its content. */
export async function findAgain(
  asset: Asset,
  files: readonly File[],
  bringIn: (file: File) => ReturnType<typeof intake>,
): Promise<{ asset: Asset } | { refusal: RelinkRefusal }> {
  const wantedBytes = asset.facts.sizeBytes;
  const candidates = candidatesOf({ name: asset.name, sizeBytes: wantedBytes }, files);
  const [first] = files;
  let refusal: RelinkRefusal = {
    kind: 'size',
    name: first?.name ?? '',
    foundBytes: first?.size ?? 0,
    wantedBytes,
  };
  for (const file of candidates) {
    const [result] = await bringIn(file);
    if (result?.ok && result.value.id === asset.id) return { asset: result.value };
    refusal = !result || result.ok ? { kind: 'content', name: file.name } : { kind: 'error', error: result.error };
  }
  return { refusal };
}

export function useRelink(asset: Asset) {
  const client = useQueryClient();
  const [isLooking, setIsLooking] = useState(false);
  const [refusal, setRefusal] = useState<RelinkRefusal | null>(null);

  const look = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setIsLooking(true);
    setRefusal(null);
    try {
      const found = await findAgain(asset, files, (file) => intake([file]));
      if ('refusal' in found) {
        setRefusal(found.refusal);
        return;
      }
      client.setQueryData(['assets.get', { id: asset.id }], found.asset);
      // Pictures and checks of a file that was gone.
      for (const command of ['media.check', 'media.timeline']) void client.invalidateQueries({ queryKey: [command] });
      notifyDone((t) => t('create.relink.done', { name: found.asset.name }));
    } catch (error) {
      setRefusal({ kind: 'error', error: errorDataOf(error) });
    } finally {
      setIsLooking(false);
    }
  };
  return { look, isLooking, refusal };
}
