/** The browser host's small decisions: flags, window arguments, desktop commands, the record of a running host. */
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { windowArguments } from '../../../main/hosts/browser/appWindow.ts';
import { nonceHeader, proofOf } from '../../../main/hosts/browser/controlProof.ts';
import { openLinkCommand, revealCommand } from '../../../main/hosts/browser/desktop.ts';
import { hasDisplay } from '../../../main/hosts/browser/findBrowser.ts';
import { parseHostArguments } from '../../../main/hosts/browser/hostArguments.ts';
import { findRunningHost, forgetRunningHost, recordRunningHost } from '../../../main/hosts/browser/runningHost.ts';

describe('flags', () => {
  it('are read', () => {
    expect(parseHostArguments(['--profile', '/p', '--library=-x', '--print'])).toEqual({
      profileDir: '/p',
      libraryDir: '-x',
      isPrint: true,
      isHelp: false,
      isVersion: false,
    });
  });
  it.each([['--prnt'], ['file.mp4'], ['--profile']])('refuse %s', (...argv) => {
    expect(() => parseHostArguments(argv)).toThrow();
  });
});

describe('the app window', () => {
  const address = '/profile/open-0123.html';
  it('has a browser profile of its own inside ours', () => {
    const flags = windowArguments(address, '/profile', false);
    expect(flags).toContain('--app=file:///profile/open-0123.html');
    expect(flags).toContain(`--user-data-dir=${path.join('/profile', 'browser')}`);
  });
  it('keeps the browser’s sandbox for everybody but root', () => {
    expect(windowArguments(address, '/p', false)).not.toContain('--no-sandbox');
    expect(windowArguments(address, '/p', true)).toContain('--no-sandbox');
  });
  it('needs a display where systems have none by nature', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});

describe('the desktop', () => {
  it('opens links of the allow-list only', () => {
    expect(openLinkCommand('https://evolink.ai/keys', 'linux')).toEqual({
      command: 'xdg-open',
      args: ['https://evolink.ai/keys'],
    });
    expect(openLinkCommand('file:///etc/passwd', 'linux')).toBeNull();
    expect(openLinkCommand('javascript:alert(1)', 'darwin')).toBeNull();
    expect(openLinkCommand('https://evolink.ai.evil.example/', 'win32')).toBeNull();
    expect(openLinkCommand('https://evilevolink.ai/', 'win32')).toBeNull();
    expect(openLinkCommand('http://evolink.ai/', 'win32')).toBeNull();
    expect(openLinkCommand('https://evolink.ai@evil.example/', 'win32')).toBeNull();
    expect(openLinkCommand('not a link', 'win32')).toBeNull();
  });
  it.each([
    'https://evolink.ai\\@evil.test/',
    'https://evolink.ai\t.evil.test/',
    'https:evolink.ai/',
    'https:///evolink.ai/',
    ' https://evolink.ai/',
    'https://evolink.ai:8443/',
    'https://user@evolink.ai/',
    'https://evolink.ai/a b',
    'https://EVOLINK.AI/',
    'https://evolink.ai/../x',
  ])('trust 15: %j says one thing to our parser and may say another to the system’s', (link) => {
    expect(openLinkCommand(link, 'linux')).toBeNull();
  });
  it('shows a file in its folder', () => {
    expect(revealCommand('/films/a b.mp4', 'darwin').args).toEqual(['-R', '/films/a b.mp4']);
    expect(revealCommand('/films/a b.mp4', 'linux').args).toEqual(['/films']);
    expect(revealCommand('C:\\films\\a.mp4', 'win32').args).toEqual(['/select,C:\\films\\a.mp4']);
  });
});

describe('the record of a running host', () => {
  const makeProfile = () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-record-'));
    onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
    return dir;
  };
  const secret = 'ab'.repeat(32);
  /** Answers whatever is asked in its own way. */
  async function listen(answer: (request: http.IncomingMessage, response: http.ServerResponse) => void) {
    const server = http.createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }
  const answerAs = (known: string) => (request: http.IncomingMessage, response: http.ServerResponse) => {
    const nonce = String(request.headers[nonceHeader]);
    response.end(`${proofOf(known, 'answer', nonce, 'http://127.0.0.1/open/1')} http://127.0.0.1/open/1\n`);
  };

  it('leads to a host that answers, and is its owner’s alone', async () => {
    const profileDir = makeProfile();
    expect(await findRunningHost(profileDir)).toBeNull();
    const record = { origin: await listen(answerAs(secret)), secret };
    recordRunningHost(profileDir, record);
    expect(await (await findRunningHost(profileDir))?.address()).toBe('http://127.0.0.1/open/1');
    const file = path.join(profileDir, 'browser-host.json');
    if (process.platform !== 'win32') expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
    forgetRunningHost(profileDir, { ...record, secret: 'cd'.repeat(32) });
    expect(await findRunningHost(profileDir)).not.toBeNull();
    forgetRunningHost(profileDir, record);
    expect(fs.readdirSync(profileDir)).toEqual([]);
  });

  it('trust 1: of a killed host leads nowhere, and another program on its port neither learns the secret nor is believed', async () => {
    const profileDir = makeProfile();
    recordRunningHost(profileDir, { origin: 'http://127.0.0.1:9', secret });
    expect(await findRunningHost(profileDir)).toBeNull();
    const heard: string[] = [];
    const origin = await listen((request, response) => {
      heard.push(JSON.stringify([request.url, request.headers]));
      answerAs('cd'.repeat(32))(request, response);
    });
    recordRunningHost(profileDir, { origin, secret });
    expect(await findRunningHost(profileDir)).toBeNull();
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.join()).not.toContain(secret);
  });

  it('is not believed when it names another machine', async () => {
    const profileDir = makeProfile();
    fs.writeFileSync(
      path.join(profileDir, 'browser-host.json'),
      JSON.stringify({ origin: 'http://evil.example/', secret }),
    );
    expect(await findRunningHost(profileDir)).toBeNull();
  });
});
