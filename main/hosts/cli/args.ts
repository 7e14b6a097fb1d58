/** Reads a command line strictly against the table of commands: every mistake is collected, none is guessed away. */
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { cliReason } from './cliReason.ts';
import type { CommandSpec, FlagSpec } from './commandSpec.ts';
import { type Command, commandTable, commonFlags } from './commandTable.ts';
import { parseCrop } from './crop.ts';
import { Flags } from './flags.ts';
import { nearest } from './nearest.ts';
import { parseTime } from './time.ts';

export interface ParsedArgs {
  command: Command | null;
  isHelp: boolean;
  isVersion: boolean;
  isJson: boolean;
  positionals: string[];
  flags: Flags;
}

/** Every mistake of a command line; `isJson` because a refusal, too, comes in the form that was asked for. */
export class ArgsError extends RestageError {
  readonly isJson: boolean;
  readonly command: CommandSpec | null;

  constructor(reasons: Reason[], options: { isJson: boolean; command: CommandSpec | null }) {
    super('refused', { reasons });
    this.isJson = options.isJson;
    this.command = options.command;
  }
}

/** Throws ArgsError with a reason for everything that is wrong with the line. */
export function parseArgs(argv: readonly string[]): ParsedArgs {
  const isJson = mentions(argv, '--json');
  const { command, rest, unknown } = findCommand(argv);
  const isHelp = mentions(argv, '--help') || mentions(argv, '-h');
  const isVersion = mentions(argv, '--version');
  const plain = { command, isHelp, isVersion, isJson, positionals: [], flags: new Flags() };
  if (isHelp || isVersion) return plain;
  if (unknown !== null) throw new ArgsError([unknown], { isJson, command });
  // Words without a command: `restage` alone shows the help, flags alone are a mistake.
  if (command === null) return { ...plain, isHelp: true };
  const reasons: Reason[] = [];
  const { values, positionals } = readTokens(rest, command, reasons);
  checkPositionals(command, positionals, reasons);
  checkRequired(command, values, reasons);
  if (reasons.length > 0) throw new ArgsError(reasons, { isJson, command });
  return { ...plain, positionals, flags: new Flags(values) };
}

/** `--` ends the flags: what follows are names, whatever they look like. */
function mentions(argv: readonly string[], flag: string): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes(flag);
}

function findCommand(argv: readonly string[]): { command: Command | null; rest: string[]; unknown: Reason | null } {
  // Common flags may stand before the command and between its words: `restage --json jobs list`.
  const words: { text: string; index: number }[] = [];
  for (let index = 0; index < argv.length && words.length < 2; index++) {
    const token = argv[index] ?? '';
    if (!token.startsWith('-')) {
      words.push({ text: token, index });
      continue;
    }
    const common = commonFlags.find((flag) => token === `--${flag.name}` || token.startsWith(`--${flag.name}=`));
    if (!common) break;
    if (common.kind !== 'switch' && !token.includes('=')) index++;
  }
  const [first, second] = words;
  if (!first) return { command: null, rest: [...argv], unknown: null };
  const candidates = commandTable.filter((spec) => spec.path[0] === first.text);
  const two = candidates.find((spec) => spec.path.length === 2 && spec.path[1] === second?.text);
  const one = candidates.find((spec) => spec.path.length === 1);
  const command = two ?? one ?? null;
  const used = two && second ? [first.index, second.index] : [first.index];
  const rest = argv.filter((_, index) => command === null || !used.includes(index));
  if (command !== null) return { command, rest, unknown: null };
  if (candidates.length > 0) {
    const choices = candidates.filter((spec) => !spec.isHidden).map((spec) => spec.path[1] ?? '');
    const params = { command: first.text, value: second?.text ?? '', choices: choices.join(', ') };
    return { command, rest, unknown: cliReason('command', second ? 'unknownSubcommand' : 'missingSubcommand', params) };
  }
  const names = commandTable.filter((spec) => !spec.isHidden).map((spec) => spec.path.join(' '));
  return {
    command,
    rest,
    unknown: cliReason('command', 'unknownCommand', { value: first.text, choices: [...new Set(names)].join(', ') }),
  };
}

function readTokens(tokens: readonly string[], command: CommandSpec, reasons: Reason[]) {
  const allowed = [...command.flags, ...commonFlags];
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (token === '--') {
      positionals.push(...tokens.slice(index + 1));
      break;
    }
    if (!token.startsWith('-') || token === '-') {
      positionals.push(token);
      continue;
    }
    const equals = token.indexOf('=');
    const name = (equals === -1 ? token : token.slice(0, equals)).replace(/^--?/, '');
    const spec = token.startsWith('--') ? allowed.find((flag) => flag.name === name) : undefined;
    if (!spec) {
      reasons.push(unknownFlag(name, allowed, command));
      // `--prest fast`: the word after an unknown flag was meant for it, not as an input of its own.
      const next = tokens[index + 1];
      if (equals === -1 && next !== undefined && !next.startsWith('-') && command.positionals.length === 0) index++;
      continue;
    }
    if (spec.kind === 'switch') {
      if (equals === -1) values.set(name, ['true']);
      else reasons.push(cliReason(name, 'takesNoValue', { value: token.slice(equals + 1) }));
      continue;
    }
    const inline = equals === -1 ? undefined : token.slice(equals + 1);
    const next = tokens[index + 1];
    // `--order --detach` forgot a value; `--video -x.mp4` names a file.
    const isNextValue = inline === undefined && next !== undefined && !next.startsWith('--');
    if (isNextValue) index++;
    takeValue(spec, inline ?? (isNextValue ? next : undefined), values, reasons);
  }
  return { values, positionals };
}

function unknownFlag(name: string, allowed: readonly FlagSpec[], command: CommandSpec): Reason {
  const guess = nearest(
    name,
    allowed.map((flag) => flag.name),
  );
  const params = { flag: name, command: command.path.join(' ') };
  return guess === null
    ? cliReason(name, 'unknownFlag', params)
    : cliReason(name, 'mistypedFlag', { ...params, guess });
}

function takeValue(spec: FlagSpec, value: string | undefined, values: Map<string, string[]>, reasons: Reason[]): void {
  if (value === undefined || (value.trim() === '' && !spec.mayBeEmpty)) {
    reasons.push(cliReason(spec.name, 'missingValue', { flag: spec.name, placeholder: spec.placeholder ?? '' }));
    return;
  }
  const given = values.get(spec.name);
  if (given && !spec.isRepeatable) {
    reasons.push(cliReason(spec.name, 'givenTwice', { first: given[0] ?? '', value }));
    return;
  }
  const problem = checkForm(spec, value);
  if (problem) reasons.push(problem);
  values.set(spec.name, [...(given ?? []), value]);
}

function checkForm(spec: FlagSpec, value: string): Reason | null {
  if (value.includes('\0')) return cliReason(spec.name, 'controlCharacter', { value: value.replaceAll('\0', '\\0') });
  switch (spec.kind) {
    case 'choice':
      if (spec.choices?.includes(value)) return null;
      return cliReason(spec.name, 'notAChoice', { value, choices: (spec.choices ?? []).join(', ') });
    case 'time':
      return parseTime(value) ? null : cliReason(spec.name, 'notATime', { value });
    case 'crop':
      return parseCrop(value) ? null : cliReason(spec.name, 'notACrop', { value });
    case 'number':
      return /^[1-9]\d{0,5}$/.test(value) ? null : cliReason(spec.name, 'notANumber', { value });
    case 'port': {
      const port = /^\d{1,5}$/.test(value) ? Number(value) : -1;
      return port >= 1 && port <= 65_535 ? null : cliReason(spec.name, 'notAPort', { value });
    }
    default:
      return null;
  }
}

function checkPositionals(command: CommandSpec, positionals: readonly string[], reasons: Reason[]): void {
  const names = command.positionals;
  names.forEach((positional, index) => {
    if (!positionals[index]?.trim()) {
      reasons.push(cliReason(positional, 'missingArgument', { command: command.path.join(' '), argument: positional }));
    }
  });
  // A search is several words as a person types them; elsewhere one word too many is a mistake.
  if (command.isOpenEnded) return;
  for (const extra of positionals.slice(names.length)) {
    reasons.push(cliReason('arguments', 'tooManyArguments', { value: extra, command: command.path.join(' ') }));
  }
}

function checkRequired(command: CommandSpec, values: ReadonlyMap<string, string[]>, reasons: Reason[]): void {
  for (const flag of command.flags) {
    if (!flag.isRequired || values.has(flag.name) || reasons.some((found) => found.field === flag.name)) continue;
    const choices = flag.choices?.join(', ');
    reasons.push(
      choices
        ? cliReason(flag.name, 'missingChoice', { flag: flag.name, choices })
        : cliReason(flag.name, 'missingFlag', { flag: flag.name, placeholder: flag.placeholder ?? '' }),
    );
  }
  const oneOf = command.needsOneOf;
  if (oneOf && !oneOf.some((name) => values.has(name)) && reasons.length === 0) {
    reasons.push(cliReason(oneOf[0] ?? '', 'needsOneOf', { flags: oneOf.map((name) => `--${name}`).join(', ') }));
  }
}
