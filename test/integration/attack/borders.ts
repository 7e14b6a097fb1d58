/** The attackers of the browser host: over HTTP, WebSocket and the profile's socket. Each answers what it sent and what was wrong. */
import net from 'node:net';
import { WebSocket } from 'ws';
import { findSocket } from '../../../main/profile/socketPlace.ts';
import type { PageVisit } from '../../fixtures/pageVisit.ts';
import type { Chance } from '../../fixtures/seeded.ts';
import { faultOf, type Ground } from './attacked.ts';
import { badTexts, bend, bendText, commandMessage, type Live } from './grammar.ts';

export interface Attack {
  chance: Chance;
  count: number;
  ground: Ground;
  visit: PageVisit;
  live: Live;
}

/** A sentence for each thing that went wrong. */
export type Faults = string[];

const answerDeadlineMs = 60_000;
const lanes = 12;

/** Runs `work` for each number below `count`, some at a time. */
async function inLanes(count: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Says it and hears until the other side ends or has answered. */
function speak(
  target: net.NetConnectOpts,
  said: string | Buffer,
  isAnswered: (heard: Buffer) => boolean,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(target);
    let heard = Buffer.alloc(0);
    const timer = setTimeout(() => socket.destroy(), answerDeadlineMs);
    socket.on('connect', () => socket.write(said));
    socket.on('data', (data) => {
      heard = Buffer.concat([heard, data]);
      if (isAnswered(heard)) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(heard.toString('latin1'));
    });
  });
}

export async function attackHttp({ chance, count, visit, live }: Attack): Promise<Faults> {
  const faults: Faults = [];
  const { port, pathname } = new URL(visit.page);
  const host = `127.0.0.1:${port}`;
  const guess = pathname.replace(/[0-9a-f]/g, (digit) => (digit === 'a' ? 'b' : 'a'));
  await inLanes(count, async () => {
    const isIn = chance.is(0.4);
    const place =
      isIn || chance.is(0.5)
        ? pathname
        : chance.pick([guess, '/', '//', '/open/', '/address', '/hand-off', '*', 'http://x/']);
    const below = chance.pick([
      '',
      'client.js',
      'socket',
      'intake',
      'index.html',
      `media/asset/${chance.pick(live.ids)}`,
      'media/poster/x/3',
      '../x',
    ]);
    const target = chance.is(0.5) ? `${place}${below}` : bendText(`${place}${below}?n=1`, chance);
    const method = chance.pick([
      'GET',
      'GET',
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'OPTIONS',
      'CONNECT',
      'TRACE',
      'get',
      'G\0T',
    ]);
    const isUpgrade = chance.is(0.2);
    const names: [string, string][] = [
      ['Host', chance.is(0.9) ? host : chance.pick(badTexts).slice(0, 200)],
      ['Connection', isUpgrade ? 'Upgrade' : 'close'],
      ...(isUpgrade
        ? ([
            ['Upgrade', 'websocket'],
            ['Sec-WebSocket-Version', '13'],
            ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='],
          ] as [string, string][])
        : []),
      ...(isIn
        ? ([['Cookie', visit.cookie]] as [string, string][])
        : chance.is(0.3)
          ? ([['Cookie', bendText(visit.cookie, chance)]] as [string, string][])
          : []),
      ...(chance.is(0.6)
        ? ([['Origin', chance.pick([visit.origin, visit.origin, 'null', 'http://evil.example'])]] as [string, string][])
        : []),
      ...(chance.is(0.3)
        ? ([['Sec-Fetch-Site', chance.pick(['same-origin', 'cross-site', 'none', ''])]] as [string, string][])
        : []),
      ...(chance.is(0.2)
        ? ([['Range', chance.pick(['bytes=0-9', 'bytes=-', 'bytes=9-0', 'bytes=99999999999999999999-'])]] as [
            string,
            string,
          ][])
        : []),
      ...(chance.is(0.1)
        ? ([['X-Restage-Name', chance.pick(['a.mp4', '%', '%00', '%0d%0a'])]] as [string, string][])
        : []),
      ...(chance.is(0.1)
        ? ([
            ['Transfer-Encoding', 'chunked'],
            ['Content-Length', '5'],
          ] as [string, string][])
        : []),
      ...(chance.is(0.05) ? ([['Host', host]] as [string, string][]) : []),
    ];
    const body = method === 'POST' ? 'x=1&ticket='.padEnd(chance.int(400), 'a') : '';
    if (body !== '') names.push(['Content-Length', String(body.length)]);
    const head = `${method} ${target} HTTP/1.1\r\n${names.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
    const said = chance.is(0.1) ? bendText(head, chance) : head;
    const isWhole = (heard: Buffer) => heard.includes('HTTP/1.1 101');
    const heard = await speak({ port: Number(port), host: '127.0.0.1' }, Buffer.from(said + body, 'latin1'), isWhole);
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0);
    if (status === 500) faults.push(`http 500: ${JSON.stringify(said.slice(0, 200))}`);
    const isLetIn = status === 101 || (status >= 200 && status < 400);
    if (isLetIn && !said.includes(visit.cookie))
      faults.push(`let in without the cookie: ${JSON.stringify(said.slice(0, 300))}`);
  });
  return faults;
}

/** Calls of a page, one connection after the other when one was ended; now and then bytes that are no WebSocket at all. */
export async function attackPages(attack: Attack): Promise<Faults> {
  const { chance, count, visit, live, ground } = attack;
  const faults: Faults = [];
  let page: WebSocket | null = null;
  const waiting = new Map<number, (result: unknown) => void>();
  let nextId = 1;

  async function open(): Promise<WebSocket> {
    if (page?.readyState === WebSocket.OPEN) return page;
    const socket = new WebSocket(`${visit.page.replace('http:', 'ws:')}socket`, { headers: visit.headers });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
      if (message.id === undefined) return;
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    });
    socket.on('close', () => {
      for (const resolve of waiting.values()) resolve(undefined);
      waiting.clear();
    });
    page = socket;
    return socket;
  }
  let opening: Promise<WebSocket> | null = null;
  const openOnce = () => {
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };

  await inLanes(count, async () => {
    if (chance.is(0.02)) return attackFrames(attack);
    const socket = await openOnce();
    if (chance.is(0.03)) {
      socket.send(
        chance.pick([
          bendText(JSON.stringify(bend({ id: 1, command: 'x', input: {} }, chance)), chance),
          '[',
          'null',
          '{"id":1e99}',
        ]),
      );
      return;
    }
    const id = nextId++;
    const { command, input } = commandMessage(chance, live);
    const result = await new Promise<unknown>((resolve) => {
      const timer = setTimeout(() => resolve('late'), answerDeadlineMs);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      socket.send(JSON.stringify({ id, command, input }));
    });
    // Undefined: another message ended the connection that this one was sent on.
    const fault = result === undefined ? null : result === 'late' ? 'no answer' : faultOf(result, ground);
    if (fault !== null) faults.push(`${command} ${JSON.stringify(input)?.slice(0, 200)}: ${fault}`);
  });
  page = await openOnce();
  page.terminate();
  return faults;
}

async function attackFrames({ chance, visit }: Attack): Promise<void> {
  const { port, pathname } = new URL(visit.page);
  const head = [
    ...[
      `GET ${pathname}socket HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Cookie: ${visit.cookie}`,
      `Origin: ${visit.origin}`,
    ],
    ...[
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      '',
      '',
    ],
  ];
  const garbage = Buffer.from(Array.from({ length: 2 + chance.int(200) }, () => chance.int(256)));
  const frames = [
    garbage,
    Buffer.concat([Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), garbage]), // 2^63 bytes
    Buffer.concat([Buffer.from([0x81, 0x05]), garbage]), // not masked
    Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe7]), // a close code that nobody may send
    Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]), // no UTF-8
    Buffer.from([0x80, 0x80, 0, 0, 0, 0]), // goes on with nothing
  ];
  const bytes = Buffer.concat([Buffer.from(head.join('\r\n')), chance.pick(frames)]);
  await new Promise<void>((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () =>
      socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 5)),
    );
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

export async function attackRunnerSocket({ chance, count, ground, live }: Attack): Promise<Faults> {
  const faults: Faults = [];
  const place = findSocket(ground.profileDir) ?? '';
  const bases: (() => Record<string, unknown>)[] = [
    () => ({ kind: 'call', ...commandMessage(chance, live) }),
    () => ({
      kind: 'intake',
      paths: [chance.pick(['/etc/passwd', '/dev/null', '/dev/zero', '/proc/self/mem', '/', '/nowhere.mp4', '~'])],
    }),
    () => ({
      kind: 'copyPrepared',
      preparedId: chance.pick(live.ids),
      toPath: chance.pick(['/nowhere/x.mp4', '/dev/full', '/']),
    }),
    () => ({
      kind: 'setPlaces',
      places: { ffmpegPath: chance.pick(['/nowhere', '/etc/passwd', '/']), libraryDir: 'x' },
    }),
    () => ({
      kind: 'importFolder',
      folder: chance.pick(['/nowhere', '/etc/passwd', '/dev/null', 'x', '..']),
      copy: chance.is(0.5),
    }),
    () => ({ kind: 'window' }),
  ];
  await inLanes(count, async () => {
    const asked = { id: chance.int(1e6), ...(chance.is(0.6) ? bases[0]?.() : chance.pick(bases)()) };
    const message = chance.is(0.6) ? bend(asked, chance) : asked;
    const line = JSON.stringify(message) ?? 'null';
    const said = `${chance.is(0.08) ? bendText(line, chance) : line}\n`;
    const isAnswered = (heard: Buffer) => /^\{"id"[^\n]*\n/m.test(heard.toString('latin1'));
    const heard = Buffer.from(await speak({ path: place }, said, isAnswered), 'latin1').toString('utf8');
    const answer = heard.split('\n').find((text) => text.startsWith('{"id"'));
    if (answer === undefined) return; // the connection was ended: so may it be
    const { result } = JSON.parse(answer) as { result: unknown };
    for (const one of Array.isArray(result) ? result : [result]) {
      const fault = faultOf(one, ground);
      if (fault !== null) faults.push(`socket ${said.slice(0, 200)}: ${fault}`);
    }
  });
  return faults;
}
