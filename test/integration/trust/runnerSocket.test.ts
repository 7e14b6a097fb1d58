/** The profile's local socket: nothing that is said on it ends the app, and nobody else can take its place. */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { connectToHolder } from '../../../main/profile/forward.ts';
import { findSocket } from '../../../main/profile/socketPlace.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';

let profile: TestProfile | null = null;
afterEach(async () => {
  await profile?.remove();
  profile = null;
});

/** Says lines as they are and hears what comes until the other side ends, or `count` answers are there. */
function say(place: string, text: string | Buffer, count = 1): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = net.connect(place);
    let heard = '';
    const answers = () => heard.split('\n').filter((line) => line.startsWith('{"id"'));
    socket.on('connect', () => socket.write(text));
    socket.on('data', (data) => {
      heard += String(data);
      if (answers().length >= count) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answers()));
  });
}

const wrong: unknown[] = [
  null,
  0,
  'x',
  [],
  {},
  { id: null },
  { id: 'x', kind: 'call' },
  { id: -1, kind: 'window' },
  { id: 1 },
  { id: 1, kind: 'x' },
  { id: 1, kind: 'call' },
  { id: 1, kind: 'call', command: null, input: {} },
  { id: 1, kind: 'call', command: 'constructor', input: {} },
  { id: 1, kind: 'call', command: 'jobs.get', input: null },
  { id: 1, kind: 'intake', paths: null },
  { id: 1, kind: 'intake', paths: 'x' },
  { id: 1, kind: 'intake', paths: [null] },
  { id: 1, kind: 'intake', paths: ['/nowhere\0.mp4'] },
  { id: 1, kind: 'intake', paths: ['/nowhere.mp4', '/'] },
  { id: 1, kind: 'copyPrepared', preparedId: null, toPath: '/tmp/x' },
  { id: 1, kind: 'copyPrepared', preparedId: 'x', toPath: {} },
  { id: 1, kind: 'copyPrepared', preparedId: '../x', toPath: '/tmp/x' },
  { id: 1, kind: 'copyPrepared', preparedId: 'x'.repeat(300_000), toPath: '/tmp/x' },
  { id: 1, kind: 'setPlaces', places: { ffmpegPath: 7 } },
  { id: 1, kind: 'setPlaces', places: { theme: 'dark' } },
];

it('trust 4: every line is a request, a refusal or the end of its own connection; never "internal", and the app lives', async () => {
  profile = await openTestProfile();
  const place = findSocket(profile.profileDir) ?? '';
  for (const message of wrong) {
    const [answer] = await say(place, `${JSON.stringify(message)}\n`);
    expect(answer ?? '', JSON.stringify(message)?.slice(0, 80)).not.toContain('internal');
    expect((answer ?? '').length).toBeLessThan(2000);
  }
  for (const text of ['null\n', '\n', '{\n', `${'['.repeat(100_000)}\n`, Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x0a])]) {
    expect(await say(place, text)).toEqual([]);
  }
  const [last] = await say(place, `${JSON.stringify({ id: 7, kind: 'call', command: 'settings.get', input: {} })}\n`);
  expect(JSON.parse(last ?? '')).toMatchObject({ id: 7, result: { ok: true } });
});

it('trust 4: a line without an end is cut off, and one in many pieces is read', async () => {
  profile = await openTestProfile();
  const place = findSocket(profile.profileDir) ?? '';
  expect(await say(place, Buffer.alloc(20_000_000, 0x61))).toEqual([]);
  const text = `${JSON.stringify({ id: 1, kind: 'call', command: 'draft.keep', input: { text: '踊'.repeat(30_000) } })}\n`;
  const bytes = Buffer.from(text);
  const answer = await new Promise<string>((resolve) => {
    const socket = net.connect(place);
    socket.on('data', (data) => resolve(String(data)));
    for (let at = 0; at < bytes.length; at += 1013) socket.write(bytes.subarray(at, at + 1013));
    onTestFinished(() => void socket.destroy());
  });
  expect(JSON.parse(answer)).toMatchObject({ id: 1, result: { ok: true } });
  expect(await profile.call('draft.read', {})).toEqual({ text: '踊'.repeat(30_000) });
});

it.skipIf(process.platform === 'win32')(
  'trust 11: a profile too deep for a socket gets one in a folder that is its owner’s alone, under a name that cannot be foreseen',
  async () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-deep-'));
    onTestFinished(() => fs.rmSync(home, { recursive: true, force: true }));
    const deep = path.join(home, 'x'.repeat(60), 'y'.repeat(60));
    fs.mkdirSync(deep, { recursive: true });
    const places: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      profile = await openTestProfile({}, deep);
      const place = findSocket(profile.profileDir) ?? '';
      expect(place.startsWith(os.tmpdir())).toBe(true);
      expect(fs.statSync(path.dirname(place)).mode & 0o777).toBe(0o700);
      const second = await connectToHolder(profile.profileDir);
      expect(await second?.call('settings.get', {})).toMatchObject({ ok: true });
      await second?.close();
      places.push(place);
      await profile.connection.close();
      expect(fs.existsSync(path.dirname(place))).toBe(false);
    }
    expect(places[0]).not.toBe(places[1]);
    // What somebody else wrote there is not believed.
    const foreign = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-socket-'));
    onTestFinished(() => fs.rmSync(foreign, { recursive: true, force: true }));
    fs.chmodSync(foreign, 0o777);
    fs.writeFileSync(path.join(deep, 'profile', 'runner.place'), path.join(foreign, 's'));
    expect(findSocket(path.join(deep, 'profile'))).toBeNull();
  },
);
