/** The browser host's small decisions: flags, window arguments, desktop commands, the record of a running host. */
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { windowArguments } from '../../../main/hosts/browser/appWindow.ts';
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
  const address = 'http://127.0.0.1:1/x/';
  it('has a browser profile of its own inside ours', () => {
    const flags = windowArguments(address, '/profile', false);
    expect(flags).toContain(`--app=${address}`);
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
  async function listen(answer: string): Promise<string> {
    const server = http.createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/abc/`;
  }

  it('leads to a host that answers, and is its owner’s alone', async () => {
    const profileDir = makeProfile();
    expect(await findRunningHost(profileDir)).toBeNull();
    const address = await listen('restage\n');
    recordRunningHost(profileDir, address);
    expect(await findRunningHost(profileDir)).toBe(address);
    const file = path.join(profileDir, 'browser-host.json');
    if (process.platform !== 'win32') expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
    forgetRunningHost(profileDir, 'http://127.0.0.1:9/another/');
    expect(await findRunningHost(profileDir)).toBe(address);
    forgetRunningHost(profileDir, address);
    expect(fs.readdirSync(profileDir)).toEqual([]);
  });

  it('of a killed host, or of another program on its port, leads nowhere', async () => {
    const profileDir = makeProfile();
    recordRunningHost(profileDir, 'http://127.0.0.1:9/gone/');
    expect(await findRunningHost(profileDir)).toBeNull();
    recordRunningHost(profileDir, await listen('hello'));
    expect(await findRunningHost(profileDir)).toBeNull();
  });

  it('is not believed when it names another machine', async () => {
    const profileDir = makeProfile();
    fs.writeFileSync(path.join(profileDir, 'browser-host.json'), JSON.stringify({ address: 'http://evil.example/x/' }));
    expect(await findRunningHost(profileDir)).toBeNull();
  });
});
