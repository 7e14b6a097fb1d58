/**
 * Every border of the app under messages that nobody sends in good faith: HTTP, WebSocket, the profile's socket, Electron's IPC,
 * the command line. `npm run test:attack` says 20,000 of them; RESTAGE_ATTACK_MESSAGES and RESTAGE_ATTACK_SEED choose others.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { commandTable, commonFlags } from '../../../main/hosts/cli/commandTable.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { enter, type PageVisit } from '../../fixtures/pageVisit.ts';
import { type Chance, createChance } from '../../fixtures/seeded.ts';
import { startElectron } from '../electron/startElectron.ts';
import {
  type Beat,
  faultOf,
  type Ground,
  heartbeat,
  loggedFaults,
  makeGround,
  readBeat,
  root,
  startHost,
} from './attacked.ts';
import { type Attack, attackHttp, attackPages, attackRunnerSocket, type Faults } from './borders.ts';
import { badValues, bend, bendText, commandMessage, type Live } from './grammar.ts';

const total = Number(process.env.RESTAGE_ATTACK_MESSAGES ?? 600);
const seed = Number(process.env.RESTAGE_ATTACK_SEED ?? 1);
const share = { pages: 0.4, http: 0.25, socket: 0.2, ipc: 0.1, cli: 0.05 };
const countOf = (border: keyof typeof share) => Math.max(1, Math.round(total * share[border]));
const longestStandstillMs = 250;
const isLinux = process.platform === 'linux';
const report: string[] = [];
const grounds: Ground[] = [];

afterAll(() => {
  for (const ground of grounds) ground.remove();
  process.stdout.write(`\nattack, seed ${seed}, ${total} messages:\n${report.map((line) => `  ${line}\n`).join('')}`);
});

function newGround(): Ground {
  const ground = makeGround();
  grounds.push(ground);
  return ground;
}

/** From here on only the attack counts: a start loads what a program needs, and may take its time. */
async function beginCount(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('the program is not there');
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, 300));
}

function judge(border: string, count: number, faults: Faults, ground: Ground, beat: Beat): void {
  const logged = loggedFaults(ground);
  const standstill = `longest standstill ${beat.longestMs} ms (computing ${beat.longestComputingMs} ms)`;
  report.push(
    `${border}: ${count} messages, ${faults.length} faults, ${logged.length} logged, ${beat.exceptions} exceptions, ${standstill}`,
  );
  expect(faults.slice(0, 10)).toEqual([]);
  expect(logged.slice(0, 5)).toEqual([]);
  expect(beat.exceptions).toBe(0);
  expect(beat.beats).toBeGreaterThan(0);
  // Elsewhere nobody tells how long the system gave the processor to others; a disk that others keep busy holds a commit up
  // for as long as it likes, so that all of a standstill counts on a calm machine alone (RESTAGE_ATTACK_CALM=1).
  if (isLinux) expect(beat.longestComputingMs).toBeLessThanOrEqual(longestStandstillMs);
  if (process.env.RESTAGE_ATTACK_CALM === '1') expect(beat.longestMs).toBeLessThanOrEqual(longestStandstillMs);
}

async function callOf(
  { page, headers }: PageVisit,
  command: string,
): Promise<{ ok: boolean; value?: Record<string, string> }> {
  const socket = new WebSocket(`${page.replace('http:', 'ws:')}socket`, { headers });
  socket.once('open', () => socket.send(JSON.stringify({ id: 1, command, input: {} })));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { id?: number; result: { ok: boolean } };
      if (message.id !== 1) return;
      socket.close();
      resolve(message.result);
    });
  });
}

it('trust attack: the browser host, over HTTP, WebSocket and the profile’s socket', async () => {
  const ground = newGround();
  const host = await startHost(ground);
  const visit = await enter(host.address);
  const sample = await callOf(visit, 'app.loadSample');
  const live: Live = { ids: Object.values(sample.value ?? {}) };
  expect(live.ids).toHaveLength(2);
  await beginCount(host.child.pid);
  const chance = createChance(seed);
  const attacks: [keyof typeof share, string, (attack: Attack) => Promise<Faults>][] = [
    ['http', 'http', attackHttp],
    ['pages', 'websocket', attackPages],
    ['socket', 'runner.sock', attackRunnerSocket],
  ];
  for (const [border, name, attack] of attacks) {
    const count = countOf(border);
    const faults = await attack({ chance, count, ground, visit, live });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(host.child.exitCode, `alive after ${name}`).toBeNull();
    judge(name, count, faults, ground, readBeat(ground));
  }
  expect(await callOf(visit, 'settings.get')).toMatchObject({ ok: true });
  expect(await host.stop()).toBe(0);
});

it('trust attack: the handlers behind Electron’s IPC', async () => {
  const ground = newGround();
  const chance = createChance(seed + 1);
  const register = path.join(root, 'test', 'stub', 'register.mjs');
  const electron = await startElectron({
    args: ['--profile', ground.profileDir, '--library', path.join(ground.home, 'library')],
    env: { ...ground.env, NODE_OPTIONS: `--import ${register} --import ${heartbeat}` },
  });
  const { pid } = await electron.ask<{ pid: number }>('describeProcess');
  await beginCount(pid);
  const own = { url: 'app://restage/', parent: null };
  const foreign = [
    null,
    { url: 'https://evil.example/', parent: null },
    { url: 'app://restage/', parent: { url: 'x' } },
    {},
  ];
  const faults: Faults = [];
  const count = countOf('ipc');
  for (let n = 0; n < count; n += 1) {
    const { command, input } = commandMessage(chance, { ids: ['v0123456789abcdef01234567'] });
    const isForeign = chance.is(0.2);
    const isIntake = chance.is(0.25);
    const message = {
      kind: chance.pick(['path', 'begin', 'chunk', 'end', 'abort', 'x']),
      path: '/etc/passwd',
      name: 'x',
      id: chance.int(5),
    };
    const args = isIntake ? [bend(message, chance)] : chance.is(0.1) ? [chance.pick(badValues)] : [command, input];
    const frame = isForeign ? chance.pick(foreign) : own;
    const channel = isIntake ? electronChannels.intake : electronChannels.call;
    const answer = await electron
      .ask('invoke', { channel, frame, args })
      .then((value) => ({ value }))
      .catch((error: Error) => ({ error: error.message }));
    if (isForeign && 'value' in answer) faults.push(`a foreign frame was answered: ${JSON.stringify(frame)}`);
    if ('error' in answer && answer.error.length > 200) faults.push(`a long refusal: ${answer.error.slice(0, 100)}`);
    if (!isForeign && !isIntake && 'value' in answer) {
      const fault = faultOf(answer.value, ground);
      if (fault !== null) faults.push(`ipc ${command} ${JSON.stringify(input)?.slice(0, 200)}: ${fault}`);
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  judge('ipc', count, faults, ground, readBeat(ground));
  expect(await electron.quit()).toBe(0);
});

/** Words of the command line, bent. Servers, helpers and what waits for its jobs are left out. */
function argvOf(chance: Chance): string[] {
  const commands = commandTable.filter(
    ({ path: words }) => !['sandbox', 'image-worker', 'smoke'].includes(words[0] ?? '') && words[1] !== 'watch',
  );
  const { path: words, flags, positionals } = chance.pick(commands);
  const values = [
    '1',
    '-1',
    '1e9',
    '00:00:01:00',
    '720p',
    'video',
    '/nowhere.mp4',
    '/etc/passwd',
    '/',
    '',
    '..',
    '\u202e',
    'x'.repeat(5000),
    'nobody',
    'a\nb',
  ];
  const given = [...flags, ...commonFlags].filter(
    ({ name }) => name !== 'profile' && name !== 'library' && chance.is(0.4),
  );
  const written = given.flatMap(({ name, choices }) => {
    const value = chance.is(0.5) && choices ? chance.pick(choices) : chance.pick(values);
    return chance.is(0.3) ? [`--${name}=${value}`] : chance.is(0.8) ? [`--${name}`, value] : [`--${name}`];
  });
  const line = [...words, ...positionals.map(() => chance.pick(values)), ...written].filter(
    (word) => word !== '--detach',
  );
  return chance.is(0.3) ? line.map((word) => (chance.is(0.2) ? bendText(word, chance).slice(0, 6000) : word)) : line;
}

it('trust attack: the command line', async () => {
  const ground = newGround();
  const chance = createChance(seed + 2);
  const child = fork(path.join(root, 'test', 'fixtures', 'cliMain.ts'), [], {
    execArgv: ['--import', heartbeat],
    env: { ...ground.env, RESTAGE_PROFILE: ground.profileDir },
    cwd: ground.home,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const faults: Faults = [];
  const waiting = new Map<number, (answer: { code: number | null; stdout: string; stderr: string }) => void>();
  const ready = new Promise<void>((resolve) => waiting.set(0, () => resolve()));
  child.on('message', (answer: { id: number; code: number | null; stdout: string; stderr: string }) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  await ready;
  await beginCount(child.pid);
  const count = countOf('cli');
  for (let id = 1; id <= count; id += 1) {
    const argv = argvOf(chance);
    const answered = new Promise<{ code: number | null; stdout: string; stderr: string } | null>((resolve) => {
      waiting.set(id, resolve);
      setTimeout(resolve, 60_000, null).unref();
    });
    child.send({ id, argv });
    const answer = await answered;
    const line = JSON.stringify(argv).slice(0, 300);
    if (answer === null) faults.push(`cli ${line}: no answer`);
    else if (answer.code === null || ![0, 1, 2, 3].includes(answer.code))
      faults.push(`cli ${line}: ${answer.code} ${answer.stderr}`);
    else if (/"code":"internal"|\n\s+at .+:\d+:\d+/.test(answer.stdout + answer.stderr))
      faults.push(`cli ${line}: internal`);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(child.exitCode).toBeNull();
  const beat = readBeat(ground);
  child.kill('SIGTERM');
  judge('cli', count, faults, ground, { ...beat });
});
