/** Reads a command line strictly against the table of commands: every mistake is collected, none is guessed away. */
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { forbiddenCharacter, tidyText } from '../../../shared/words/texts.ts';
import { cliReason } from './cliReason.ts';
import type { CommandSpec, FlagSpec } from './commandSpec.ts';
import { type Command, commandTable, commonFlags } from './commandTable.ts';
import { parseCrop } from './crop.ts';
import { Flags } from './flags.ts';
import { isBackground, isPad } from './imageEdit.ts';
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
  const { command, rest, unknown, isAskedAbout } = findCommand(argv);
  const isHelp = isAskedAbout || mentions(argv, '--help') || mentions(argv, '-h');
  const isVersion = mentions(argv, '--version') || (command === null && mentions(argv, '-v'));
  const plain = { command, isHelp, isVersion, isJson, positionals: [], flags: new Flags() };
  // A command that does not exist has no help: the word is what is wrong.
  if (unknown !== null && !isVersion) throw new ArgsError([unknown], { isJson, command });
  if (isHelp || isVersion) return plain;
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

interface FoundCommand {
  command: Command | null;
  /** The line without the words of the command. */
  rest: string[];
  unknown: Reason | null;
  /** `restage help …`: the command is asked about, not run. */
  isAskedAbout: boolean;
}

function findCommand(argv: readonly string[]): FoundCommand {
  const words = commandWords(argv);
  const isAskedAbout = words[0]?.text === 'help';
  const [first, second] = isAskedAbout ? words.slice(1) : words;
  if (!first) return { command: null, rest: [...argv], unknown: null, isAskedAbout };
  const candidates = commandTable.filter((spec) => spec.path[0] === first.text);
  const two = candidates.find((spec) => spec.path.length === 2 && spec.path[1] === second?.text);
  const command = two ?? candidates.find((spec) => spec.path.length === 1) ?? null;
  const used = two && second ? [first.index, second.index] : [first.index];
  const rest = argv.filter((_, index) => command === null || !used.includes(index));
  const unknown = command === null ? unknownCommand(first.text, second?.text) : null;
  return { command, rest, unknown, isAskedAbout };
}

/** Common flags may stand before the command and between its words: `restage --json jobs list`. */
function commandWords(argv: readonly string[]): { text: string; index: number }[] {
  const words: { text: string; index: number }[] = [];
  for (let index = 0; index < argv.length; index++) {
    const token = argv[index] ?? '';
    if (!token.startsWith('-')) {
      words.push({ text: token, index });
      if (words.length === (words[0]?.text === 'help' ? 3 : 2)) break;
      continue;
    }
    const common = commonFlags.find((flag) => token === `--${flag.name}` || token.startsWith(`--${flag.name}=`));
    if (!common) break;
    if (common.kind !== 'switch' && !token.includes('=')) index++;
  }
  return words;
}

function unknownCommand(first: string, second: string | undefined): Reason {
  const shown = commandTable.filter((spec) => !spec.isHidden);
  const seconds = shown.filter((spec) => spec.path[0] === first).map((spec) => spec.path[1] ?? '');
  if (seconds.length > 0) {
    const guess = second === undefined ? null : nearest(second, seconds);
    if (guess !== null) {
      return cliReason('command', 'mistypedCommand', { value: `${first} ${second}`, guess: `${first} ${guess}` });
    }
    const params = { command: first, value: second ?? '', choices: seconds.join(', ') };
    return cliReason('command', second === undefined ? 'missingSubcommand' : 'unknownSubcommand', params);
  }
  // `restage watch`: the second word alone, where one command has it.
  const [only, ...others] = shown.filter((spec) => spec.path[1] === first);
  const guess =
    only && others.length === 0
      ? only.path.join(' ')
      : nearest(first, [...new Set(shown.map(({ path: [word = ''] }) => word))]);
  if (guess !== null) return cliReason('command', 'mistypedCommand', { value: first, guess });
  const names = shown.map((spec) => spec.path.join(' '));
  return cliReason('command', 'unknownCommand', { value: first, choices: names.join(', ') });
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
  values.set(spec.name, [...(given ?? []), spec.kind === 'text' ? tidyText(value) : value]);
}

function checkForm(spec: FlagSpec, value: string): Reason | null {
  // Names of files may hold anything but a zero byte.
  const forbidden =
    spec.kind === 'path'
      ? value.includes('\0') && 'U+0000'
      : forbiddenCharacter(tidyText(value), { isMultiline: spec.isMultiline === true });
  if (forbidden) return cliReason(spec.name, 'controlCharacter', { value: forbidden });
  switch (spec.kind) {
    case 'choice':
      if (spec.choices?.includes(value)) return null;
      return cliReason(spec.name, 'notAChoice', { value, choices: (spec.choices ?? []).join(', ') });
    case 'time':
      return parseTime(value) ? null : cliReason(spec.name, 'notATime', { value });
    case 'crop':
      return parseCrop(value) ? null : cliReason(spec.name, 'notACrop', { value });
    case 'pad':
      return isPad(value) ? null : cliReason(spec.name, 'notAPad', { value });
    case 'background':
      return isBackground(value) ? null : cliReason(spec.name, 'notABackground', { value });
    case 'number':
      return /^(0|[1-9]\d{0,5})$/.test(value) ? null : cliReason(spec.name, 'notANumber', { value });
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
