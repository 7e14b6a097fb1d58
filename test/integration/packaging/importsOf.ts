/** What a built file imports, by its syntax tree: texts that only look like an import (generated code, messages) are none. */
import fs from 'node:fs';
import { parseSync, Visitor } from 'vite';

/** 'sharp', './chunks/runCli-….js', 'node:fs' and so on; also what is imported only later. */
export function importsOf(file: string): string[] {
  const found = new Set<string>();
  const add = (source: { type: string; value?: unknown } | null) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') found.add(source.value);
  };
  const { program } = parseSync(file, fs.readFileSync(file, 'utf8'));
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
  }).visit(program);
  return [...found];
}
