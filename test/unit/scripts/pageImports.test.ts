/** The page's scripts carry no schemas: it takes types from the contract, and whoever answers it has parsed already. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
/** `from '…'` of an import or export that is not of types alone, `import '…'`, and `import('…')`. */
const valueImport =
  /(?:^|\n)(?:import|export)\s+(?!type\b)[^;]*?from\s+'([^']+)'|(?:^|\n)import\s+'([^']+)'|import\('([^']+)'\)/g;

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(valueImport)].map(([, from, bare, lazy]) => from ?? bare ?? lazy ?? '');
}

/** Every package that some script of the page imports, with the file that does. */
function packagesFrom(entry: string): Map<string, string> {
  const packages = new Map<string, string>();
  const waiting = [entry];
  const seen = new Set(waiting);
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) packages.set(name, path.relative(root, file));
      const target = path.resolve(path.dirname(file), name);
      if (!name.startsWith('.') || !/\.tsx?$/.test(name) || seen.has(target) || !existsSync(target)) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
  return packages;
}

it('the page imports no zod, neither at start nor later', () => {
  const packages = packagesFrom(path.join(root, 'renderer/main.tsx'));
  expect([...packages.keys()]).toContain('@mantine/core');
  expect(packages.get('zod')).toBeUndefined();
});
