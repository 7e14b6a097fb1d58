/** Each rule of the loopback server's guard, with the attack it stops. */
import { describe, expect, it } from 'vitest';
import { type AskedFor, pathOf, refusalOf } from '../../../main/hosts/browser/requestGuard.ts';

const prefix = '/0123456789abcdef0123456789abcdef/';
const own = {
  host: '127.0.0.1:41234',
  hasSession: (cookie: string | undefined) => cookie === 'restage=good',
  isBelowPrefix: (path: string) => path.startsWith(prefix),
};
const asked = (changes: Partial<AskedFor> & { headers?: AskedFor['headers'] } = {}): AskedFor => ({
  method: 'GET',
  path: prefix,
  hostCount: 1,
  isUpgrade: false,
  ...changes,
  headers: { host: own.host, cookie: 'restage=good', ...changes.headers },
});
const origin = `http://${own.host}`;

describe('the request guard', () => {
  it.each<[string, AskedFor]>([
    ['the app window opening the page', asked({ headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } })],
    ['a script of the page', asked({ headers: { 'sec-fetch-site': 'same-origin' } })],
    ['a program of the owner that holds the cookie', asked()],
    [
      'a copy that is saved',
      asked({
        path: `${prefix}media/prepared/x`,
        headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'empty' },
      }),
    ],
    [
      'a picture on the page',
      asked({
        path: `${prefix}media/asset/x`,
        headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      }),
    ],
    ['intake', asked({ method: 'POST', headers: { origin, 'sec-fetch-site': 'same-origin' } })],
    ['the page’s socket', asked({ isUpgrade: true, headers: { origin } })],
  ])('lets pass: %s', (_who, request) => expect(refusalOf(request, own)).toBeNull());

  it.each<[string, AskedFor, number]>([
    ['DNS rebinding: another name for this machine', asked({ headers: { host: 'evil.example:41234' } }), 421],
    ['localhost, which another program may own', asked({ headers: { host: 'localhost:41234' } }), 421],
    ['no Host', asked({ headers: { host: undefined } }), 421],
    ['another port', asked({ headers: { host: '127.0.0.1:80' } }), 421],
    ['a guess at the prefix', asked({ path: '/0123456789abcdef0123456789abcdee/' }), 404],
    ['no prefix', asked({ path: '/' }), 404],
    ['trust 1: another user who has seen the address', asked({ headers: { cookie: undefined } }), 403],
    ['trust 1: a guess at the cookie', asked({ headers: { cookie: 'restage=goop' } }), 403],
    ['trust 13: two Hosts, of which the parser shows the first', asked({ hostCount: 2 }), 421],
    ['another site’s form', asked({ method: 'POST', headers: { origin: 'https://evil.example' } }), 403],
    ['a sandboxed frame', asked({ method: 'POST', headers: { origin: 'null' } }), 403],
    ['a POST that hides where it is from', asked({ method: 'POST' }), 403],
    ['another site’s socket', asked({ isUpgrade: true, headers: { origin: 'https://evil.example' } }), 403],
    ['a socket that hides where it is from', asked({ isUpgrade: true }), 403],
    ['another site’s image tag', asked({ headers: { 'sec-fetch-site': 'cross-site' } }), 403],
    ['another port of this machine', asked({ headers: { 'sec-fetch-site': 'same-site' } }), 403],
    [
      'a link on another site',
      asked({ headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } }),
      403,
    ],
    ['https in disguise', asked({ headers: { origin: `https://${own.host}` } }), 403],
    [
      'trust 6: media as the document of a window',
      asked({
        path: `${prefix}media/asset/x`,
        headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      }),
      403,
    ],
    ['a verb that nothing answers', asked({ method: 'PUT', headers: { origin } }), 405],
  ])('refuses: %s', (_attack, request, status) => expect(refusalOf(request, own)?.status).toBe(status));
});

describe('trust 2: the path of a request line', () => {
  it.each(['//', '//evil.example/', '*', '', 'http://127.0.0.1/', '/\\', '///', 'x'])(
    '%j is never thrown at, and is none of ours',
    (target) => {
      const found = pathOf(target);
      expect(found === null || !own.isBelowPrefix(found.pathname)).toBe(true);
    },
  );
  it('of the page is read as it is', () => expect(pathOf(`${prefix}media/x?n=1`)?.pathname).toBe(`${prefix}media/x`));
});
