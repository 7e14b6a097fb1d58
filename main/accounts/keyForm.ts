/** What a key can look like: asked before it is kept or sent, because a header with anything else fails as if the line were down. */
import { RestageError } from '../../shared/errors.ts';

/** One word of ASCII, as it stands in a header: no blanks or line ends within, no quotes around it, no `Bearer` before it. */
export function isKeyForm(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key) && !/["'`]/.test(key);
}

/** Says how long it is and never what it is. `field`: where it was given. */
export function malformedKey(code: 'refused' | 'apiKey', key: string, field = 'apiKey'): RestageError {
  return new RestageError(code, { reasons: [{ field, rule: 'apiKey.form', params: { length: [...key].length } }] });
}
