/** The one place that touches `window.restage`: calls that throw typed errors instead of answering unions. */
import type { CommandInput, CommandName, CommandOutput, RestageBridge } from '../../shared/contract/index.ts';
import type { Asset } from '../../shared/contract/media.ts';
import type { ErrorData, Result } from '../../shared/errors.ts';

declare global {
  interface Window {
    restage: RestageBridge<File>;
  }
}

/** A refused or failed call, as it crossed the border. */
export class CallError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(data.code);
    this.name = 'CallError';
    this.data = data;
  }
}

export function errorDataOf(error: unknown): ErrorData {
  if (error instanceof CallError) return error.data;
  return { code: 'internal', reasons: [], detail: error instanceof Error ? error.message : String(error) };
}

export async function call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandOutput<C>> {
  const result = await window.restage.call(command, input);
  if (!result.ok) throw new CallError(result.error);
  return result.value;
}

export function intake(files: File[]): Promise<Result<Asset>[]> {
  return window.restage.intake(files);
}
