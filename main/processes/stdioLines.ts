/** The helper's side in Node hosts: lines that its parent says, and its answers. Never in Electron, where stdin may be at its end. */
import { createInterface } from 'node:readline';

/** What a helper hears of its parent, and how it answers. `heard` ends when the parent has gone. */
export interface ParentLines {
  heard: AsyncIterable<string>;
  answer(line: string): void;
}

export function stdioLines(): ParentLines {
  return {
    heard: createInterface({ input: process.stdin }),
    answer: (line) => void process.stdout.write(`${line}\n`),
  };
}
