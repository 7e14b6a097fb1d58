/**
 * Hostile media and recipes against the running app: each is answered in time, the event loop goes on turning, nothing beside them is
 * read, nobody is called, and nothing is left behind. 24 of them in `npm test`, 200 in `npm run test:hostile`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, openAppProcess } from '../../fixtures/appProcess.ts';
import { oldBinaries, run } from '../../fixtures/media.ts';
import { seededRandom } from '../../fixtures/mediaEdits.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { type World, writeHostile } from './hostileMedia.ts';
import { writeRecipe } from './hostileRecipes.ts';

const TOKEN = 'canary-5f1c9e-nobody-may-read-this';
/** On a machine whose cores have other work too, an answer waits for its turn. */
const answerMs = () => 10_000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
const HELD_MS = 250;
const WHOLE_MS = 1_200_000;
const seed = seedOf('HOSTILE', 1);
const total = runsOf('HOSTILE', { short: 26, long: 200 });
const recipes = Math.round(total / 5);
/** Short runs begin elsewhere with every seed, so that all kinds have their turn. */
const first = total < 100 ? (seed - 1) * 21 : 0;

let home: string;
let world: World;
let app: AppProcess;
let calls = 0;
const server = net.createServer((socket) => {
  calls += 1;
  socket.destroy();
});
const held: { what: string; workedMs: number; wallMs: number }[] = [];
const slow: { what: string; ms: number; allowedMs: number }[] = [];

const made = (name: string) => path.join(home, 'strangers', name);
const folderOf = (name: string) => path.join(home, name);

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'restage-hostile-'));
  for (const name of ['strangers', 'profile', 'library', 'tmp']) await mkdir(folderOf(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const lavfi = (colour: string, file: string) =>
    run(oldBinaries.ffmpeg, [
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      `color=${colour}:s=400x400:r=10:d=4`,
      '-pix_fmt',
      'yuv420p',
      file,
    ]);
  await lavfi('0x00ff00', made('canary.mp4'));
  await lavfi('red', made('good.mp4'));
  const plain = (background: string) => sharp({ create: { width: 640, height: 480, channels: 3, background } });
  await plain('#0f0').png().toFile(made('canary.png'));
  await writeFile(made('canary.txt'), TOKEN);
  world = {
    folder: folderOf('strangers'),
    canary: { picture: made('canary.png'), clip: made('canary.mp4'), text: made('canary.txt') },
    port: (server.address() as AddressInfo).port,
    good: { clip: await readFile(made('good.mp4')), picture: await plain('#f00').jpeg().toBuffer() },
    random: seededRandom(seed),
  };
  app = await openApp();
  // The tools are believed after an encode of their own, once: that is no file's fault.
  await app.add(made('good.mp4'));
});
afterAll(async () => {
  server.close();
  // The last test closes it; where that was skipped, it would hold up the end of the whole run.
  for (const { pid, isSandbox } of processesOfOurs()) if (!isSandbox) process.kill(pid, 'SIGKILL');
  for (const { pid, isSandbox } of processesOfOurs()) if (isSandbox) process.kill(pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

function openApp(): Promise<AppProcess> {
  const { EVOLINK_API_KEY: _key, ...env } = process.env;
  const options = { profileDir: folderOf('profile'), libraryDir: folderOf('library') };
  return openAppProcess({ ...options, env: { ...env, TMPDIR: folderOf('tmp') } });
}

/** Asks, and writes down how long it took and how long the loop was held. */
async function timed<T>(what: string, ask: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`seed ${seed}: no answer in a minute: ${what}`)), 60_000);
  });
  const answer = await Promise.race([ask(), late]).finally(() => clearTimeout(timer));
  slow.push({ what, ms: Math.round(performance.now() - began), allowedMs: answerMs() });
  held.push({ what, ...(await app.turns()) });
  return answer;
}

async function assertNotGreen(what: string, picture: Buffer): Promise<void> {
  const { channels } = await sharp(picture).removeAlpha().stats();
  const [r = 0, g = 0, b = 0] = channels.map(({ mean }) => mean);
  expect({ what, seed, isGreen: g > r + 40 && g > b + 40 }).toEqual({ what, seed, isGreen: false });
}

const assertSilent = (what: string, answer: unknown) =>
  expect({ what, seed, isTold: JSON.stringify(answer).includes(TOKEN) }).toEqual({ what, seed, isTold: false });

/** Processes of this run, by its folder; the sandbox outlives its app as the real service does, and is ended in the end. */
function processesOfOurs(): { pid: number; line: string; isSandbox: boolean }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const isOurs = line.includes(home) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${home}`);
        return isOurs ? [{ pid: Number(pid), line, isSandbox: line.includes(' sandbox --dir ') }] : [];
      } catch {
        return [];
      }
    });
}

it.skipIf(process.platform !== 'linux')(
  `trust 3: hostile media are answered, seed ${seed}`,
  async () => {
    await app.turns();
    for (let n = first; n < first + total - recipes && !isTimeOver(); n += 1) {
      const { kind, file } = await writeHostile(world, n);
      const what = `${n} ${kind}`;
      const answer = await timed(what, () => app.intake(file));
      assertSilent(what, answer);
      if (!answer.ok) {
        expect({ what, code: answer.error.code }).not.toEqual({ what, code: 'internal' });
        await rm(file, { recursive: true, force: true });
        continue;
      }
      const { id, facts } = answer.value;
      const poster = await timed(`${what}: poster`, () => app.media(`media/poster/${id}`));
      if (poster.status === 200) await assertNotGreen(what, poster.body);
      const own = await timed(`${what}: itself`, () => app.media(`media/asset/${id}`));
      expect(own.body.includes(TOKEN)).toBe(false);
      const input = facts.kind === 'image' ? { imageId: id } : { videoId: id };
      assertSilent(what, await timed(`${what}: check`, () => app.try('media.check', input)));
      await rm(file, { recursive: true, force: true });
    }
  },
  WHOLE_MS,
);

it.skipIf(process.platform !== 'linux')(
  `trust 10: hostile recipes hold up neither start nor library, seed ${seed}`,
  async () => {
    const ids: string[] = [];
    for (let n = 0; n < recipes; n += 1) ids.push(await writeRecipe(world, folderOf('library'), n));
    await app.close();
    for (const suffix of ['', '-wal', '-shm'])
      await rm(path.join(folderOf('profile'), `library.db${suffix}`), { force: true });
    const began = performance.now();
    app = await openApp();
    slow.push({ what: 'start', ms: Math.round(performance.now() - began), allowedMs: answerMs() });
    held.push({ what: 'start', ...(await app.turns()) });
    const list = await timed('list', () => app.call('library.list', {}));
    expect(JSON.stringify(list).length).toBeLessThan(1_000_000);
    const report = await timed('rebuild', () => app.call('library.rebuild', {}));
    expect(report.damaged.length).toBeGreaterThan(recipes / 3);
    const answers: unknown[] = [list, report, await timed('trash', () => app.call('library.trashed', {}))];
    for (const id of ids) {
      for (const what of ['library', 'libraryPoster']) {
        const { status, body } = await timed(`${what} ${id}`, () => app.media(`media/${what}/${id}`));
        expect({ id, status, isCanary: status === 200 }).toEqual({ id, status, isCanary: false });
        answers.push(body.toString('latin1'));
      }
      answers.push(await timed(`put back ${id}`, () => app.try('library.putBack', { ids: [id] })));
    }
    assertSilent('recipes', answers);
  },
);

it.skipIf(process.platform !== 'linux')(
  'trust 3, 5, 8, 10: in time, never held, nobody called, nothing left',
  async () => {
    await app.close();
    slow.sort((a, b) => b.ms - a.ms);
    held.sort((a, b) => b.workedMs - a.workedMs);
    const walls = Math.max(...held.map(({ wallMs }) => wallMs));
    const [slowest, longest] = [slow[0], held[0]];
    process.stdout.write(
      `${total} hostile files, seed ${seed}: slowest answer ${slowest?.ms} ms (${slowest?.what}); the loop worked at most ` +
        `${longest?.workedMs.toFixed(0)} ms (${longest?.what}) and stood at most ${walls.toFixed(0)} ms by the clock; ` +
        `${calls} calls\n`,
    );
    expect(slow.filter(({ ms, allowedMs }) => ms > allowedMs)).toEqual([]);
    expect(held.filter(({ workedMs }) => workedMs > HELD_MS)).toEqual([]);
    expect(calls).toBe(0);
    expect(processesOfOurs().filter(({ isSandbox }) => !isSandbox)).toEqual([]);
    // Of the app's own: the code cache of the test's runner is no part of it.
    const temporary = (await readdir(folderOf('tmp'), { recursive: true })).filter(
      (name) => !name.startsWith('restage-test-code'),
    );
    expect(temporary).toEqual([]);
    const left = (await readdir(folderOf('profile'), { recursive: true })).filter((name) =>
      /\.(part|tmp)\b/.test(name),
    );
    expect(left).toEqual([]);
  },
);
