/** Every fault at every step of the network: what the job waits for, how it ends, and what was started at the server. Nothing hangs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { thinned } from '../../fixtures/runs.ts';
import {
  addSources,
  isSettled,
  motion,
  newOrderId,
  openTestProfile,
  type Sources,
  type TestProfile,
} from '../app/harness.ts';
import { type FaceClips, openFaceClips } from './faceClips.ts';
import { atOnce, type Fault, fails, faults, goesOn, type Outcome, patient } from './faultScript.ts';

const usual: Record<Fault, Outcome> = {
  'reset before the handler': goesOn,
  'reset after the handler': goesOn,
  'half an answer': goesOn,
  'no JSON': goesOn,
  'another shape': goesOn,
  'a page of HTML': goesOn,
  'an empty 500': goesOn,
  '503 with Retry-After': goesOn,
  '503 without': goesOn,
  '429 with Retry-After': patient,
  '429 until a date': patient,
  '429 without': patient,
  'an unlisted 409': goesOn,
  '400': fails,
  '401': ['apiKey', 'apiKey'],
  '402': ['credits', 'credits'],
  '403': fails,
  '404': goesOn,
  '413': fails,
  silence: goesOn,
};
/** Reading can always be tried again: nobody's task is given up for a bad answer. */
const reading: Record<Fault, Outcome> = {
  ...{ ...usual, '400': goesOn, '402': goesOn, '403': goesOn, '413': goesOn },
  '401': ['apiKey', 'completed'],
};

/** Its answer says nothing that can be used: it is asked again. */
const saysNothing: Outcome = ['answer', 'completed'];
const linkTrouble = {
  ...{ '400': saysNothing, '401': saysNothing, '402': saysNothing, '403': saysNothing, '404': saysNothing },
  ...{ '413': saysNothing, 'no JSON': saysNothing, 'another shape': saysNothing, 'an unlisted 409': saysNothing },
};

const steps = {
  upload: {
    ...{ at: { method: 'POST', path: '/api/v1/files/upload' }, kind: 'element' },
    expected: { ...usual, 'an unlisted 409': fails, '404': fails },
  },
  'order an element': { at: { method: 'POST', path: '/v1/videos/generations' }, kind: 'element', expected: usual },
  'order a video': { at: { method: 'POST', path: '/v1/videos/generations' }, kind: 'motion', expected: usual },
  'watch, many at once': {
    ...{ at: { method: 'POST', path: '/v1/tasks/batch' }, kind: 'element' },
    expected: reading,
  },
  // What a 404 of the former means: the endpoint is missing, from then on tasks are read one by one.
  'watch, one by one': {
    ...{ at: { method: 'GET', path: '/v1/tasks/' }, kind: 'element' },
    expected: { ...reading, '404': atOnce, 'another shape': saysNothing },
  },
  download: {
    ...{ at: { method: 'GET', path: '/results/' }, kind: 'motion' },
    // No key goes there: what it refuses, or gives out that is no video, is the link's matter, and named so.
    expected: { ...reading, ...linkTrouble },
  },
} as const;

let profile: TestProfile;
let sources: Sources;
let faces: FaceClips;
let number = 0;
beforeAll(async () => {
  profile = await openTestProfile({
    ...{ watchIntervalMs: 50, retryBaseMs: 20 },
    requestDeadlines: { readMs: 4000, submitMs: 4000, stallMs: 4000 },
  });
  await profile.admin('POST', 'switches', { taskSeconds: 0, maxFiles: 500 });
  sources = await addSources(profile);
  faces = await openFaceClips();
});
afterAll(async () => {
  await profile.remove();
  await faces.remove();
});

async function recipeOf(kind: string): Promise<Recipe> {
  number += 1;
  return kind === 'motion' ? motion(sources, { prompt: `${number}` }) : faces.recipe(profile);
}

const names = Object.keys(faults) as Fault[];

describe.each(Object.entries(steps))('%s', (name, { at, kind, expected }) => {
  // In the quick run each fault strikes at one step: every step meets some of them.
  const rows = thinned(names, Object.keys(steps).length, Object.keys(steps).indexOf(name)).filter(
    (fault) => name !== 'watch, many at once' || fault !== '404',
  );
  it.each(rows)('%s', async (fault) => {
    const [waited, end] = expected[fault];
    if (name === 'watch, one by one') await profile.admin('POST', 'switches', { hasBatch: false });
    await profile.admin('DELETE', 'faults');
    // An answer before the whole upload was read may get lost with the connection: that is another row.
    const readsAll = name === 'upload' && 'status' in faults[fault] ? { runHandler: true } : {};
    await profile.admin('POST', 'faults', { rules: [{ ...at, ...faults[fault], ...readsAll }] });
    const before = (await profile.ledger()).length;
    const cells = [{ orderId: newOrderId(), recipe: await recipeOf(kind) }];
    const [job] = await profile.call('jobs.order', { cells });
    const id = job?.id ?? '';
    // A refused read is asked again after a minute, or when a person or good news of the account says so.
    const isWatch = name.startsWith('watch');
    const isSlow = isWatch && ['400', '401', '403', '413'].includes(fault);
    if (isSlow) {
      await profile.until(id, ({ state, waitingFor }) => isFinal(state) || waitingFor !== null);
      if (!isFinal((await profile.call('jobs.get', { id })).state)) await profile.call('jobs.retry', { id });
    }
    const settled = await profile.until(id, isWatch ? ({ state }) => isFinal(state) : isSettled);
    expect(isFinal(settled.state) ? settled.state : settled.waitingFor).toBe(end);
    const log = await profile.call('jobs.log', { id });
    const reasons = log.flatMap(({ event }) => (event.startsWith('waiting:') ? [event.slice(8)] : []));
    expect(reasons).toEqual(waited === null ? [] : expect.arrayContaining([waited]));
    if (end === 'failed') expect(settled.problem?.message).not.toBe('');
    if (!isFinal(settled.state)) {
      await profile.call('jobs.retry', { id });
      expect((await profile.until(id, ({ state }) => isFinal(state))).state).toBe('completed');
    }
    expect(await profile.ledger()).toHaveLength(before + (end === 'failed' ? 0 : 1));
  });
});
