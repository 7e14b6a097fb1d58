/** Which ffmpeg and ffprobe are taken: what a person set, then what is shipped, then what the system has. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createTools } from '../../../main/media/tools.ts';
import { silentLogger } from '../../fixtures/media.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-tools-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('F30: the tools that are shipped', async () => {
  const here = createTools({ env: process.env, logger: silentLogger });
  const real = { ffmpeg: (await here.ffmpeg()).path, ffprobe: (await here.ffprobe()).path };
  const shelf = (name: string) => {
    const place = path.join(folder, name);
    fs.mkdirSync(place);
    for (const tool of ['ffmpeg', 'ffprobe'] as const) fs.symlinkSync(real[tool], path.join(place, tool));
    return place;
  };
  const [shipped, system, own] = [shelf('shipped'), shelf('system'), shelf('own')];
  const env = { ...process.env, PATH: system };
  const options = { env, logger: silentLogger, shipped: (tool: string) => path.join(shipped, tool) };

  it.each(['ffmpeg', 'ffprobe'] as const)('are preferred to those in PATH: %s', async (tool) => {
    expect((await createTools(options)[tool]()).path).toBe(path.join(shipped, tool));
    // Without a package of the app's own (its download was refused) the system's are taken.
    expect((await createTools({ ...options, shipped: () => null })[tool]()).path).toBe(path.join(system, tool));
  });

  it('give way to what a person set', async () => {
    const set = createTools({ ...options, ffprobePath: () => path.join(own, 'ffprobe') });
    expect((await set.ffprobe()).path).toBe(path.join(own, 'ffprobe'));
  });
});
