/** Packs the built app into a folder, with a stand-in for Electron; and reads what became of it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { makeStandInDistribution } from './standInDistribution.ts';

export const root = path.resolve(import.meta.dirname, '..', '..', '..');
const require = createRequire(import.meta.url);
const deadlineMs = 110_000;

export interface Packed {
  /** `linux-unpacked` */
  folder: string;
  resources: string;
  /** '/out/main/index.js', … */
  inArchive: string[];
  /** The archive's files and those beside it in one tree, as Electron shows them to the app. */
  tree: string;
}

export async function packHere(folder: string): Promise<Packed> {
  if (!fs.existsSync(path.join(root, 'out', 'main', 'index.js'))) {
    throw new Error('out/main/index.js is missing: build first (npm run build)');
  }
  const distribution = path.join(folder, 'electron');
  const output = path.join(folder, 'dist');
  await makeStandInDistribution(distribution);
  const args = ['--dir', '--linux', `-c.electronDist=${distribution}`, `-c.directories.output=${output}`];
  const run = spawnSync(process.execPath, [require.resolve('electron-builder/cli.js'), ...args], {
    cwd: root,
    env: { ...process.env, RESTAGE_PACK_WITHOUT_FFMPEG: '1' },
    encoding: 'utf8',
    timeout: deadlineMs,
  });
  if (run.status !== 0) throw new Error(`electron-builder ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
  const unpacked = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
  const resources = path.join(output, unpacked, 'resources');
  const archive = path.join(resources, 'app.asar');
  const tree = path.join(folder, 'tree');
  extractAll(archive, tree);
  return {
    folder: path.join(output, unpacked),
    resources,
    inArchive: listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/')),
    tree,
  };
}

export function sizeBytes(place: string): number {
  const stat = fs.lstatSync(place);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(place).reduce((sum, name) => sum + sizeBytes(path.join(place, name)), 0);
}

export const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
