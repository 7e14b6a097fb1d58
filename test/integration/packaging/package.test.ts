/** The packaging: a configuration that electron-builder accepts, an archive with what the app needs, fuses that close what it does not. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encoderProblem, machineProblem } from '../../../scripts/packaging/beforePack.mjs';
import { nativeKind } from '../../../scripts/packaging/nativeFiles.mjs';
import { makeStandInDistribution, readFuses } from './standInDistribution.ts';

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

  it('has targets for three systems', () => {
    for (const system of ['mac', 'win', 'linux']) {
      expect((readConfig()[system] as { target: unknown[] }).target.length).toBeGreaterThan(0);
    }
  });
});

describe('the hook before packing', () => {
  it('stops a package without its encoder, and says what to do', () => {
    const problem = encoderProblem({ platformName: 'linux', env: {}, folder });
    expect(problem).toMatch(/npm rebuild ffmpeg-static/);
    const place = path.join(folder, 'node_modules', 'ffmpeg-static');
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, 'ffmpeg'), '');
    expect(encoderProblem({ platformName: 'linux', env: {}, folder })).toBeNull();
    expect(encoderProblem({ platformName: 'win32', env: {}, folder })).toMatch(/ffmpeg\.exe/);
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
    expect(other).toMatch(/ffprobe/);
    expect(
      machineProblem({ platformName: process.platform === 'win32' ? 'linux' : 'win32', arch: process.arch }),
    ).toMatch(/npm ci --os=/);
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

describe.skipIf(process.platform !== 'linux')('a package (with a stand-in for Electron)', () => {
  const output = path.join(folder, 'dist');
  const resources = path.join(output, 'linux-unpacked', 'resources');
  let inArchive: string[] = [];

  beforeAll(async () => {
    if (!fs.existsSync(path.join(root, 'out', 'main', 'index.js'))) {
      throw new Error('out/main/index.js is missing: build first (npm run build)');
    }
    const distribution = path.join(folder, 'electron');
    await makeStandInDistribution(distribution);
    const builder = require.resolve('electron-builder/cli.js');
    const args = ['--dir', '--linux', '--x64', `-c.electronDist=${distribution}`, `-c.directories.output=${output}`];
    const run = spawnSync(process.execPath, [builder, ...args], {
      cwd: root,
      env: { ...process.env, RESTAGE_PACK_WITHOUT_FFMPEG: '1' },
      encoding: 'utf8',
      timeout: 110_000,
    });
    if (run.status !== 0) throw new Error(`electron-builder ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
    inArchive = listPackage(path.join(resources, 'app.asar'), { isPack: false }).map((name) =>
      name.replaceAll('\\', '/'),
    );
  }, 120_000);

  it('holds the built app, its manifest and samples', () => {
    for (const name of ['/package.json', '/out/main/index.js', '/out/preload/index.cjs', '/out/renderer/index.html']) {
      expect(inArchive).toContain(name);
    }
    expect(inArchive.filter((name) => name.startsWith('/samples/')).length).toBeGreaterThan(1);
    expect(inArchive).toContain('/node_modules/sharp/package.json');
  });

  it('holds no sources, tests, maps, tools or second ffmpeg', () => {
    const tops = new Set(inArchive.map((name) => name.split('/')[1]));
    expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'samples']);
    const unwanted =
      /\.map$|\/out\/(node|browser-client)\/|\/node_modules\/(electron|vite|react|node|@ffmpeg-installer)\//;
    expect(inArchive.filter((name) => unwanted.test(name))).toEqual([]);
  });

  it('has programs, native libraries and samples beside the archive', () => {
    const beside = (name: string) => fs.existsSync(path.join(resources, 'app.asar.unpacked', name));
    expect(beside('samples/wanderer.jpg')).toBe(true);
    expect(beside('node_modules/sharp')).toBe(true);
    expect(fs.readdirSync(path.join(resources, 'app.asar.unpacked', 'node_modules', '@img')).length).toBeGreaterThan(1);
    expect(beside('node_modules/@ffprobe-installer')).toBe(true);
    expect(readConfig().asarUnpack).toContain('node_modules/ffmpeg-static/**');
    expect(fs.readFileSync(path.join(resources, 'THIRD_PARTY.md'), 'utf8')).toContain('GPL');
    expect(fs.readFileSync(path.join(resources, 'LICENSE.txt'), 'utf8')).toContain('MIT');
  });

  it('brings Chromium’s texts in the languages of Restage', () => {
    const locales = fs.readdirSync(path.join(output, 'linux-unpacked', 'locales'));
    expect(locales.sort()).toEqual(['en-US.pak', 'ja.pak', 'ko.pak']);
  });

  it('ships ffmpeg-static: it is among what is installed with the program', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(manifest.optionalDependencies['ffmpeg-static']).toBeTruthy();
    expect(readConfig().files.some((pattern) => pattern.startsWith('!') && pattern.includes('ffmpeg-static'))).toBe(
      false,
    );
  });

  it('has every fuse as configured, in the binary', () => {
    // Order of the wire: runAsNode, cookies, NODE_OPTIONS, inspect, integrity, only asar, snapshot, file://, …
    const fuses = readFuses(path.join(output, 'linux-unpacked', 'Restage'));
    expect(fuses.slice(0, 6)).toBe('010011');
    expect(fuses[7]).toBe('0');
  });
});
