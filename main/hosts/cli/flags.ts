/** The flags of one command line, for the commands to read. */
import { RestageError } from '../../../shared/errors.ts';

/** What was given, flag by flag; values are checked for their form already. */
export class Flags {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#values = values;
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  one(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** For flags that the table requires: the parser has refused the line without them. */
  required(name: string): string {
    const value = this.one(name);
    if (value === undefined) throw new RestageError('internal', { detail: `flag ${name} was not checked` });
    return value;
  }
}
