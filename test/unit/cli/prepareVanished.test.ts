/** A source that vanishes between check and use is told as that, whatever tool stumbled over it, and leaves no file. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseArgs } from '../../../main/hosts/cli/args.ts';
import type { CliIo } from '../../../main/hosts/cli/cliIo.ts';
import { prepare } from '../../../main/hosts/cli/commands/prepare.ts';
import type { CommandContext } from '../../../main/hosts/cli/context.ts';
import { exitCodeOf } from '../../../main/hosts/cli/exitCodes.ts';
import { styleFor } from '../../../main/hosts/cli/style.ts';
import { settingsSchema } from '../../../shared/contract/app.ts';
import { type ErrorCode, type ErrorData, RestageError } from '../../../shared/errors.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { videoFacts } from './videoFacts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'restage-prepare-'));
  await writeFile(path.join(folder, 'clip.mp4'), 'a clip');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An app that finds the clip legal, and whose source is gone when the work begins. */
function context(make: () => Promise<ErrorData>): CommandContext {
  const asset = { id: 'v1', name: 'clip.mp4', addedAt: '', isPresent: true, facts: videoFacts() };
  const answers: Record<string, () => unknown> = {
    'settings.get': () => ({ ok: true, value: settingsSchema.parse({}) }),
    'media.check': () => ({ ok: true, value: { verdicts: [], isLegal: true, plan: null, price: null } }),
    'prepared.make': async () => ({ ok: false, error: await make() }),
  };
  const connection = {
    call: async (command: string) => answers[command]?.(),
    on: () => () => undefined,
    intakePaths: async () => [{ ok: true, value: asset }],
    copyPrepared: async () => {
      throw new Error('nothing was prepared');
    },
  };
  const sink = { isTerminal: false, columns: 80, write: () => undefined };
  const { command, flags, positionals } = parseArgs(['prepare', '--video', 'clip.mp4', '--output', 'out.mp4']);
  if (!command) throw new Error('no command');
  return {
    io: { stdout: sink, stderr: sink, cwd: folder } as unknown as CliIo,
    t: createTranslator('en'),
    locale: 'en',
    command,
    flags,
    positionals,
    profileDir: folder,
    libraryDir: undefined,
    signal: new AbortController().signal,
    progress: { show: () => undefined, note: () => undefined, end: () => undefined },
    style: styleFor(sink, {}),
    connect: async () => connection as unknown as Awaited<ReturnType<CommandContext['connect']>>,
    read: () => Promise.reject(new Error('prepare only acts')),
  };
}

test.each<[ErrorCode]>([['toolFailed'], ['sourceUnreadable'], ['internal']])(
  '%s after the file went away',
  async (code) => {
    const running = prepare(
      context(async () => {
        await rm(path.join(folder, 'clip.mp4'));
        return { code, reasons: [] };
      }),
    );
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    if (!(error instanceof RestageError)) throw error;
    expect(error.reasons).toMatchObject([{ field: 'video', rule: 'source.missing' }]);
    expect(exitCodeOf(error.toData())).toBe(1);
    expect(existsSync(path.join(folder, 'out.mp4'))).toBe(false);
  },
);

test('a tool that fails on a file that is there is told as that', async () => {
  const running = prepare(context(async () => ({ code: 'toolFailed', reasons: [] })));
  await expect(running).rejects.toMatchObject({ code: 'toolFailed' });
});

test('what intake calls a file is told under its flag', async () => {
  const reasons = [{ field: 'file', rule: 'source.missing', params: { name: 'clip.mp4', path: '/clip.mp4' } }];
  const running = prepare(context(async () => ({ code: 'sourceMissing', reasons })));
  await expect(running).rejects.toMatchObject({ code: 'sourceMissing', reasons: [{ field: 'video' }] });
});
