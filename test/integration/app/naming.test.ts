/** Results are named by the template that is set when they come home; what has a name keeps it. */
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import { addSources, isOver, motion, openTestProfile, order, type Sources, type TestProfile } from './harness.ts';

let profile: TestProfile;
let sources: Sources;
beforeEach(async () => {
  profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20 });
  await profile.admin('POST', 'switches', { taskSeconds: 0 });
  sources = await addSources(profile);
});
afterEach(() => profile.remove());

async function made(more: Partial<MotionRecipe> = {}): Promise<string> {
  const { id } = await order(profile, motion(sources, more));
  const job = await profile.until(id, isOver);
  return path.basename(job.file ?? '');
}

it('by the usual template until another is chosen, and takes are counted', async () => {
  const usual = await made();
  expect(usual).toMatch(/^hero on motion \d{4}-\d\d-\d\d\.mp4$/);
  await profile.call('settings.set', { namingTemplate: '{project}_{clip}_{in}_{quality}_t{take}' });
  expect(await made({ trim: { unit: 'frames', from: 3, to: 64 }, project: 'Night' })).toBe(
    'Night_motion_00-00-00-03_720p_t02.mp4',
  );
  await profile.restart();
  expect(await made()).toBe('motion_00-00-00-00_720p_t03.mp4');
  const names = (await profile.call('library.list', {})).items.map(({ name }) => `${name}.mp4`);
  expect(names).toContain(usual);
});

it('is refused with the reason when no file could be called so, and the old one stays', async () => {
  const refusal = async (namingTemplate: string) => {
    const result = await profile.connection.call('settings.set', { namingTemplate });
    return result.ok ? null : result.error.reasons[0];
  };
  expect(await refusal('{clip} {shot}')).toMatchObject({
    field: 'namingTemplate',
    rule: 'naming.token',
    params: { token: '{shot}' },
  });
  expect(await refusal('{clip}/{date}')).toMatchObject({ rule: 'naming.characters', params: { characters: '/' } });
  expect(await refusal(' ')).toMatchObject({ rule: 'naming.empty' });
  expect((await profile.call('settings.get', {})).namingTemplate).toBe('{character} on {clip} {date}');
});
