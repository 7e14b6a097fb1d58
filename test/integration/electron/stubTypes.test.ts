/** The stand-in is held against Electron's own type definitions: all of it compiles, and what Electron does not have does not. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const stub = path.join(root, 'test', 'stub');

/** Beside the stub, so that it resolves what the stub does. Answers what the compiler says. */
function compile(name: string, text: string): string {
  const folder = fs.mkdtempSync(path.join(stub, '.types-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, name), text);
  const options = { lib: ['ES2024', 'DOM', 'DOM.Iterable'], types: ['node', 'electron'] };
  const config = { extends: path.join(root, 'tsconfig.json'), compilerOptions: options, files: [name] };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [compiler, '--pretty', 'false', '-p', path.join(folder, 'tsconfig.json')];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

it('E17: the stand-in compiles against electron.d.ts', () => {
  expect(compile('all.ts', "import '../electron.ts';\nimport '../driver.ts';\n")).toBe('');
});

it.each([
  ['a member that Electron does not have', 'shellParts.ts', 'showItemInFolder: (file', 'showInFolder: (file'],
  ['another signature', 'application.ts', 'setBadgeCount(count = 0)', "setBadgeCount(count = 'none')"],
  ['another answer', 'windows.ts', 'isMaximized = () => this.#is.maximized', "isMaximized = () => 'yes'"],
])('E17: %s does not compile', (_what, file, right, wrong) => {
  const text = fs.readFileSync(path.join(stub, file), 'utf8');
  expect(text).toContain(right);
  const changed = text.replace(right, wrong).replaceAll("from './", "from '../");
  expect(compile('changed.ts', changed)).toMatch(/error TS/);
});

it('E17: everything that main and preload import of electron has a stand-in', () => {
  const used = new Set<string>();
  for (const folder of ['main', 'preload']) {
    for (const name of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = fs.readFileSync(path.join(root, folder, name), 'utf8');
      for (const [, names = ''] of text.matchAll(/^import \{([^}]*)\} from 'electron'/gm)) {
        for (const part of names.split(',')) if (!part.includes('type ')) used.add(part.trim());
      }
    }
  }
  used.delete('');
  const offered = ['electron.ts', 'preloadWorld.ts'].map((file) => fs.readFileSync(path.join(stub, file), 'utf8'));
  const missing = [...used].filter((name) => !new RegExp(`^\\s+${name}[,:]`, 'm').test(offered.join('\n')));
  expect(missing).toEqual([]);
});
