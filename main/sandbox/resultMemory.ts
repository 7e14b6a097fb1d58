/**
 * Results and looks at pictures that were made before from the same bytes by the same program with the same arguments, in the folder that
 * `--memory` names: tests order the same clip hundreds of times. Without it, as people run it, everything is made.
 */
import { createHash } from 'node:crypto';
import { copyFile, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../storage/makeFolder.ts';
import { copyToOwnFile } from '../storage/ownOnly.ts';

export interface Recipe {
  program: string;
  args: readonly string[];
  /** Files among the arguments that are read: their content counts, not their place. */
  inputs: readonly string[];
  output: string;
}

/** The kept file for this recipe, whether it is there or not. */
export async function placeOf(folder: string, { program, args, inputs, output }: Recipe): Promise<string> {
  const { size, mtimeMs } = await stat(program);
  const hash = createHash('sha256').update(JSON.stringify([program, size, mtimeMs]));
  for (const input of inputs)
    hash.update(
      createHash('sha256')
        .update(await readFile(input))
        .digest(),
    );
  const places = new Map([...inputs, output].map((file, index) => [file, `<${index}>`]));
  const placeless = args.map((arg) => places.get(arg.replace(/^file:/, '')) ?? arg);
  return path.join(folder, hash.update(JSON.stringify(placeless)).digest('hex').slice(0, 40));
}

/** True: it was there, and is at `output` now. */
export async function recall(place: string, output: string): Promise<boolean> {
  return await copyToOwnFile(place, output).then(
    () => true,
    () => false,
  );
}

export async function keep(place: string, output: string): Promise<void> {
  await makeFolder(path.dirname(place));
  const unfinished = `${place}.${process.pid}`;
  await copyFile(output, unfinished);
  await rename(unfinished, place);
}
