/** Files on their way in: sorts what was dropped, chosen or pasted into motion and character, and keeps what was refused, with the reason. */
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { Asset } from '../../../shared/contract/media.ts';
import type { ErrorData, Result } from '../../../shared/errors.ts';
import { clipTargetFor, type Limits } from '../../../shared/rules/limits.ts';
import { CallError, call, errorDataOf, intake } from '../../bridge/bridge.ts';
import { useLimits } from '../shell/limits.ts';
import { notifyError } from '../shell/notify.tsx';
import { goTo, screenNow } from '../shell/route.ts';
import { clockOf, initialRange, trimOf } from '../trim/trim.ts';
import { useDraftStore } from './draftStore.ts';

export type Slot = 'video' | 'image';

/** wrongKind: a readable file in the wrong place, which may be moved over. */
export type Refusal = { kind: 'wrongKind'; asset: Asset } | { kind: 'error'; name: string; error: ErrorData };

interface IntakeState {
  reading: Record<Slot, boolean>;
  refusals: Record<Slot, Refusal | null>;
}

export const useIntakeStore = create<IntakeState>()(() => ({
  reading: { video: false, image: false },
  refusals: { video: null, image: null },
}));

/** A file is on its way into the form: what the form shows will be another pair. */
export const useIsReading = (): boolean => useIntakeStore(({ reading }) => reading.video || reading.image);

/** What moves is a clip; dropped on the character, its first picture is one. */
async function asWanted(asset: Asset, target: Slot | null): Promise<Asset> {
  const isGif = asset.facts.kind === 'video' && asset.facts.container === 'gif';
  return target === 'image' && isGif ? call('assets.still', { id: asset.id }).catch(() => asset) : asset;
}

/** By what the system says of the file: only decides where the spinner turns and where an unreadable file is reported. */
function guessSlot(file: { name: string; type: string }): Slot {
  return file.type.startsWith('image/') || /\.(jpe?g|png|webp|heic|heif|avif|tiff?|gif|bmp)$/i.test(file.name)
    ? 'image'
    : 'video';
}

interface Received {
  name: string;
  guess: Slot;
  result: Result<Asset>;
}

export interface SortedIntake {
  taken: Partial<Record<Slot, Asset>>;
  refusals: Partial<Record<Slot, Refusal>>;
  /** All that can be used, where more than one of a kind came: they make a matrix. */
  several: Asset[];
}

/**
 * Pure. A single file obeys the place it was dropped on; several fill both places by kind.
 */
export function sortIntake(
  results: readonly ({ ok: true; asset: Asset } | { ok: false; name: string; guess: Slot; error: ErrorData })[],
  target: Slot | null,
): SortedIntake {
  const sorted: SortedIntake = { taken: {}, refusals: {}, several: [] };
  const kinds = new Set(results.map((result) => (result.ok ? result.asset.facts.kind : result.guess)));
  const usable = new Map<string, Asset>();
  for (const result of results) {
    if (!result.ok) {
      sorted.refusals[target ?? result.guess] ??= { kind: 'error', name: result.name, error: result.error };
      continue;
    }
    const slot = result.asset.facts.kind;
    if (target !== null && slot !== target && kinds.size === 1) {
      sorted.refusals[target] ??= { kind: 'wrongKind', asset: result.asset };
    } else {
      sorted.taken[slot] ??= result.asset;
      usable.set(result.asset.id, result.asset);
    }
  }
  const isOneOfEach = usable.size === Object.keys(sorted.taken).length;
  return isOneOfEach ? sorted : { ...sorted, several: [...usable.values()] };
}

function putIntoDraft(asset: Asset, { clips }: Limits): void {
  const { dispatch, history } = useDraftStore.getState();
  const { videoId, imageId } = history.present;
  // The same content again keeps its trim: a file that was moved, or chosen twice.
  if (asset.id === videoId || asset.id === imageId) return;
  if (asset.facts.kind === 'image') {
    dispatch({ type: 'setImage', imageId: asset.id });
    return;
  }
  const clock = clockOf(asset.facts);
  const { maxSeconds } = clips[clipTargetFor(history.present.orientation)];
  dispatch({ type: 'setVideo', videoId: asset.id, trim: trimOf(clock, initialRange(clock, maxSeconds)) ?? null });
}

export function useIntake(): {
  receive: (files: readonly File[], target?: Slot | null) => Promise<void>;
  accept: (asset: Asset) => void;
  /** One takes its place in the form, several make a matrix. */
  acceptAll: (assets: readonly Asset[]) => Promise<void>;
  /** Files that the host took in (opened with Restage, dropped on its icon): used as dropped ones are. */
  receiveOpened: (files: readonly { name: string; result: Result<Asset> }[]) => Promise<void>;
} {
  const client = useQueryClient();
  const limits = useLimits();

  const accept = (asset: Asset) => {
    client.setQueryData(['assets.get', { id: asset.id }], asset);
    const { refusals } = useIntakeStore.getState();
    useIntakeStore.setState({ refusals: { ...refusals, [asset.facts.kind]: null } });
    putIntoDraft(asset, limits);
  };

  const receive = async (files: readonly File[], target: Slot | null = null) => {
    if (files.length === 0) return;
    if (screenNow() !== 'matrix') goTo('create');
    const slots = files.map(guessSlot);
    const isReading = (slot: Slot) => slots.includes(slot) || target === slot;
    useIntakeStore.setState({
      reading: { video: isReading('video'), image: isReading('image') },
      refusals: { video: null, image: null },
    });
    const results = await intake([...files]).catch((error: unknown) =>
      files.map(() => ({ ok: false as const, error: errorDataOf(error) })),
    );
    await use(
      results.map((result, index) => ({ name: files[index]?.name ?? '', guess: slots[index] ?? 'video', result })),
      target,
    );
  };

  const receiveOpened = (files: readonly { name: string; result: Result<Asset> }[]) => {
    if (screenNow() !== 'matrix') goTo('create');
    return use(
      files.map(({ name, result }) => ({ name, guess: guessSlot({ name, type: '' }), result })),
      null,
    );
  };

  const use = async (files: readonly Received[], target: Slot | null) => {
    const isForMatrix = screenNow() === 'matrix';
    const answers = await Promise.all(
      files.map(async ({ name, guess, result }) =>
        result.ok
          ? { ok: true as const, asset: await asWanted(result.value, target) }
          : { ok: false as const, name, guess, error: result.error },
      ),
    );
    const sorted = sortIntake(answers, isForMatrix ? null : target);
    if (isForMatrix) return addAll(answers);
    for (const asset of Object.values(sorted.taken)) accept(asset);
    useIntakeStore.setState({
      reading: { video: false, image: false },
      refusals: { video: sorted.refusals.video ?? null, image: sorted.refusals.image ?? null },
    });
    await layOutSeveral(sorted.several);
  };

  /** Dropped on the matrix, each becomes a row or a column; what cannot be read is said there. */
  const addAll = async (answers: Parameters<typeof sortIntake>[0]) => {
    useIntakeStore.setState({ reading: { video: false, image: false } });
    const assets = answers.flatMap((answer) => (answer.ok ? [answer.asset] : []));
    const { layOut } = await import('../matrix/layOut.ts');
    if (assets.length > 0) layOut(assets, limits, client);
    for (const answer of answers) if (!answer.ok) notifyError(new CallError(answer.error));
  };

  const layOutSeveral = async (assets: readonly Asset[]) => {
    if (assets.length === 0) return;
    const { layOut } = await import('../matrix/layOut.ts');
    layOut([...assets], limits, client);
  };

  const acceptAll = async (assets: readonly Asset[]) => {
    const different = [...new Map(assets.map((asset) => [asset.id, asset])).values()];
    const [first] = different;
    if (first) accept(first);
    if (different.length > 1) await layOutSeveral(different);
  };

  return { receive, accept, acceptAll, receiveOpened };
}
