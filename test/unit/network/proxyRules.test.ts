/** Which proxy the words of the environment and of the system mean. */
import { describe, expect, it } from 'vitest';
import { isExcepted, proxyOfEnvironment, proxyOfSystem, readProxyUrl } from '../../../main/network/proxyRules.ts';

const target = new URL('https://api.evolink.ai/v1');

describe('F19: the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://a:3128' }, 'a:3128'],
    [{ https_proxy: 'http://a:3128', HTTPS_PROXY: 'http://b:1' }, 'a:3128'],
    [{ ALL_PROXY: 'a:3128' }, 'a:3128'],
    [{ HTTP_PROXY: 'http://a:3128' }, null],
    [{ HTTPS_PROXY: 'http://a:3128', NO_PROXY: 'evolink.ai' }, null],
    [{ HTTPS_PROXY: 'socks5://a:1080' }, null],
    [{ HTTPS_PROXY: ' ' }, null],
    [{}, null],
  ])('%j', (env, host) => expect(proxyOfEnvironment(target, env)?.host ?? null).toBe(host));

  it.each([
    ['*', true],
    ['.evolink.ai', true],
    ['*.evolink.ai', true],
    ['API.EVOLINK.AI:443', true],
    ['api.evolink.ai:8443', false],
    ['volink.ai', false],
    ['localhost, 10.0.0.0/8', false],
    ['', false],
  ])('NO_PROXY=%s', (list, isOut) => expect(isExcepted(target, list)).toBe(isOut));
});

describe('F19: the system', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY a:3128; DIRECT', 'http://a:3128/'],
    ['HTTPS a:443', 'https://a/'],
    ['SOCKS5 a:1080; PROXY b:3128', 'http://b:3128/'],
    ['DIRECT; PROXY b:3128', null],
    ['', null],
  ])('%s', (list, href) => expect(proxyOfSystem(list)?.href ?? null).toBe(href));
});

it.each(['http://a:1', 'https://a', 'http://me:x@a:1'])('F19: %s is a proxy', (text) =>
  expect(readProxyUrl(text)).not.toBeNull(),
);
it.each(['a:1', 'ftp://a', 'http://a/x', 'http://a?x', ''])('F19: %j is none', (text) =>
  expect(readProxyUrl(text)).toBeNull(),
);
