/** The packaging before anything is packed: a configuration that electron-builder accepts, hooks that refuse what would not run, who signs. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { encoderProblem, machineProblem } from '../../../scripts/packaging/beforePack.mjs';
import { nativeKind } from '../../../scripts/packaging/nativeFiles.mjs';
import { signingArguments } from '../../../scripts/packaging/signing.mjs';

// js-yaml brings no types: what is used of it is said here.
const require = createRequire(import.meta.url);
const { load }: { load(text: string): unknown } = require('js-yaml');

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-package-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface BuilderConfig {
  mac: Record<string, unknown>;
  files: string[];
  [key: string]: unknown;
}
const readConfig = () => load(fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as BuilderConfig;

describe('electron-builder.yml', () => {
  const scheme = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'));
  const isValid = new Ajv({ strict: false }).compile(scheme);

  it('is what electron-builder’s own schema allows', () => {
    isValid(readConfig());
    expect(isValid.errors).toBeNull();
  });

  it.each<[string, (config: BuilderConfig) => void]>([
    ['a misspelled field', (config) => Object.assign(config, { asarUnpak: [] })],
    ['a misspelled fuse', (config) => Object.assign(config.electronFuses as object, { runAsNod: false })],
    ['a target that is none', (config) => Object.assign(config.mac, { target: [{ target: 7 }] })],
  ])('would be refused with %s', (_what, spoil) => {
    const config = readConfig();
    spoil(config);
    expect(isValid(config)).toBe(false);
  });

  it.each([
    ['mac', ['dmg', 'zip']],
    ['win', ['nsis', 'portable']],
    ['linux', ['AppImage', 'deb', 'rpm']],
  ])('F31: makes for %s what people there install, for the processor it is made on', (system, targets) => {
    expect((readConfig()[system] as { target: unknown[] }).target).toEqual(targets);
  });

  it('F21: leaves the system’s keychain alone at the start: the page has no cookies to encrypt', () => {
    expect((readConfig().electronFuses as Record<string, boolean>).enableCookieEncryption).toBe(false);
  });

  it('opens videos and pictures when asked to, and is nobody’s default', () => {
    const { fileAssociations } = readConfig().mac as {
      fileAssociations: { ext: string[]; role: string; rank: string }[];
    };
    for (const { role, rank } of fileAssociations) expect([role, rank]).toEqual(['Viewer', 'Alternate']);
    const installer = fs.readFileSync(path.join(root, 'build/installer.nsh'), 'utf8');
    const inExplorer = [...installer.matchAll(/insertmacro restageSupportsType "(\w+)"/g)].map(([, ext]) => ext);
    expect(inExplorer).toEqual(fileAssociations.flatMap(({ ext }) => ext));
    // What would make it the default: a value of the type's own key.
    const commands = installer.replaceAll(/^;.*$/gm, '');
    expect(commands).not.toMatch(/Software\\Classes\\\.|OpenWithProgids|APP_ASSOCIATE/);
    for (const system of ['win', 'linux']) expect(readConfig()[system]).not.toHaveProperty('fileAssociations');
    expect(readConfig()).not.toHaveProperty('fileAssociations');
  });
});

describe('signing on macOS', () => {
  const entitlements = (file: string) =>
    [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/<key>com\.apple\.security\.(.+?)<\/key>/g)].map(
      ([, name]) => name,
    );

  it('ad hoc needs what a certificate does not: libraries without a team', () => {
    expect(entitlements('build/entitlements.mac.plist')).toEqual(['cs.allow-jit']);
    expect(entitlements(String(readConfig().mac.entitlements))).toEqual([
      'cs.allow-jit',
      'cs.disable-library-validation',
    ]);
    expect(readConfig().mac.hardenedRuntime).toBe(true);
  });

  it('is ad hoc without a certificate, and by the environment’s with one', () => {
    expect(signingArguments({})).toEqual([]);
    expect(signingArguments({ CSC_LINK: 'certificate.p12' })).toContain('-c.mac.identity=');
    expect(signingArguments({ CSC_NAME: 'A Team' })).toContain('-c.mac.identity=A Team');
    for (const argument of signingArguments({ CSC_NAME: 'A Team' }).slice(1)) {
      expect(argument).toMatch(/=build\/entitlements\.mac\.plist$/);
    }
  });
});

describe('the hook before packing', () => {
  it('stops a package without its encoder, and says what to do', () => {
    const problem = encoderProblem({ platformName: 'linux', env: {}, folder });
    expect(problem).toMatch(/npm rebuild ffmpeg-static/);
    const put = (place: string, name: string) => {
      fs.mkdirSync(path.join(folder, 'node_modules', place), { recursive: true });
      fs.writeFileSync(path.join(folder, 'node_modules', place, name), '');
    };
    put('ffmpeg-static', 'ffmpeg');
    expect(encoderProblem({ platformName: 'linux', env: {}, folder })).toMatch(
      /npm rebuild @derhuerst\/ffprobe-static/,
    );
    put('@derhuerst/ffprobe-static', 'ffprobe');
    expect(encoderProblem({ platformName: 'linux', env: {}, folder })).toBeNull();
    expect(encoderProblem({ platformName: 'win32', env: {}, folder })).toMatch(/ffmpeg\.exe/);
  });

  it('F30: ffmpeg and ffprobe are of one release', () => {
    const pinned = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).optionalDependencies;
    expect(pinned['@derhuerst/ffprobe-static']).toBe(pinned['ffmpeg-static']);
    // No program can be started from inside the archive.
    for (const name of ['ffmpeg-static', '@derhuerst/ffprobe-static']) {
      expect(readConfig().asarUnpack).toContain(`node_modules/${name}/**`);
    }
  });
});

describe('F6: native files', () => {
  const bytes = (size: number, write: (head: Buffer) => void) => {
    const head = Buffer.alloc(size);
    write(head);
    return head;
  };
  const elf = (machine: number) =>
    bytes(200, (head) => {
      head.write('\x7fELF\x02\x01', 'latin1');
      head.writeUInt16LE(machine, 18);
    });
  const macho = (machine: number) =>
    bytes(200, (head) => {
      head.writeUInt32LE(0xfeedfacf, 0);
      head.writeUInt32LE(machine, 4);
    });
  const universal = bytes(200, (head) => {
    head.writeUInt32BE(0xcafebabe, 0);
    head.writeUInt32BE(2, 4);
    head.writeUInt32BE(0x01000007, 8);
    head.writeUInt32BE(0x0100000c, 28);
  });
  const pe = (machine: number) =>
    bytes(300, (head) => {
      head.write('MZ', 'latin1');
      head.writeUInt32LE(0x80, 0x3c);
      head.write('PE\0\0', 0x80, 'latin1');
      head.writeUInt16LE(machine, 0x84);
    });

  it.each([
    ['linux x64', elf(62), { platform: 'linux', arches: ['x64'] }],
    ['linux arm64', elf(183), { platform: 'linux', arches: ['arm64'] }],
    ['darwin arm64', macho(0x0100000c), { platform: 'darwin', arches: ['arm64'] }],
    ['darwin, both', universal, { platform: 'darwin', arches: ['x64', 'arm64'] }],
    ['win32 x64', pe(0x8664), { platform: 'win32', arches: ['x64'] }],
    ['win32 arm64', pe(0xaa64), { platform: 'win32', arches: ['arm64'] }],
    ['a text', Buffer.from('#!/usr/bin/env node\n'.repeat(20)), null],
    ['next to nothing', Buffer.from('MZ'), null],
  ])('are told by their header: %s', (_what, content, kind) => {
    const file = path.join(folder, 'native');
    fs.writeFileSync(file, content);
    expect(nativeKind(file)).toEqual(kind);
  });

  it('of this installation are for this machine, and stop a package for another', () => {
    const here = { platformName: process.platform, arch: process.arch };
    expect(machineProblem(here)).toBeNull();
    const other = machineProblem({ ...here, arch: process.arch === 'arm64' ? 'x64' : 'arm64' });
    expect(other).toMatch(/sharp/);
    expect(
      machineProblem({ platformName: process.platform === 'win32' ? 'linux' : 'win32', arch: process.arch }),
    ).toMatch(/npm ci --os=/);
  });

  it('F31: Windows on ARM takes the programs for x64, which it emulates, and libraries of its own', () => {
    const house = path.join(folder, 'windows');
    const put = (place: string, name: string, machine: number) => {
      fs.mkdirSync(path.join(house, 'node_modules', place), { recursive: true });
      fs.writeFileSync(path.join(house, 'node_modules', place, name), pe(machine));
    };
    put('ffmpeg-static', 'ffmpeg.exe', 0x8664);
    put('@derhuerst/ffprobe-static', 'ffprobe.exe', 0x8664);
    put('@img/sharp-win32-arm64', 'sharp.node', 0xaa64);
    expect(machineProblem({ platformName: 'win32', arch: 'arm64', folder: house })).toBeNull();
    put('@img/sharp-win32-arm64', 'libvips.dll', 0x8664);
    expect(machineProblem({ platformName: 'win32', arch: 'arm64', folder: house })).toMatch(
      /libvips\.dll is for win32 x64/,
    );
  });
});

describe('the identity of the program', () => {
  it('F14: it is called by its product name, which names its keychain item', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(manifest.productName).toBe(readConfig().productName);
  });

  it('F5: without a certificate it is signed ad hoc, or Apple silicon would not start it', () => {
    expect(readConfig().mac.identity).toBe('-');
  });
});
