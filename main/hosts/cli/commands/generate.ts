/** `restage generate`: every video with every image, each cell one order, followed until it lies in the library. */
import type { MotionRecipe } from '../../../../shared/contract/jobs.ts';
import { orientationSchema, presetSchema, qualitySchema } from '../../../../shared/contract/media.ts';
import {
  type CheckedInput,
  type CheckFields,
  checkInputs,
  priceOf,
  requireLegal,
  soundTrackOf,
} from '../checkInputs.ts';
import { type CommandContext, callOrThrow, type Outcome } from '../context.ts';
import { inputPaths } from '../inputs.ts';
import { orderIdFor } from '../orderIdentity.ts';
import { isOnlyTooLong, partCells, withJoined } from '../performances.ts';
import { type PricedCell, placeOrder } from '../placeOrder.ts';

type Recipe = Omit<MotionRecipe, 'videoId' | 'imageId' | 'trim' | 'crop' | 'imageEdit'>;

export async function generate(context: CommandContext): Promise<Outcome> {
  const paths = inputPaths(context, { video: 'video', image: 'image' });
  const rows = await checkInputs(context, paths, async () => checkFields(await recipeOf(context)));
  // Together with the others: what else is wrong is told at once.
  const long = context.flags.has('parts') ? rows.filter(isOnlyTooLong) : [];
  const legal = requireLegal(rows.filter((row) => !long.includes(row)));
  const checked = [...legal, ...long.flatMap(({ checked: own }) => own ?? [])];
  const recipe = await recipeOf(context);
  const cells: PricedCell[] = [];
  for (const cell of cellsOf(context, checked, recipe)) {
    const isLong = long.some((row) => row.checked?.input.asset.id === cell.recipe.videoId);
    if (isLong && cell.recipe.kind === 'motion') cells.push(...(await partCells(context, cell.recipe)));
    else cells.push(cell);
  }
  return withJoined(context, await placeOrder(context, cells), cells);
}

function checkFields(recipe: Recipe): CheckFields {
  const { orientation, quality, preset, prompt, elementId, callbackUrl, soundTrack } = recipe;
  return {
    orientation,
    quality,
    preset,
    prompt,
    ...(soundTrack === undefined ? {} : { soundTrack }),
    ...(elementId === undefined ? {} : { elementId }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
}

async function recipeOf(context: CommandContext): Promise<Recipe> {
  const { flags } = context;
  const settings = await callOrThrow(await context.connect(), 'settings.get', {});
  const elementId = flags.one('element');
  const callbackUrl = flags.one('callback-url');
  const project = flags.one('project');
  return {
    kind: 'motion',
    orientation: orientationSchema.parse(flags.required('orientation')),
    quality: qualitySchema.parse(flags.required('quality')),
    preset: presetSchema.parse(flags.one('preset') ?? settings.preset),
    keepSound: !flags.has('no-sound'),
    ...soundTrackOf(context),
    prompt: flags.one('prompt') ?? '',
    watermark: flags.has('watermark'),
    ...(elementId === undefined ? {} : { elementId }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
    ...(project === undefined ? {} : { project }),
  };
}

/** Row by row: each image with every video. */
function cellsOf(context: CommandContext, checked: readonly CheckedInput[], recipe: Recipe): PricedCell[] {
  const orderName = context.flags.one('order');
  const distinct = (field: string) => {
    const found = checked.filter(({ input }) => input.field === field);
    return [...new Map(found.map((each) => [each.input.asset.id, each])).values()];
  };
  return distinct('image').flatMap((image) =>
    distinct('video').map((video) => {
      const cell: MotionRecipe = {
        ...recipe,
        videoId: video.input.asset.id,
        imageId: image.input.asset.id,
        ...(video.trim === undefined ? {} : { trim: video.trim }),
        ...(video.crop === undefined ? {} : { crop: video.crop }),
        ...(image.imageEdit === undefined ? {} : { imageEdit: image.imageEdit }),
      };
      return { orderId: orderIdFor(orderName, cell), recipe: cell, price: priceOf(video.result) };
    }),
  );
}
