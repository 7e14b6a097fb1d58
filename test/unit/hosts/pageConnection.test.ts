/** The page's bridge in the browser host: calls wait for the connection, survive its loss with an answer, and events go on. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { connect } from '../../../main/hosts/browser/client/connection.ts';
import { resync } from '../../../main/hosts/resync.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const page of server.clients) page.terminate();
    server.close();
  }
  vi.useRealTimers();
});

/** A host that answers every call with its name, but never `jobs.list`. */
async function listen(port = 0): Promise<{ port: number; pages: ServerSocket[]; server: WebSocketServer }> {
  const server = new WebSocketServer({ port, host: '127.0.0.1', path: '/prefix/socket' });
  servers.push(server);
  const pages: ServerSocket[] = [];
  server.on('connection', (page) => {
    pages.push(page);
    page.on('message', (data) => {
      const { id, command } = JSON.parse(String(data)) as { id: number; command: string };
      if (command !== 'jobs.list') page.send(JSON.stringify({ id, result: { ok: true, value: command } }));
    });
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, pages, server };
}
const pageAt = (port: number) => `http://127.0.0.1:${port}/prefix/`;

describe('the bridge', () => {
  it('holds calls until it is connected, and answers each with its own', async () => {
    const { port } = await listen();
    const { call } = connect({ page: pageAt(port), onReconnected: () => {} });
    const answers = await Promise.all([call('settings.get', {}), call('app.info', {})]);
    expect(answers.map((answer) => answer.ok && answer.value)).toEqual(['settings.get', 'app.info']);
  });

  it('answers what was under way when the connection breaks, comes back, and says so once', async () => {
    const { port, pages } = await listen();
    const onReconnected = vi.fn();
    const { call } = connect({ page: pageAt(port), onReconnected });
    await call('settings.get', {});
    const underWay = call('jobs.list', {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    pages[0]?.terminate();
    expect(await underWay).toMatchObject({ ok: false, error: { code: 'network' } });
    expect(await call('settings.get', {})).toMatchObject({ ok: true });
    expect(onReconnected).toHaveBeenCalledTimes(1);
  });

  it('brings events to their listeners until they leave', async () => {
    const { port, pages } = await listen();
    const { call, on } = connect({ page: pageAt(port), onReconnected: () => {} });
    const heard: string[] = [];
    const leave = on('settings.changed', ({ theme }) => heard.push(theme));
    on('library.changed', () => heard.push('library'));
    await call('settings.get', {});
    pages[0]?.send(JSON.stringify({ event: 'settings.changed', payload: { theme: 'light' } }));
    pages[0]?.send(JSON.stringify({ event: 'library.changed', payload: {} }));
    await expect.poll(() => heard).toEqual(['light', 'library']);
    leave();
    pages[0]?.send(JSON.stringify({ event: 'settings.changed', payload: { theme: 'dark' } }));
    await call('settings.get', {});
    expect(heard).toEqual(['light', 'library']);
  });

  it('says that nobody answers when there is nobody, after a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { call } = connect({ page: 'http://127.0.0.1:9/prefix/', onReconnected: () => {} });
    const answer = call('settings.get', {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'network' } });
  });
});

describe('after a break', () => {
  it('everything that events would have told is asked for', async () => {
    const told: string[] = [];
    const call = ((command: string) => Promise.resolve({ ok: true, value: command })) as never;
    await resync({ call, emit: (event, payload) => told.push(`${event} ${JSON.stringify(payload)}`) });
    expect(told).toEqual([
      'library.changed {}',
      'prepared.changed {}',
      'jobs.changed {"jobs":"jobs.list"}',
      'settings.changed "settings.get"',
      'account.changed "account.status"',
    ]);
  });
});
