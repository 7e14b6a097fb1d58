/** `--order NAME` and the cell are one order for ever; another recipe under the same name is refused with what differs. */
import { describe, expect, test } from 'vitest';
import { orderIdFor, sortCells } from '../../../main/hosts/cli/orderIdentity.ts';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import { RestageError } from '../../../shared/errors.ts';
import { job } from './job.ts';

const recipe = (more: Partial<MotionRecipe> = {}): MotionRecipe => ({
  kind: 'motion',
  videoId: 'v1',
  imageId: 'i1',
  orientation: 'image',
  quality: '720p',
  preset: 'fast',
  keepSound: true,
  prompt: '',
  watermark: false,
  ...more,
});
const cell = (more: Partial<MotionRecipe> = {}, name = 'night') => {
  const asked = recipe(more);
  return { orderId: orderIdFor(name, asked), recipe: asked };
};
const options = { orderName: 'night', isSandbox: true };

function differences(existing: Parameters<typeof job>[0], asked: Partial<MotionRecipe>) {
  try {
    sortCells([cell(asked)], [job({ orderId: cell().orderId, ...existing })], options);
  } catch (error) {
    if (error instanceof RestageError && error.code === 'conflict') return error.reasons;
    throw error;
  }
  return [];
}

describe('the id of an order', () => {
  test('is the same for the same name and inputs, and long enough for the contract', () => {
    expect(orderIdFor('night', recipe())).toBe(orderIdFor('night', recipe()));
    expect(orderIdFor('night', recipe()).length).toBeGreaterThanOrEqual(8);
  });

  test('is another one for another name, video or image', () => {
    const ids = [
      orderIdFor('night', recipe()),
      orderIdFor('day', recipe()),
      orderIdFor('night', recipe({ videoId: 'v2' })),
      orderIdFor('night', recipe({ imageId: 'i2' })),
      orderIdFor('night', { kind: 'element', videoId: 'v1', name: 'n', description: 'd', preset: 'fast' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('without a name every run is a new order', () => {
    expect(orderIdFor(undefined, recipe())).not.toBe(orderIdFor(undefined, recipe()));
  });

  test('a name typed on another keyboard is the same name', () => {
    expect(orderIdFor('が', recipe())).toBe(orderIdFor('か\u3099', recipe()));
  });
});

describe('a batch that is started again', () => {
  test('answers what exists and orders what is missing', () => {
    const cells = [cell(), cell({ imageId: 'i2' })];
    const known = job({ orderId: cells[0]?.orderId ?? '' });
    const sorted = sortCells(cells, [known], options);
    expect(sorted.existing).toEqual([known, null]);
    expect(sorted.missing).toEqual([cells[1]]);
  });

  test('a cell that was retried as a new job is that job', () => {
    const first = job({ orderId: cell().orderId, state: 'failed' });
    const second = job({ id: 'job2', orderId: 'other-order', retryOf: 'job1', createdAt: '2026-11-22T00:00:00.000Z' });
    expect(sortCells([cell()], [first, second], options).existing).toEqual([second]);
  });

  test.each([
    [{ quality: '1080p' } as const, 'quality', '720p', '1080p'],
    [{ orientation: 'video' } as const, 'orientation', 'image', 'video'],
    [{ keepSound: false }, 'no-sound', 'true', 'false'],
    [{ prompt: 'red dress' }, 'prompt', '–', 'red dress'],
    [{ trim: { unit: 'frames', from: 75, to: 375 } } as const, 'from', '–', '75..375 frames'],
    [{ crop: { x: 656, y: 0, width: 608, height: 1080 } }, 'crop', '–', '608x1080+656+0'],
    [{ elementId: 'e1' }, 'element', '–', 'e1'],
    [{ watermark: true }, 'watermark', 'false', 'true'],
  ])('%j is refused with what differs', (asked, field, existing, value) => {
    expect(differences({}, asked)).toMatchObject([
      { field, rule: 'cli.orderDiffers', params: { existing, value, order: 'night' } },
    ]);
  });

  test('the same recipe is no difference, however it is written', () => {
    expect(differences({ recipe: recipe({ callbackUrl: undefined }) }, {})).toEqual([]);
  });

  test('a name used in the sandbox does not answer for real orders', () => {
    expect(differences({ isSandbox: false }, {})).toMatchObject([{ field: 'provider' }]);
  });
});
