/** The command line is read strictly: every mistake is named, nothing is guessed away. */
import { describe, expect, test } from 'vitest';
import { ArgsError, parseArgs } from '../../../main/hosts/cli/args.ts';

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
    [['jobs', 'lits'], 'command', 'cli.unknownSubcommand'],
    [['make'], 'command', 'cli.unknownCommand'],
    [['sandbox', '--port', '70000'], 'port', 'cli.notAPort'],
    [['check', '--video', 'x', '--sound-track', '0'], 'sound-track', 'cli.notANumber'],
    [['check', '--video', 'x', '--sound-track', 'two'], 'sound-track', 'cli.notANumber'],
  ])('%j names %s: %s', (argv, field, rule) => {
    expect(reasonsOf(argv)).toContainEqual([field, rule]);
  });

  test('the word after an unknown flag is not taken for a mistake of its own', () => {
    expect(reasonsOf(['check', '--video', 'x', '--prest', 'fast'])).toEqual([['prest', 'cli.mistypedFlag']]);
  });

  test('a refusal knows that JSON was asked for', () => {
    expect(() => parseArgs(['frob', '--json'])).toThrow(expect.objectContaining({ isJson: true }));
  });
});
