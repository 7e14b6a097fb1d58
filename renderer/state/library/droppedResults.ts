/** What was dropped and is a result, or tells of an order: a clip, a character, or the order to be made again. Fetched when that happens. */
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { Asset } from '../../../shared/contract/media.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { call } from '../../bridge/bridge.ts';
import { recipeOf, reviveDraft } from '../order/draft.ts';
import type { Slot } from '../order/intake.ts';
import { useRestoreStore } from '../order/restoreStore.ts';
import { notifyHint } from '../shell/notify.tsx';
import { goTo } from '../shell/route.ts';

/** More of them would be a matrix that nobody can overlook. */
const mostAtOnce = 24;
/** A recipe has some thousand bytes; what is larger is none. */
const mostSidecarBytes = 1_000_000;

interface Dropped {
  ids: readonly string[];
  files: readonly File[];
  target: Slot | 'order' | null;
  receive: (files: readonly File[], target?: Slot | null) => Promise<void>;
  acceptAll: (assets: readonly Asset[]) => Promise<void>;
}

export async function takeDropped({ ids, files, target, receive, acceptAll }: Dropped): Promise<void> {
  const some = ids.slice(0, mostAtOnce);
  const isOrder = target === 'order' || some.length === 0;
  if (isOrder) return restoreOrder(some[0], files);
  if (target === 'image') return receive(await Promise.all(some.map(stillOf)), 'image');
  const assets = await Promise.all(some.map((id) => call('assets.ofResult', { id })));
  goTo('create');
  await acceptAll(assets);
}

/** Asks which fields are meant, over the form. */
async function restoreOrder(id: string | undefined, files: readonly File[]): Promise<void> {
  const recipe = id === undefined ? await recipeOfFiles(files) : await recipeOfResult(id);
  if (!recipe) return notifyHint((t) => t('create.restore.none'));
  goTo('create');
  useRestoreStore.setState({ recipe });
}

async function recipeOfResult(id: string): Promise<MotionRecipe | null> {
  const { recipe } = await call('library.get', { id });
  return recipe?.kind === 'motion' ? recipe : null;
}

async function recipeOfFiles(files: readonly File[]): Promise<MotionRecipe | null> {
  const sidecar = files.find(({ name }) => name.endsWith('.restage.json'));
  if (sidecar) return recipeOfSidecar(sidecar);
  const [file] = files;
  if (!file) return null;
  // A film says nothing of its order; the library knows it by name and size.
  const name = file.name.replace(/\.[^.]+$/, '').replace(/["“”„«»＂]/g, ' ');
  const { items } = await call('library.list', { query: `"${name}"`.slice(0, 200), limit: 100 });
  const found = items.find((item) => item.sizeBytes === file.size && item.file.endsWith(file.name));
  return found?.recipe?.kind === 'motion' ? found.recipe : null;
}

async function recipeOfSidecar(file: File): Promise<MotionRecipe | null> {
  if (file.size > mostSidecarBytes) return null;
  try {
    const content: unknown = JSON.parse(await file.text());
    const recipe = typeof content === 'object' && content !== null && 'recipe' in content ? content.recipe : null;
    const isMotion = typeof recipe === 'object' && recipe !== null && 'kind' in recipe && recipe.kind === 'motion';
    // By the same rules as a form that was kept: what is not whole is left out, and without clip and image there is no order.
    return isMotion ? recipeOf(reviveDraft(recipe)) : null;
  } catch {
    return null;
  }
}

/** The first picture at its full size, as a file of its own. */
async function stillOf(id: string): Promise<File> {
  const [item, video] = await Promise.all([call('library.get', { id }), loadedVideo(mediaUrl('library', id))]);
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  video.removeAttribute('src');
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the picture could not be drawn');
  return new File([blob], `${item.name}.png`, { type: 'image/png' });
}

function loadedVideo(src: string): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  Object.assign(video, { muted: true, preload: 'auto', playsInline: true });
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(video.error?.message ?? 'the film cannot be read'));
    video.addEventListener('loadeddata', () => resolve(video), { once: true });
    video.addEventListener('error', fail, { once: true });
    video.src = src;
  });
}
