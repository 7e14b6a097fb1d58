/** A window opened while a command works in the profile: it sees the work, and takes the profile over when the command is done. */
import { afterEach, expect, it } from 'vitest';
import { type FollowedProfile, followProfile } from '../../../main/hosts/followProfile.ts';
import { addSources, isOver, motion, newOrderId, openTestProfile, type TestProfile } from '../app/harness.ts';

let profile: TestProfile | null = null;
let window: FollowedProfile | null = null;
afterEach(async () => {
  await window?.close();
  await profile?.remove();
  window = null;
  profile = null;
});

it('takes the profile over from a command that has done its work, with files, events and what was handed over', async () => {
  profile = await openTestProfile({ host: 'cli' });
  const sources = await addSources(profile);
  window = await followProfile({ ...profile.options, host: 'browser' });
  const { backend } = window;
  expect(window.role).toBe('forwarded');
  const picture = () => backend.fetch(new Request(`http://page.invalid/media/asset/${sources.imageId}`));
  expect((await picture()).status).toBe(503);

  const heard: string[] = [];
  backend.on('jobs.changed', ({ jobs }) => heard.push(...jobs.map(({ state }) => state)));
  backend.on('library.changed', () => heard.push('library'));
  const recipe = motion(sources);
  const ordered = await backend.call('jobs.order', { cells: [{ orderId: newOrderId(), recipe }] });
  if (!ordered.ok) throw new Error(JSON.stringify(ordered.error));
  const id = ordered.value[0]?.id ?? '';

  // The command waits for the job that the window handed over, and then not for the window itself.
  await profile.connection.close();
  expect(heard).toContain('completed');
  heard.length = 0;
  await expect.poll(async () => (await picture()).status, { timeout: 20_000 }).toBe(200);
  await expect.poll(() => heard).toEqual(expect.arrayContaining(['library', 'completed']));
  const found = await backend.call('jobs.get', { id });
  expect(found.ok && isOver(found.value)).toBe(true);
  await backend.call('jobs.hide', { id });
  heard.length = 0;
  await backend.call('jobs.hide', { id, isHidden: false });
  await expect.poll(() => heard).toContain('completed');
});

it('holds the profile from the start when nobody else does', async () => {
  profile = await openTestProfile();
  await profile.connection.close();
  window = await followProfile(profile.options);
  expect(window.role).toBe('holder');
  expect(await window.backend.call('settings.get', {})).toMatchObject({ ok: true });
});
