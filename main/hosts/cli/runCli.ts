/** One run of the command line from words to exit code: parse, run, answer in the form that was asked for, clean up. */
import path from 'node:path';
import { RestageError, toErrorData } from '../../../shared/errors.ts';
import { createTranslator, type Translate } from '../../../shared/i18n/index.ts';
import { defaultProfileDir } from '../../profile/paths.ts';
import type { Notice } from '../../services.ts';
import { ArgsError, type ParsedArgs, parseArgs } from './args.ts';
import type { CliIo } from './cliIo.ts';
import type { CommandSpec } from './commandSpec.ts';
import type { Command } from './commandTable.ts';
import type { CommandContext, Outcome } from './context.ts';
import type { EndSignal } from './endBySignal.ts';
import { exitCodeOf, exitCodeOfSignal, exitCodes } from './exitCodes.ts';
import { commandHelp, generalHelp } from './help.ts';
import { cliLanguage, systemLocale } from './language.ts';
import { createProgress } from './progress.ts';
import { refusalDocument, refusalText } from './refusal.ts';
import { createSession } from './session.ts';
import { marks, type Style, styleFor } from './style.ts';
import { printable } from './table.ts';

/** Never throws: whatever happens ends in an answer and an exit code. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  return codeAfterWriting(await runLine(argv, io), io);
}

/** An answer that did not arrive is a failure; that a reader has gone (`| head`) is one that every tool keeps to itself. */
function codeAfterWriting(code: number, io: CliIo): number {
  const lost = io.stdout.failure();
  if (lost !== null && lost !== 'EPIPE') {
    const { t } = voiceFor(io, defaultProfileDir(io.env, io.platform));
    io.stderr.write(`restage: ${t('cli.notWritten', { errno: lost })}\n`);
  }
  return code === exitCodes.done && (lost !== null || io.stderr.failure() !== null) ? exitCodes.failed : code;
}

async function runLine(argv: readonly string[], io: CliIo): Promise<number> {
  const profileDir = defaultProfileDir(io.env, io.platform);
  try {
    const args = parseArgs(argv);
    const given = args.flags.one('profile');
    const dir = given === undefined ? profileDir : path.resolve(io.cwd, given);
    return await runParsed(args, io, dir);
  } catch (error) {
    // Only the command line itself can fail here: commands answer for themselves.
    const voice = voiceFor(io, profileDir);
    const code = answerError(error, { io, voice, isJson: error instanceof ArgsError && error.isJson });
    const command = error instanceof ArgsError ? error.command : null;
    if (!(error instanceof ArgsError && error.isJson))
      io.stderr.write(`\n${voice.t('cli.seeHelp', { command: helpCommand(command) })}\n`);
    return code;
  }
}

interface Voice {
  t: Translate;
  locale: string;
  style: Style;
}

function voiceFor(io: CliIo, profileDir: string): Voice {
  const locale = systemLocale(io.env, io.platform);
  const language = cliLanguage(profileDir, locale);
  // Numbers and dates follow the system where it speaks the language of the texts, else the language.
  const numbers = locale.toLowerCase().startsWith(language) ? locale : language;
  return { t: createTranslator(language), locale: numbers, style: styleFor(io.stderr, io.env) };
}

function helpCommand(command: CommandSpec | null): string {
  return ['restage', ...(command?.path ?? []), '--help'].join(' ');
}

async function runParsed(args: ParsedArgs, io: CliIo, profileDir: string): Promise<number> {
  const voice = voiceFor(io, profileDir);
  const stdoutStyle = styleFor(io.stdout, io.env);
  if (args.isVersion) {
    answer(io, args.isJson, { json: { version: io.program.version }, text: `${io.program.version}\n` });
    return exitCodes.done;
  }
  const { command } = args;
  if (args.isHelp || command === null) {
    const words = { t: voice.t, style: stdoutStyle };
    const text = command === null ? generalHelp(words) : commandHelp(command, words);
    answer(io, args.isJson, { json: { help: text }, text });
    return exitCodes.done;
  }
  return runCommand({ ...args, command }, io, { profileDir, voice, stdoutStyle });
}

async function runCommand(
  args: ParsedArgs & { command: Command },
  io: CliIo,
  { profileDir, voice, stdoutStyle }: { profileDir: string; voice: Voice; stdoutStyle: Style },
): Promise<number> {
  const { command, flags, positionals, isJson } = args;
  const interruption = new AbortController();
  let signalled: EndSignal | null = null;
  const offInterrupt = io.onInterrupt((signal) => {
    signalled = signal;
    interruption.abort();
  });
  /** By whose hand it ended: what a command calls interrupted was Ctrl+C, or the system. */
  const codeOf = (code: number) =>
    code === exitCodes.interrupted && signalled !== null ? exitCodeOfSignal[signalled] : code;
  const library = flags.one('library');
  const libraryDir = library === undefined ? undefined : path.resolve(io.cwd, library);
  const { t } = voice;
  const say = ({ id, params }: Notice, standing: 'repaired' | 'unrepaired') => {
    const [own, common] = [`cli.unrepaired.${id}`, `notices.${id}`];
    const told = standing === 'unrepaired' ? t(own, params ?? {}) : own;
    io.stderr.write(`${voice.style.warn(marks.warn)} ${printable(told === own ? t(common, params ?? {}) : told)}\n`);
  };
  const session = createSession({ io, flags, profileDir, libraryDir, locale: voice.locale, say });
  const context: CommandContext = {
    io,
    t,
    locale: voice.locale,
    command,
    flags,
    positionals,
    profileDir,
    libraryDir,
    signal: interruption.signal,
    progress: createProgress({
      sink: io.stderr,
      style: voice.style,
      isAnswerBelow: io.stdout.isTerminal && !isJson,
      summary: (done, total) => t('cli.progress.summary', { done, total }),
    }),
    style: stdoutStyle,
    connect: session.connect,
    read: session.read,
  };
  try {
    const outcome = await (await command.load())(context);
    if (outcome === null) return exitCodes.done;
    answer(io, isJson, outcome);
    return codeOf(outcome.exitCode);
  } catch (error) {
    context.progress.end();
    const cause = interruption.signal.aborted ? new RestageError('cancelled', { cause: error }) : error;
    return codeOf(answerError(cause, { io, voice, isJson }));
  } finally {
    await session
      .close({ isInterrupted: interruption.signal.aborted })
      .catch((error: unknown) => io.stderr.write(`${String(error)}\n`));
    offInterrupt();
  }
}

function answer(io: CliIo, isJson: boolean, { json, text }: Pick<Outcome, 'json' | 'text'>): void {
  io.stdout.write(isJson ? `${JSON.stringify(json)}\n` : text);
}

/** With `--json` the refusal is the one document on stdout; else it is for the person, on stderr. */
function answerError(error: unknown, { io, voice, isJson }: { io: CliIo; voice: Voice; isJson: boolean }): number {
  const data = toErrorData(error);
  if (isJson) io.stdout.write(`${JSON.stringify(refusalDocument(data, voice.t))}\n`);
  else io.stderr.write(refusalText(data, voice.t, voice.style));
  return exitCodeOf(data);
}
