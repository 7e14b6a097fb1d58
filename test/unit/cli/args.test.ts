/** The command line is read strictly: every mistake is named, nothing is guessed away. */
import { describe, expect, test } from 'vitest';
import { ArgsError, parseArgs } from '../../../main/hosts/cli/args.ts';
import { commandTable } from '../../../main/hosts/cli/commandTable.ts';
import { commandHelp, generalHelp } from '../../../main/hosts/cli/help.ts';
import { styleFor } from '../../../main/hosts/cli/style.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';

const generate = ['generate', '--video', 'a.mp4', '--image', 'a.png', '--orientation', 'image', '--quality', '720p'];

function reasonsOf(argv: readonly string[]): [string, string][] {
  try {
    parseArgs(argv);
  } catch (error) {
    if (error instanceof ArgsError) return error.reasons.map((reason) => [reason.field, reason.rule]);
    throw error;
  }
  return [];
}

describe('what is accepted', () => {
  test('flags repeat in their order', () => {
    const { flags } = parseArgs([...generate, '--video=b.mp4']);
    expect(flags.all('video')).toEqual(['a.mp4', 'b.mp4']);
  });

  test('a name may begin with a dash, with and without "="', () => {
    expect(parseArgs(['check', '--video=-x.mp4']).flags.all('video')).toEqual(['-x.mp4']);
    expect(parseArgs(['check', '--video', '-x.mp4']).flags.all('video')).toEqual(['-x.mp4']);
    expect(parseArgs(['check', '--video=--x=1.mp4']).flags.all('video')).toEqual(['--x=1.mp4']);
  });

  test('names with spaces, emoji and Japanese arrive as they were typed', () => {
    const names = ['my clip.mp4', '🎬.mp4', '踊り.mp4'];
    expect(parseArgs(['check', ...names.flatMap((name) => ['--video', name])]).flags.all('video')).toEqual(names);
  });

  test('common flags may stand before the command and between its words', () => {
    const parsed = parseArgs(['--json', '--profile', 'jobs', 'jobs', '--yes', 'show', 'abc']);
    expect(parsed.command?.key).toBe('jobsShow');
    expect(parsed.positionals).toEqual(['abc']);
    expect(parsed.flags.one('profile')).toBe('jobs');
    expect(parsed.isJson).toBe(true);
  });

  test('what follows "--" is a name, whatever it looks like', () => {
    expect(parseArgs(['library', 'search', '--', '--json']).positionals).toEqual(['--json']);
    expect(parseArgs(['library', 'search', '--', '--json']).isJson).toBe(false);
  });

  test('a search is several words', () => {
    expect(parseArgs(['library', 'search', 'red', 'dress']).positionals).toEqual(['red', 'dress']);
  });

  test('an empty prompt is a prompt', () => {
    expect(parseArgs([...generate, '--prompt', '']).flags.one('prompt')).toBe('');
  });

  test('help needs no valid line', () => {
    expect(parseArgs(['generate', '--quality', '4k', '--help'])).toMatchObject({ isHelp: true });
    expect(parseArgs([])).toMatchObject({ isHelp: true, command: null });
  });
});

describe('C5: words that every tool knows', () => {
  test.each([[['help']], [['--help']], [['-h']], [['--json', 'help']], [[]]])('%j asks for help', (argv) => {
    expect(parseArgs(argv)).toMatchObject({ isHelp: true, command: null });
  });

  test.each([
    [['help', 'generate'], 'generate'],
    [['help', 'jobs', 'list'], 'jobsList'],
    [['jobs', 'list', '-h'], 'jobsList'],
    [['help', 'sandbox', '--json'], 'sandbox'],
  ])('%j asks about one command', (argv, key) => {
    expect(parseArgs(argv)).toMatchObject({ isHelp: true, command: { key } });
  });

  test.each([[['-v']], [['--version']], [['generate', '--version']]])('%j asks for the version', (argv) => {
    expect(parseArgs(argv)).toMatchObject({ isVersion: true });
  });

  test.each(['en', 'ja', 'ko'] as const)(
    'help in %s shows texts, never their names, and nothing hidden',
    (language) => {
      const t = createTranslator(language);
      const style = styleFor({ write: () => {}, isTerminal: false, columns: 80 }, {});
      const texts = [generalHelp({ t, style }), ...commandTable.map((command) => commandHelp(command, { t, style }))];
      for (const text of texts) {
        expect(text).not.toMatch(/cli\.[a-z]+\./i);
        expect(text).not.toContain('--idle-ms');
      }
    },
  );
});

describe('C4: texts of people', () => {
  test('arrive composed and without the blanks around them; names of files as they were typed', () => {
    const word = '각';
    const { flags } = parseArgs([...generate, '--prompt', ` ${word.normalize('NFD')}\r\n`, '--video', ' a.mp4']);
    expect([flags.one('prompt'), flags.all('video')[1]]).toEqual([word, ' a.mp4']);
  });
});

describe('what is refused', () => {
  test('every missing flag at once, with no hidden default for orientation and quality', () => {
    expect(reasonsOf(['generate'])).toEqual([
      ['video', 'cli.missingFlag'],
      ['image', 'cli.missingFlag'],
      ['orientation', 'cli.missingChoice'],
      ['quality', 'cli.missingChoice'],
    ]);
  });

  test.each([
    [['check', '--vidoe', 'x.mp4'], 'vidoe', 'cli.mistypedFlag'],
    [['check', '--video', 'x', '--frobnicate'], 'frobnicate', 'cli.unknownFlag'],
    [['check', '-v', 'x'], 'v', 'cli.unknownFlag'],
    // Known to another command is unknown here.
    [['check', '--video', 'x', '--quality', '720p'], 'quality', 'cli.unknownFlag'],
    [['check', '--video'], 'video', 'cli.missingValue'],
    [['check', '--video='], 'video', 'cli.missingValue'],
    [['check', '--video', '--json'], 'video', 'cli.missingValue'],
    [['check', '--video', 'a\0b'], 'video', 'cli.controlCharacter'],
    [['check', '--video', 'x', '--json=true'], 'json', 'cli.takesNoValue'],
    [['check', '--video', 'x', '--from', '1', '--from', '2'], 'from', 'cli.givenTwice'],
    [['check', '--video', 'x', '--from', '-1'], 'from', 'cli.notATime'],
    [['check', '--video', 'x', '--from', '1e3'], 'from', 'cli.notATime'],
    [['check', '--video', 'x', '--to', '00:00:61:00'], 'to', 'cli.notATime'],
    [['check', '--video', 'x', '--orientation', 'Image'], 'orientation', 'cli.notAChoice'],
    [['check', '--video', 'x', 'y'], 'arguments', 'cli.tooManyArguments'],
    [['check'], 'video', 'cli.needsOneOf'],
    [['jobs', 'show'], 'id', 'cli.missingArgument'],
    [['jobs'], 'command', 'cli.missingSubcommand'],
    [['jobs', 'lits'], 'command', 'cli.mistypedCommand'],
    [['jobs', 'frobnicate'], 'command', 'cli.unknownSubcommand'],
    [['frobnicate'], 'command', 'cli.unknownCommand'],
    [['help', 'frobnicate'], 'command', 'cli.unknownCommand'],
    [['frobnicate', '--help'], 'command', 'cli.unknownCommand'],
    [[...generate, '--order', 'a\u0007b'], 'order', 'cli.controlCharacter'],
    [[...generate, '--prompt', 'a\u0007b'], 'prompt', 'cli.controlCharacter'],
    [['sandbox', '--port', '70000'], 'port', 'cli.notAPort'],
    [['check', '--video', 'x', '--sound-track', '-1'], 'sound-track', 'cli.notANumber'],
    [['check', '--video', 'x', '--sound-track', 'two'], 'sound-track', 'cli.notANumber'],
  ])('%j names %s: %s', (argv, field, rule) => {
    expect(reasonsOf(argv)).toContainEqual([field, rule]);
  });

  test('the word after an unknown flag is not taken for a mistake of its own', () => {
    expect(reasonsOf(['check', '--video', 'x', '--prest', 'fast'])).toEqual([['prest', 'cli.mistypedFlag']]);
  });

  test.each([
    [['genrate'], 'generate'],
    [['job', 'list'], 'jobs'],
    [['jobs', 'lits'], 'jobs list'],
    [['libary', 'list'], 'library'],
    // The second word alone, where one command has it.
    [['watch'], 'jobs watch'],
    [['help', 'genrate'], 'generate'],
  ])('C5: %j may have meant %s', (argv, guess) => {
    expect(() => parseArgs(argv)).toThrow(
      expect.objectContaining({ reasons: [expect.objectContaining({ params: expect.objectContaining({ guess }) })] }),
    );
  });

  test('a refusal knows that JSON was asked for', () => {
    expect(() => parseArgs(['frob', '--json'])).toThrow(expect.objectContaining({ isJson: true }));
  });
});
