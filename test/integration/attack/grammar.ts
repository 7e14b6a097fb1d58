/** Messages as the contract wants them, and then not quite: made from the schemas themselves, bent at one to three places. */
import { z } from 'zod';
import { type CommandName, commands } from '../../../shared/contract/index.ts';
import type { Chance } from '../../fixtures/seeded.ts';

type Schema = Readonly<Record<string, unknown>>;

/** These start work of minutes, or another process; what they take is tried by the commands that check the same things. */
const left: readonly CommandName[] = ['jobs.order', 'prepared.make', 'media.proxy', 'media.timeline', 'app.loadSample'];
export const commandNames = Object.keys(commands) as CommandName[];
const schemas = new Map(
  commandNames.map((name) => [
    name,
    z.toJSONSchema(commands[name].input, { io: 'input', unrepresentable: 'any' }) as Schema,
  ]),
);

const long = 'x'.repeat(300_000);
const deep = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
const bad = (): readonly unknown[] => [
  ...[null, true, false, 0, -1, -0, 1.5, 2 ** 31, 2 ** 53, 1e308, -1e308, [], {}, [[]], [null], deep(60), deep(2000)],
  ...[
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
    'a\0b',
    '\r\n',
    '\u202eevil',
    '\ud800',
    '💃'.repeat(300),
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    "'; DROP TABLE jobs; --",
    '%s%n%00',
    'file:///etc/passwd',
    '{{7*7}}',
    '*',
    '"',
  ],
  ...[{ __proto__: null }, { length: 1e9 }, { toString: 1 }, Array.from({ length: 2000 }, () => 0), '9'.repeat(400)],
];
export const badValues = bad();
export const badTexts = badValues.filter((value): value is string => typeof value === 'string');

export interface Live {
  /** Ids that exist. */
  ids: readonly string[];
}

/** What a command could be asked with; sometimes exactly as it should be. */
export function commandMessage(chance: Chance, live: Live): { command: string; input: unknown } {
  const name = chance.pick(commandNames);
  const command = chance.is(0.03) ? chance.pick(badTexts) : name;
  const ids = left.includes(name) ? [] : live.ids;
  const input = sample(schemas.get(name) ?? {}, chance, { ids, depth: 0 });
  const bends = chance.int(4);
  return { command, input: Array.from({ length: bends }).reduce<unknown>((value) => bend(value, chance), input) };
}

interface Sampling extends Live {
  depth: number;
}

function sample(schema: Schema, chance: Chance, how: Sampling): unknown {
  const inner = (part: unknown) => sample((part ?? {}) as Schema, chance, { ...how, depth: how.depth + 1 });
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices) return inner(chance.pick(choices));
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return chance.pick(schema.enum);
  switch (schema.type) {
    case 'object': {
      const parts = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      const required = (schema.required ?? []) as string[];
      const kept = parts.filter(([name]) => required.includes(name) || chance.is(0.6));
      return Object.fromEntries(kept.map(([name, part]) => [name, inner(part)]));
    }
    case 'array':
      return Array.from({ length: Math.max(Number(schema.minItems ?? 0), chance.int(3)) }, () => inner(schema.items));
    case 'string':
      return text(schema, chance, how);
    case 'integer':
    case 'number':
      return chance.pick([0, 1, 3, 90, Number(schema.minimum ?? 1), Number(schema.maximum ?? 100)]);
    case 'boolean':
      return chance.is(0.5);
    default:
      return chance.pick(badValues);
  }
}

function text(schema: Schema, chance: Chance, { ids }: Sampling): string {
  const pattern = String(schema.pattern ?? '');
  if (pattern.includes('\\d{4}-')) return '2026-11-21';
  if (pattern.startsWith('^#')) return '#00ff7f';
  if (pattern !== '' && ids.length > 0 && chance.is(0.4)) return chance.pick(ids);
  return chance.pick(['abcdefgh12', 'v0123456789abcdef01234567', 'order-0001', 'wanderer', '踊り', '12.5']);
}

/** One place of it becomes something else, goes, or gets a neighbour. */
export function bend(value: unknown, chance: Chance): unknown {
  if (chance.is(0.004)) return long;
  if (value === null || typeof value !== 'object' || chance.is(0.15)) return chance.pick(badValues);
  const entries = Object.entries(value);
  const at = chance.int(entries.length + 1);
  const [name, inner] = entries[at] ?? [chance.pick(badTexts).slice(0, 60), undefined];
  const change = chance.int(4);
  const changed =
    change === 0
      ? entries.filter((_, index) => index !== at)
      : [
          ...entries.filter((_, index) => index !== at),
          [name, change === 1 ? chance.pick(badValues) : bend(inner, chance)],
        ];
  return Array.isArray(value) ? changed.map(([, part]) => part) : Object.fromEntries(changed as [string, unknown][]);
}

/** A text with a piece of it doubled, lost, turned or replaced. */
export function bendText(source: string, chance: Chance): string {
  const at = chance.int(source.length + 1);
  const length = chance.int(12);
  const piece = chance.pick([
    '\0',
    '\r\n',
    '%',
    '//',
    '..',
    '"',
    '{',
    '[',
    '\\',
    '\u00ff',
    '💃',
    ' ',
    'null',
    source.slice(at, at + length),
  ]);
  return source.slice(0, at) + piece + source.slice(at + (chance.is(0.5) ? length : 0));
}
