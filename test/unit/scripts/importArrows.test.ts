/** The lint rules that hold the import arrows (renderer → shared ← main, preload → shared) really bite. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

const forbidden = [
  ['shared', 'node:fs'],
  ['shared', 'electron'],
  ['shared', 'react'],
  ['shared', '../main/app.ts'],
  ['shared/contract', '../../renderer/theme.ts'],
  ['renderer', '../main/app.ts'],
  ['renderer/screens', '../../main/storage/files.ts'],
  ['renderer', 'electron'],
  ['renderer', 'node:path'],
  ['renderer', '../preload/index.ts'],
  ['main', '../renderer/theme.ts'],
  ['main/hosts', '../../renderer/theme.ts'],
  ['main', 'react'],
  ['main', '../preload/index.ts'],
  ['preload', '../main/app.ts'],
  ['preload', 'node:fs'],
] as const;
const allowed = [
  ['main', '../shared/errors.ts'],
  ['main', 'node:fs'],
  ['renderer', '../shared/errors.ts'],
  ['renderer', 'react'],
  ['preload', '../shared/contract/index.ts'],
  ['preload', 'electron'],
  ['shared', './errors.ts'],
] as const;

const fileOf = (folder: string, imported: string) => `${folder}/${imported.replaceAll(/\W/g, '_')}.ts`;
let project = '';
let findings = '';

/** One run over a little project with our own lint rules and one file per arrow. */
beforeAll(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'restage-arrows-'));
  const config: object = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'));
  writeFileSync(path.join(project, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  for (const [folder, imported] of [...forbidden, ...allowed]) {
    mkdirSync(path.join(project, folder), { recursive: true });
    writeFileSync(
      path.join(project, fileOf(folder, imported)),
      `import { x } from '${imported}';\nexport const y = x;\n`,
    );
  }
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const rule = 'style/noRestrictedImports';
  const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', `--only=${rule}`, project];
  const ended = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  findings = ended.stdout + ended.stderr;
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

it.each(forbidden)('%s may not import %s', (folder, imported) => expect(findings).toContain(fileOf(folder, imported)));
it.each(allowed)('%s may import %s', (folder, imported) => expect(findings).not.toContain(fileOf(folder, imported)));
