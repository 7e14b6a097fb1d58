/** Where the window comes back to, and what of the jobs is seen outside it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { appId, desktopName } from '../../../main/hosts/electron/identity.ts';
import { filesOf } from '../../../main/hosts/electron/openFiles.ts';
import { outsideOf } from '../../../main/hosts/electron/outside.ts';
import { leastSize, rescueBounds } from '../../../main/hosts/electron/windowState.ts';
import type { Job } from '../../../shared/contract/jobs.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const home = { x: 0, y: 0, width: 1920, height: 1040 };
const beside = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('F24: the window', () => {
  const kept = { x: 2000, y: 100, width: 1400, height: 900 };
  it('comes back to where it was, on the display that it was on', () => {
    expect(rescueBounds(kept, [home, beside])).toEqual(kept);
  });
  it('goes to the middle of the first display when its own is gone', () => {
    expect(rescueBounds(kept, [home])).toEqual({ x: 260, y: 70, width: 1400, height: 900 });
  });
  it('has its title bar within reach', () => {
    for (const lost of [
      { ...kept, y: -500 },
      { ...kept, x: -1380, y: 0 },
      { ...kept, y: 5000 },
    ]) {
      const { x = -1, y = -1 } = rescueBounds(lost, [home]);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x).toBeGreaterThanOrEqual(0);
    }
  });
  it('fits a 1080p display at 150 %', () => {
    const small = { x: 0, y: 0, width: 1280, height: 680 };
    expect(rescueBounds(null, [small])).toEqual({ width: 1280, height: 680 });
    expect(leastSize.width).toBeLessThanOrEqual(1280);
    expect(leastSize.height).toBeLessThanOrEqual(680);
  });
});

describe('F25, B6: outside the window', () => {
  const job = (fields: Partial<Job>) =>
    ({ state: 'running', waitingFor: null, isHidden: false, stageProgress: null, ...fields }) as Job;
  it('shows how far the running jobs are, and that they run when nobody knows', () => {
    const known = [job({ stageProgress: 0.2 }), job({ stageProgress: 0.6 }), job({ state: 'completed' })];
    expect(outsideOf(known)).toMatchObject({ running: 2, progress: { value: 0.4, mode: 'normal' } });
    expect(outsideOf([job({})]).progress.mode).toBe('indeterminate');
    expect(outsideOf([job({ state: 'failed' })])).toMatchObject({ running: 0, progress: { mode: 'none' } });
  });
  it('shows the error state where only a person can help, but not for what was paused', () => {
    expect(outsideOf([job({ waitingFor: 'credits' })]).progress.mode).toBe('error');
    expect(outsideOf([job({ waitingFor: 'paused' })]).progress.mode).toBe('none');
  });
  it('keeps the computer awake only while bytes move', () => {
    const moves = (fields: Partial<Job>) => outsideOf([job(fields)]).isMovingBytes;
    expect(moves({ state: 'uploading' })).toBe(true);
    expect(moves({ state: 'downloading' })).toBe(true);
    expect(moves({ state: 'uploading', waitingFor: 'network' })).toBe(false);
    expect(moves({ state: 'running' })).toBe(false);
  });
});

it('F23: a command line names files, not switches, their values, folders or the app itself', () => {
  const own = path.join(root, 'package.json');
  const argv = [
    '/usr/bin/restage',
    own,
    '--profile',
    'README.md',
    '--flag=LICENSE',
    'LICENSE',
    'samples',
    'none.mp4',
    '-x',
  ];
  expect(filesOf(argv, root, [own])).toEqual([path.join(root, 'LICENSE')]);
});

it('F16: Windows knows the app by the name that packages give their shortcuts', () => {
  const config = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  expect(config).toContain(`appId: ${appId}`);
  expect(desktopName).toMatch(/^restage\.desktop$/);
});
