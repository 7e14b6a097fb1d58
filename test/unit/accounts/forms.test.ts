/** A key or an address that cannot work is named as such, and never shown. */
import { expect, test } from 'vitest';
import { isKeyForm, malformedKey } from '../../../main/accounts/keyForm.ts';
import { providerOrigins } from '../../../main/accounts/origins.ts';
import { RestageError } from '../../../shared/errors.ts';

const badKeys = [
  ['a line end within', 'sk-evo-secret\nmore'],
  ['quotes', '"sk-evo-secret"'],
  ['Bearer before it', 'Bearer sk-evo-secret'],
  ['Hangul', 'sk-evo-secret키'],
  ['a no-break space', 'sk-evo-\u00a0secret'],
  ['a zero-width space', 'sk-evo-\u200bsecret'],
] as const;

test.each(badKeys)('J6: a key with %s is none, and is not said', (_what, key) => {
  expect(isKeyForm(key)).toBe(false);
  expect(JSON.stringify(malformedKey('refused', key).toData())).not.toContain('secret');
});

test('J6: keys as they are handed out are', () => {
  for (const key of ['sk-evo-sandbox-0123', 'abcDEF012.-_~+/=', 'k:v']) expect(isKeyForm(key)).toBe(true);
});

const keys = { status: () => ({ isPresent: true, storage: 'environment' as const, hint: null }) };

test.each([
  ['ftp://example.com', 'origin.https'],
  ['ftp://127.0.0.1', 'origin.https'],
  ['file:///etc/passwd', 'origin.https'],
  ['http://example.com', 'origin.https'],
  ['evolink', 'origin.form'],
  ['https://example.com/v1', 'origin.form'],
  ['https://user:secret@example.com', 'origin.form'],
  ['https://example.com/?a=b', 'origin.form'],
])('J6: %s is named as an address that cannot be (%s)', (text, rule) => {
  for (const variable of ['RESTAGE_API_URL', 'RESTAGE_FILES_URL']) {
    let error: unknown;
    try {
      providerOrigins({ [variable]: text }, keys);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(RestageError);
    const data = error instanceof RestageError ? error.toData() : null;
    expect(data?.reasons).toMatchObject([{ field: variable, rule }]);
    expect(JSON.stringify(data)).not.toContain('secret');
  }
});

test('J6: what can be an origin is one', () => {
  const env = { RESTAGE_API_URL: 'http://127.0.0.1:4000/', RESTAGE_FILES_URL: ' https://files.example ' };
  expect(providerOrigins(env, keys)).toEqual({ api: 'http://127.0.0.1:4000', files: 'https://files.example' });
});
