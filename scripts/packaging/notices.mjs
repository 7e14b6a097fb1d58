/** What is written for a package before it is packed: the licences of others in full (NOTICES.md), a list of parts for machines (sbom.cdx.json, CycloneDX). */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findInPath, inRoot, root } from '../setup/paths.mjs';

/** Built parts that are packed; each lists what went into it (vite.config.ts, `license`). */
const builtParts = ['main', 'node', 'preload', 'renderer'];
/** Last resorts of a checkout, which packages leave out (electron-builder.yml), and what fetches programs at install. */
const leftOut = /^@(?:ffmpeg-installer|ffprobe-installer)\/|^@derhuerst\/http-basic$/;
const licenceFile = /^(?:licen[cs]e|copying|notice)/i;
const sbomDeadlineMs = 60_000;

/** Writes both files into `folder`. Throws when a licence is known neither by name nor by text: such a package may not be passed on. */
export async function writeNotices(folder) {
  const parts = shippedParts();
  const nameless = parts.filter(({ identifier, text }) => !identifier && !text);
  if (nameless.length > 0)
    throw new Error(`No licence is known of: ${nameless.map(({ name, version }) => `${name} ${version}`).join(', ')}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'NOTICES.md'), noticesText(parts));
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbomOf(parts), null, 2)}\n`);
}

/** `{ name, version, identifier?, text? }`, by name: what is bundled, and what lies beside the archive as it is. */
export function shippedParts() {
  const parts = new Map();
  const add = (part) => {
    const key = `${part.name}@${part.version}`;
    if (!leftOut.test(part.name)) parts.set(key, { ...part, text: part.text ?? parts.get(key)?.text });
  };
  for (const part of builtParts) {
    for (const entry of readJson(inRoot('out', part, '.vite', 'licences.json'))) add(entry);
  }
  for (const place of installedForUse()) add(partIn(place));
  return [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Folders of the packages that the builder takes along: what package.json names, and what those need. */
function installedForUse() {
  const found = new Set();
  const visit = (name, from) => {
    const place = findPackage(name, from);
    if (place === null || found.has(place) || leftOut.test(name)) return; // an optional one that is not for this machine
    found.add(place);
    const { dependencies = {}, optionalDependencies = {} } = readJson(path.join(place, 'package.json'));
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) visit(needed, place);
  };
  const { dependencies, optionalDependencies } = readJson(inRoot('package.json'));
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) visit(name, root);
  return [...found];
}

function findPackage(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(place, 'package.json'))) return place;
    if (folder === root || path.dirname(folder) === folder) return null;
  }
}

/** sharp's own library says in its README which libraries it is made of, and under which licences. */
function partIn(place) {
  const { name, version, license: identifier } = readJson(path.join(place, 'package.json'));
  const isCollection = name.startsWith('@img/sharp-libvips');
  const file = readdirSync(place).find((entry) => (isCollection ? /^readme/i : licenceFile).test(entry));
  return { name, version, identifier, text: file && readFileSync(path.join(place, file), 'utf8').trim() };
}

/** Beside the code of the command line, by which it knows its version; a copy of the app's own would be left out of the archive by the builder. */
export function writeCommandLineManifest(folder) {
  const { name, version } = readJson(inRoot('package.json'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ name, version, type: 'module' })}\n`);
}

function noticesText(parts) {
  const chapters = parts.map(({ name, version, identifier, text }) => {
    const heading = `## ${name} ${version}${identifier ? ` (${identifier})` : ''}`;
    return text ? `${heading}\n\n${text.replaceAll('\r\n', '\n')}\n` : `${heading}\n`;
  });
  const intro =
    'Restage holds these libraries. The texts of the GPL and the LGPL lie in `licences`, the offer of source in `THIRD_PARTY.md`.';
  return `# Notices\n\n${intro}\n\n${chapters.join('\n')}`;
}

/** npm's own list of the lockfile, cut down to what is shipped. */
function sbomOf(parts) {
  const all = readSbom();
  const shipped = new Set([...parts.map(({ name, version }) => `${name}@${version}`), `electron@${electronVersion()}`]);
  const isShipped = (ref) => shipped.has(ref) || ref === all.metadata.component['bom-ref'];
  return {
    ...all,
    components: all.components.filter((component) => isShipped(refOf(component))),
    dependencies: all.dependencies
      .filter(({ ref }) => isShipped(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
  };
}

const refOf = (component) => `${component.name}@${component.version}`;
const electronVersion = () => readJson(inRoot('node_modules/electron/package.json')).version;

function readSbom() {
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const npm = findInPath('npm');
  const run =
    npm &&
    spawnSync(npm, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
      shell: process.platform === 'win32',
      timeout: sbomDeadlineMs,
    });
  if (run?.status !== 0) throw new Error(`npm sbom gave no list: ${run ? run.stderr : 'npm was not found'}`);
  return JSON.parse(run.stdout);
}
