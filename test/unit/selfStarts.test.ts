/** A rule of the Electron host: what its entry reaches starts processes of this program, and reads stdin, behind one seam alone. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Everything that `entry` imports, now or later, of our own sources. */
function reachedFrom(entry: string): Map<string, string> {
  const reached = new Map<string, string>();
  const queue = [path.join(root, entry)];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file) || !existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    reached.set(file, text);
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      queue.push(path.resolve(path.dirname(file), specifier));
    }
  }
  return reached;
}

const kinds: Record<string, RegExp> = {
  'reads stdin': /process\.stdin|openStdin/,
  'forks Node': /\bfork\(|ELECTRON_RUN_AS_NODE/,
  'starts itself': /process\.execPath|process\.argv0|process\.argv\[0\]/,
};
/** Each with the reason why it may. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'main/processes/stdioLines.ts': ['reads stdin'], // the helper's side in Node hosts, never run by the Electron host
  'main/hosts/cli/askAtTerminal.ts': ['reads stdin'], // only where there is a terminal: see runCliBranch
  'main/hosts/electron/utilityHelper.ts': ['forks Node'], // utilityProcess
  'main/childEnvironment.ts': ['forks Node'], // a name in a list
};

it.each(['main/index.ts', 'main/hosts/electron/helperMain.ts'])(
  'F1: nothing that %s reaches reads stdin, forks or starts itself beside the seam',
  (entry) => {
    const reached = reachedFrom(entry);
    expect(reached.size).toBeGreaterThan(20);
    const found = [...reached].flatMap(([file, text]) => {
      const name = path.relative(root, file).replaceAll('\\', '/');
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return Object.entries(kinds).flatMap(([kind, pattern]) =>
        pattern.test(code) && !allowed[name]?.includes(kind) ? [`${name} ${kind}`] : [],
      );
    });
    expect(found).toEqual([]);
  },
);

it('F1: the helper of the Electron host imports nothing of Electron', () => {
  for (const [file, text] of reachedFrom('main/hosts/electron/helperMain.ts')) {
    const values = text.match(/^import (?!type)[^;]*from 'electron'/m);
    expect(values, file).toBeNull();
  }
});
