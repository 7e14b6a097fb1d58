/** A column or a row of the matrix at work in Create: its trimmer, its crop, its checks; and back with what was made there. */

import type { Limits } from '../../../shared/rules/limits.ts';
import { call } from '../../bridge/bridge.ts';
import type { Draft } from '../order/draft.ts';
import { useDraftStore } from '../order/draftStore.ts';
import { goTo } from '../shell/route.ts';
import { clipOfAsset } from './matrix.ts';
import { editMatrix, useMatrixStore, type Visit } from './matrixStore.ts';

/** The form becomes the column's clip, or the row's image, beside what it has of the other. */
export function startVisit(line: Visit['line'], key: string): void {
  const { history, visit } = useMatrixStore.getState();
  const matrix = history.present;
  const now = useDraftStore.getState().history.present;
  // From one column straight to another: what the form held before both is what comes back.
  const before = visit?.before ?? now;
  const draft =
    line === 'clip'
      ? withClip(
          now,
          matrix.clips.find((clip) => clip.key === key),
        )
      : withImage(now, key);
  if (!draft) return;
  useMatrixStore.setState({ visit: { line, key, before } });
  useDraftStore.getState().dispatch({ type: 'putBack', draft });
  goTo('create');

  function withImage(form: Draft, imageId: string): Draft {
    const own = form.imageId === imageId ? form.imageEdit : null;
    const clip = matrix.clips[0];
    const base = form.videoId === null ? (withClip(form, clip) ?? form) : form;
    return { ...base, imageId, imageEdit: matrix.imageEdits[imageId] ?? own };
  }
  function withClip(form: Draft, clip: (typeof matrix.clips)[number] | undefined): Draft | null {
    if (!clip) return null;
    const { assetId, trim, crop, pad, soundTrack, preset, orientation } = clip;
    const elementId = orientation === 'image' ? null : form.elementId;
    return { ...form, videoId: assetId, trim, crop, pad, soundTrack, preset, orientation, elementId };
  }
}

/** What was made in the form goes into the matrix. Another clip that was put there takes the column. */
export async function finishVisit(limits: Limits): Promise<void> {
  const { visit } = useMatrixStore.getState();
  const draft = useDraftStore.getState().history.present;
  if (visit?.line === 'clip' && draft.videoId !== null) {
    const asset = await call('assets.get', { id: draft.videoId });
    const clip = clipOfAsset(asset, draft, limits);
    if (clip) editMatrix({ type: 'setClip', key: visit.key, clip: { ...clip, key: visit.key } });
  }
  if (visit?.line === 'image' && draft.imageId === visit.key)
    editMatrix({ type: 'setImageEdit', imageId: visit.key, imageEdit: draft.imageEdit });
  leaveVisit();
}

/** Back to the matrix, and the form to what it was. */
export function leaveVisit(): void {
  const { visit } = useMatrixStore.getState();
  if (visit) useDraftStore.getState().dispatch({ type: 'putBack', draft: visit.before });
  useMatrixStore.setState({ visit: null });
  goTo('matrix');
}
