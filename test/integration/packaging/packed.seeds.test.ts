/** A package, made with a stand-in for Electron and looked into: what it holds, what it weighs, what is closed, and that its command line runs. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTools } from '../../../main/media/tools.ts';
import { shippedParts } from '../../../scripts/packaging/notices.mjs';
import { silentLogger } from '../../fixtures/media.ts';
import { isLong } from '../../fixtures/runs.ts';
import { importsOf } from './importsOf.ts';
import { filesBelow, type Packed, packHere, sizeBytes } from './packHere.ts';
import { readFuses } from './standInDistribution.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-packed-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const budgetBytes = 25_000_000;

describe.skipIf(process.platform !== 'linux')('a package (with a stand-in for Electron)', () => {
  let packed: Packed;
  beforeAll(async () => {
    packed = await packHere(folder);
  }, 120_000);

  const beside = (...name: string[]) => path.join(packed.resources, 'app.asar.unpacked', ...name);

  it('holds the built app, its manifest and samples', () => {
    for (const name of ['/package.json', '/out/main/index.js', '/out/preload/index.cjs', '/out/renderer/index.html']) {
      expect(packed.inArchive).toContain(name);
    }
    expect(packed.inArchive.filter((name) => name.startsWith('/samples/')).length).toBeGreaterThan(1);
    expect(packed.inArchive).toContain('/node_modules/sharp/package.json');
  });

  it('holds no sources, tests, maps, tools or second ffmpeg', () => {
    const tops = new Set(packed.inArchive.map((name) => name.split('/')[1]));
    expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'samples']);
    const unwanted =
      /\.map$|\/\.vite\/|\/out\/(node|browser-client)\/|\/node_modules\/(electron|vite|react|node|@ffmpeg-installer|@ffprobe-installer)\//;
    expect(packed.inArchive.filter((name) => unwanted.test(name))).toEqual([]);
    expect(filesBelow(packed.resources).filter((name) => /\.map$|browser\.js$/.test(name))).toEqual([]);
  });

  it('has native libraries and samples beside the archive', () => {
    expect(fs.existsSync(beside('samples', 'wanderer.jpg'))).toBe(true);
    expect(fs.existsSync(beside('node_modules', 'sharp'))).toBe(true);
    expect(fs.readdirSync(beside('node_modules', '@img')).length).toBeGreaterThan(1);
  });

  it('F28: has no sample app of Electron’s beside ours', () => {
    expect(fs.readdirSync(packed.resources).filter((name) => name.endsWith('.asar'))).toEqual(['app.asar']);
  });

  it('F29: has the licence of every library in it, the texts of GPL and LGPL, and an offer of source', () => {
    const read = (...name: string[]) => fs.readFileSync(path.join(packed.resources, ...name), 'utf8');
    const notices = read('NOTICES.md');
    for (const { name, version } of shippedParts()) expect(notices).toContain(`## ${name} ${version}`);
    for (const name of ['libheif-js', 'react', '@mantine/core', 'fluent-ffmpeg', 'sharp', 'ws']) {
      expect(notices).toMatch(new RegExp(`^## ${name} \\d`, 'm'));
    }
    expect(notices).toMatch(/^\| libheif +\| LGPLv3/m);
    expect(read('licences', 'GPL-3.0.txt')).toContain('GNU GENERAL PUBLIC LICENSE');
    expect(read('licences', 'LGPL-3.0.txt')).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    expect(read('THIRD_PARTY.md')).toMatch(/Offer of source[\s\S]*complete corresponding source/);
    expect(read('LICENSE.txt')).toContain('MIT');
  });

  it('lists its parts for machines (CycloneDX), Electron among them and no tool', () => {
    const sbom = JSON.parse(fs.readFileSync(path.join(packed.resources, 'sbom.cdx.json'), 'utf8'));
    expect(sbom.bomFormat).toBe('CycloneDX');
    const listed = sbom.components.map(({ name, version }: { name: string; version: string }) => `${name}@${version}`);
    const shipped = shippedParts().map(({ name, version }) => `${name}@${version}`);
    expect(shipped.filter((part) => !listed.includes(part))).toEqual([]);
    expect(listed.some((part: string) => part.startsWith('electron@'))).toBe(true);
    expect(listed.filter((part: string) => /^(vite|vitest|knip|playwright)@/.test(part))).toEqual([]);
  });

  it('brings Chromium’s texts in the languages of Restage', () => {
    expect(fs.readdirSync(path.join(packed.folder, 'locales')).sort()).toEqual(['en-US.pak', 'ja.pak', 'ko.pak']);
  });

  it('may be run: the program, and the command line’s script', () => {
    for (const file of [path.join(packed.folder, 'Restage'), path.join(packed.resources, 'bin', 'restage')]) {
      expect(fs.statSync(file).mode & 0o111).toBe(0o111);
    }
  });

  it('has every fuse as configured, in the binary', () => {
    // Order of the wire: runAsNode, cookies, NODE_OPTIONS, inspect, integrity, only asar, snapshot, file://, …
    const fuses = readFuses(path.join(packed.folder, 'Restage'));
    expect(fuses.slice(0, 6)).toBe('000011');
    expect(fuses[7]).toBe('0');
  });

  it(`weighs less than ${budgetBytes / 1e6} MB without Electron, sharp, ffmpeg and ffprobe`, () => {
    const native = ['sharp', '@img', 'ffmpeg-static', '@derhuerst'].map((name) => beside('node_modules', name));
    const nativeBytes = native
      .filter((place) => fs.existsSync(place))
      .reduce((sum, place) => sum + sizeBytes(place), 0);
    expect(sizeBytes(packed.resources) - nativeBytes).toBeLessThan(budgetBytes);
  });

  it.runIf(isLong)(
    'holds every module that main, preload and command line import, also those they import later',
    () => {
      const isBuiltIn = (name: string) =>
        name.startsWith('node:') || builtinModules.includes(name) || name === 'electron';
      const places = [
        path.join(packed.tree, 'out', 'main'),
        path.join(packed.tree, 'out', 'preload'),
        beside('out', 'node'),
      ];
      const missing: string[] = [];
      const packages = new Set<string>();
      for (const file of places.flatMap(filesBelow).filter((name) => /\.c?js$/.test(name))) {
        for (const name of importsOf(file).filter((imported) => !isBuiltIn(imported))) {
          if (name.startsWith('.')) {
            if (!fs.existsSync(path.resolve(path.dirname(file), name))) missing.push(`${file}: ${name}`);
            continue;
          }
          packages.add(name);
          const resolved = resolveFrom(file, name);
          if (resolved === null || !resolved.startsWith(folder)) missing.push(`${file}: ${name} → ${resolved}`);
        }
      }
      expect(missing).toEqual([]);
      expect([...packages]).toEqual(['sharp']);
    },
  );

  it.runIf(isLong)(
    'F10: its command line checks a clip and a picture, out of the packed folder, under a Node',
    async () => {
      const tools = createTools({ env: process.env, logger: silentLogger });
      const bin = path.join(folder, 'bin');
      fs.mkdirSync(bin);
      // In place of the two programs that a real package brings.
      fs.symlinkSync((await tools.ffmpeg()).path, path.join(bin, 'ffmpeg'));
      fs.symlinkSync((await tools.ffprobe()).path, path.join(bin, 'ffprobe'));
      const link = path.join(bin, 'restage');
      fs.symlinkSync(path.join(packed.resources, 'bin', 'restage'), link);
      const check = (env: Record<string, string>, ...args: string[]) =>
        spawnSync(link, ['check', ...args, '--json', '--profile', path.join(folder, 'profile')], {
          cwd: folder,
          encoding: 'utf8',
          env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, ...env },
          timeout: 120_000,
        });
      const clip = filesBelow(beside('samples')).find((name) => name.endsWith('.mp4')) ?? '';
      const done = check(
        { RESTAGE_NODE: process.execPath },
        '--video',
        clip,
        '--image',
        beside('samples', 'wanderer.jpg'),
      );
      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
      expect(JSON.stringify(JSON.parse(done.stdout))).toContain('image');
      // The exit code of a refusal comes through as well.
      expect(
        check({ RESTAGE_NODE: process.execPath }, '--video', path.join(folder, 'none.mp4')).status,
      ).toBeGreaterThan(0);
      // Without a Node and without a display it says what is missing, in place of a crash.
      const without = check({ RESTAGE_NODE: '/nowhere/node' }, '--video', clip);
      expect([without.status, without.stderr]).toEqual([1, expect.stringContaining('Node.js 24')]);
    },
  );
});

function resolveFrom(file: string, name: string): string | null {
  try {
    return createRequire(file).resolve(name);
  } catch {
    return null;
  }
}
