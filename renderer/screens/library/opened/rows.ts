/** What a result's recipe and file say, as lines of words. */
import type { MotionRecipe } from '../../../../shared/contract/jobs.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { Crop } from '../../../../shared/contract/media.ts';
import { creditsOf } from '../../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../../shared/time/duration.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { formatBytes, formatCredits, formatWhen } from '../../../format/units.ts';
import { type Texts, useTexts } from '../../../text/i18n.ts';
import { motionOf } from '../compare/useSides.ts';

export interface Row {
  id: string;
  label: string;
  value: string;
  why?: string | null;
}

/** Containers round: less than this is the same length. */
const sameSeconds = 0.1;

export function useFactRows(): (item: LibraryItem) => Row[] {
  const texts = useTexts();
  return (item) => factRows(item, texts);
}

function factRows(item: LibraryItem, { t, language }: Texts): Row[] {
  const result = formatSeconds(item.durationSeconds, language);
  const ordered = formatSeconds(item.orderedSeconds, language);
  const isShorter = item.recipe !== null && item.orderedSeconds - item.durationSeconds > sameSeconds;
  const length = isShorter ? t('library.lengthShorter', { result, ordered }) : t('library.lengthSame', { result });
  const money = creditsOf(item.isSandbox);
  const charged =
    item.creditsCharged === null
      ? t('library.chargedUnknown', money)
      : t('library.chargedCredits', { credits: formatCredits(item.creditsCharged, language), ...money });
  const signed = item.hasProvenance === null ? [] : [signedRow(item.hasProvenance, t)];
  const row = (id: string, label: string, value: string, why: string | null = null) => ({ id, label, value, why });
  return [
    row(
      'length',
      t('library.length'),
      item.recipe === null ? result : length,
      isShorter ? t('library.lengthWhy') : null,
    ),
    row('size', t('library.size'), `${item.width} × ${item.height} · ${formatBytes(item.sizeBytes, language)}`),
    ...(item.recipe === null ? [] : [row('charged', t('library.charged'), charged)]),
    row('made', t('library.made'), formatWhen(item.createdAt, language)),
    ...signed,
    ...(item.taskId === null ? [] : [row('task', t('library.task'), item.taskId)]),
    row('file', t('library.file'), item.file),
  ];
}

const signedRow = (isSigned: boolean, t: Texts['t']): Row => ({
  id: 'signed',
  label: t('viewer.signed.label'),
  value: t(isSigned ? 'viewer.signed.yes' : 'viewer.signed.no'),
});

export function useRecipeRows(): (item: LibraryItem) => Row[] {
  const texts = useTexts();
  return (item) => {
    const recipe = motionOf(item);
    return recipe ? recipeRows(item, recipe, texts) : [];
  };
}

const presetTexts = {
  fast: 'create.recipe.presetFast',
  best: 'create.recipe.presetBest',
  keep: 'create.recipe.presetKeep',
} as const;
const cropText = ({ x, y, width, height }: Crop) => `${width} × ${height} (${x}, ${y})`;

function recipeRows(item: LibraryItem, recipe: MotionRecipe, { t }: Texts): Row[] {
  const row = (id: string, label: string, value: string | null | undefined) =>
    value ? [{ id, label, value: shownText(value) }] : [];
  const { soundTrack, keepSound } = recipe;
  const kept =
    soundTrack === undefined || soundTrack === 0
      ? t('library.soundKept')
      : t('viewer.recipe.soundTrack', { number: soundTrack });
  const soundText = keepSound ? (item.hasAudio ? kept : t('library.soundMissing')) : t('library.soundOff');
  return [
    ...row('clip', t('library.motion'), item.videoName),
    ...row('crop', t('viewer.recipe.crop'), recipe.crop && cropText(recipe.crop)),
    ...row('character', t('library.character'), item.imageName),
    ...row('imageCrop', t('viewer.recipe.imageCrop'), recipe.imageEdit?.crop && cropText(recipe.imageEdit.crop)),
    ...row(
      'facing',
      t('library.facing'),
      t(recipe.orientation === 'image' ? 'create.recipe.facingImage' : 'create.recipe.facingVideo'),
    ),
    ...row('quality', t('library.quality'), recipe.quality),
    ...row('sound', t('library.sound'), soundText),
    ...row('preset', t('viewer.recipe.preset'), t(presetTexts[recipe.preset])),
    ...row('element', t('library.element'), recipe.elementId),
    ...row('prompt', t('library.prompt'), recipe.prompt),
    ...row('project', t('viewer.recipe.project'), recipe.project),
  ];
}
