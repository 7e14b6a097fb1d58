/** From paths on a command line to assets of the app: looked at before anything is written, every mistake told at once. */
import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Asset } from '../../../shared/contract/media.ts';
import { type ErrorData, type Reason, RestageError } from '../../../shared/errors.ts';
import { makeFolder } from '../../storage/makeFolder.ts';
import { type CliRule, cliReason } from './cliReason.ts';
import { type CommandContext, callOrThrow } from './context.ts';

export interface InputPath {
  /** The flag: video, image, element-clip. */
  field: string;
  /** As typed. */
  given: string;
  absolute: string;
  /** As what it is judged. */
  role: InputRole;
}

export type InputRole = 'video' | 'image' | 'elementClip';

export interface Input extends InputPath {
  asset: Asset;
}

/** The inputs that were given, flag by flag. */
export function inputPaths(context: CommandContext, roles: Readonly<Record<string, InputRole>>): InputPath[] {
  return Object.entries(roles).flatMap(([field, role]) =>
    context.flags.all(field).map((given) => ({ field, given, absolute: path.resolve(context.io.cwd, given), role })),
  );
}

/** Whether the input is a file that can be opened and holds anything. Answers the reason why not, in the words of intake itself. */
export async function lookAtInput(input: InputPath): Promise<Reason | null> {
  const problem = (rule: string): Reason => ({ field: input.field, rule, params: { given: input.given, detail: '' } });
  try {
    const found = await stat(input.absolute);
    if (found.isDirectory()) return problem('file.folder');
    if (!found.isFile()) return problem('file.notMedia');
    if (found.size === 0) return problem('file.empty');
    const handle = await open(input.absolute, 'r');
    await handle.close();
    return null;
  } catch (error) {
    const code = errno(error) ?? '';
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return problem('file.missing');
    if (code === 'EACCES' || code === 'EPERM') return problem('file.permission');
    throw error;
  }
}

export interface TakenInput {
  input: InputPath;
  asset: Asset | null;
  reasons: Reason[];
}

/** One answer per input, in order; an input that the app refuses has reasons instead of an asset. */
export async function takeInputs(context: CommandContext, inputs: readonly InputPath[]): Promise<TakenInput[]> {
  const connection = await context.connect();
  const results = await connection.intakePaths(inputs.map((input) => input.absolute));
  return Promise.all(
    inputs.map(async (input, index) => {
      const result = results[index];
      if (!result) throw new RestageError('internal', { detail: 'an input got no answer' });
      if (!result.ok) return { input, asset: null, reasons: intakeReasons(input, result.error) };
      const { kind } = result.value.facts;
      const wanted = input.role === 'image' ? 'image' : 'video';
      // What moves is a clip, and its first picture a character.
      if (wanted === 'image' && result.value.facts.kind === 'video' && result.value.facts.container === 'gif') {
        return { input, asset: await callOrThrow(connection, 'assets.still', { id: result.value.id }), reasons: [] };
      }
      if (kind === wanted) return { input, asset: result.value, reasons: [] };
      const rule = wanted === 'video' ? 'kind.clip' : 'kind.image';
      const params = { given: input.given, name: result.value.name, kind };
      return { input, asset: null, reasons: [{ field: input.field, rule, params }] };
    }),
  );
}

/** What is wrong with the file itself is a refusal; a tool that is missing or a disk that is full is not the file's fault. */
const fileFaults: readonly ErrorData['code'][] = ['refused', 'notFound', 'sourceMissing', 'sourceUnreadable'];

function intakeReasons(input: InputPath, error: ErrorData): Reason[] {
  if (!fileFaults.includes(error.code)) throw new RestageError(error.code, error);
  if (error.reasons.length === 0) {
    const params = { given: input.given, detail: error.detail ?? '' };
    return [{ field: input.field, rule: 'file.notMedia', params }];
  }
  return error.reasons.map(({ rule, params }) => ({
    field: input.field,
    rule,
    params: { ...params, given: input.given },
  }));
}

/** Makes `folder` when it is missing and tries that it takes files. Throws refused under `field`. */
export async function ensureWritableFolder(folder: string, field: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderProblem(folder, field, error);
  }
}

/** Why no file can be made in `folder`, or null. Makes nothing. */
export async function folderReason(folder: string, field: string): Promise<Reason | null> {
  try {
    const found = await stat(folder);
    if (!found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    await access(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const problem = folderProblem(folder, field, error);
    if (problem instanceof RestageError) return problem.reasons[0] ?? null;
    throw problem;
  }
}

function folderProblem(folder: string, field: string, error: unknown): unknown {
  const rules: Readonly<Record<string, CliRule>> = {
    ENOENT: 'folderMissing',
    ENOTDIR: 'notAFolder',
    EEXIST: 'notAFolder',
    EACCES: 'folderNotWritable',
    EPERM: 'folderNotWritable',
    EROFS: 'folderNotWritable',
    ENOSPC: 'diskFull',
    ENAMETOOLONG: 'nameTooLong',
  };
  const rule = rules[errno(error) ?? ''];
  return rule ? new RestageError('refused', { reasons: [cliReason(field, rule, { value: folder })] }) : error;
}

/** Whether two paths are one file on disk, whatever they are called. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((file) => realpath(file).catch(() => null)));
  return first !== null && first === second;
}

export function errno(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
