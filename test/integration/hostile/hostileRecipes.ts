/** Recipes in a library folder as nobody but an attacker writes them, each from a seed. */
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sidecarOf } from '../../unit/library/sidecarOf.ts';
import type { World } from './hostileMedia.ts';

type Sidecar = ReturnType<typeof sidecarOf>;
type Kind = readonly [name: string, write: (world: World, base: string, made: Sidecar) => Promise<unknown> | unknown];

const save = (base: string, value: unknown) =>
  writeFile(`${base}.restage.json`, typeof value === 'string' ? value : JSON.stringify(value));
const withItem = (made: Sidecar, item: object) => ({ ...made, item: { ...made.item, ...item } });

const kinds: readonly Kind[] = [
  ['deep', (_w, base) => save(base, '['.repeat(5_000_000))],
  [
    'deep inside',
    (_w, base, made) =>
      save(base, JSON.stringify(made).replace('"task":null', `"task":${'['.repeat(99_000)}${']'.repeat(99_000)}`)),
  ],
  [
    'huge',
    async (_w, base) => {
      await save(base, '{"restage":1,"item":"');
      await truncate(`${base}.restage.json`, 300_000_000);
    },
  ],
  ['name', (_w, base, made) => save(base, withItem(made, { name: 'n'.repeat(2_000_000) }))],
  ['tags', (_w, base, made) => save(base, withItem(made, { tags: Array(90_000).fill('t') }))],
  [
    'keys',
    (_w, base, made) =>
      save(base, { ...made, ...Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`k${n}`, n])) }),
  ],
  [
    'id',
    (w, base, made) =>
      save(
        base,
        withItem(made, { id: ['.', '..', '', '../../../x', 'x'.repeat(100_000), 'con'][Math.floor(w.random() * 6)] }),
      ),
  ],
  ['prototype', (_w, base, made) => save(base, JSON.stringify(made).replace('{', '{"__proto__":{"isAdmin":true},'))],
  [
    'types',
    (w, base, made) =>
      save(
        base,
        withItem(made, { [['rating', 'tags', 'recipe', 'file'][Math.floor(w.random() * 4)] ?? 'file']: null }),
      ),
  ],
  ['numbers', (_w, base, made) => save(base, JSON.stringify(made).replace('"sizeBytes":7', '"sizeBytes":1e400'))],
  ['half', (w, base, made) => save(base, JSON.stringify(made).slice(0, Math.floor(w.random() * 900)))],
  ['zeros', (_w, base) => writeFile(`${base}.restage.json`, Buffer.alloc(900_000))],
  [
    'link to the clip',
    async (w, base, made) => {
      await save(base, made);
      await symlink(w.canary.clip, `${base}.mp4`);
    },
  ],
  ['link to a text', (w, base) => symlink(w.canary.text, `${base}.restage.json`)],
  ['link to a device', (_w, base) => symlink('/dev/zero', `${base}.restage.json`)],
  ['pipes', (_w, base) => void execFileSync('mkfifo', [`${base}.restage.json`, `${base}.mp4`])],
  ['folder', (_w, base) => mkdir(`${base}.restage.json`)],
  ['other file', (w, base, made) => save(base, withItem(made, { file: w.canary.clip, sidecar: w.canary.text }))],
  ['hidden name', (_w, base, made) => save(base, withItem(made, { name: 'x\u202egnp.exe\u200b' }))],
  [
    'trash',
    async (w, base, made) => {
      const place = path.join(path.dirname(base), '.restage-trash', path.basename(base));
      await mkdir(place, { recursive: true });
      await symlink(w.canary.clip, path.join(place, 'x.mp4')).catch(() => undefined);
      const item = {
        ...made.item,
        file: ['/x/..', '/', 'x.mp4'][Math.floor(w.random() * 3)],
        sidecar: 'x.restage.json',
      };
      await writeFile(
        path.join(place, 'item.json'),
        JSON.stringify({ trashedAt: '2026-01-01T00:00:00Z', item, content: null }),
      );
    },
  ],
];

/** Writes number `n` of them into the library; answers the id that it gives itself. */
export async function writeRecipe(world: World, library: string, n: number): Promise<string> {
  const [, write] = kinds[n % kinds.length] as Kind;
  const base = path.join(library, `recipe ${n}`);
  const made = sidecarOf(
    `stranger${n}`,
    { path: `${base}.mp4`, sidecar: `${base}.restage.json`, name: `recipe ${n}` },
    7,
  );
  await write(world, base, made);
  return `stranger${n}`;
}
