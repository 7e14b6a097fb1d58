/** Colour and marks for people: none where the output is no terminal, or NO_COLOR is set. */
import type { TextSink } from './output.ts';

export interface Style {
  dim(text: string): string;
  bold(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  accent(text: string): string;
  hasColor: boolean;
}

export function styleFor(sink: TextSink, env: Readonly<Record<string, string | undefined>>): Style {
  const hasColor = sink.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (code: number) => (text: string) =>
    hasColor && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    dim: paint(2),
    bold: paint(1),
    good: paint(32),
    bad: paint(31),
    warn: paint(33),
    accent: paint(36),
    hasColor,
  };
}

export const marks = { good: '✓', change: '→', bad: '✗', warn: '!', dot: '·' } as const;
