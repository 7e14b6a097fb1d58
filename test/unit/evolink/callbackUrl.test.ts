/** Callback addresses: what a server on the internet could never reach, or should never be made to reach, is refused. */
import { describe, expect, it } from 'vitest';
import { callbackHref, checkCallbackUrl } from '../../../shared/rules/callbackUrl.ts';

const ruleOf = (text: string) => checkCallbackUrl(text)?.rule ?? null;

describe('checkCallbackUrl', () => {
  it.each([
    'https://example.com',
    'https://example.com:8443/a?b=c#d',
    'https://8.8.8.8/hook',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://[2606:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://localhost.example.com/',
    'https://例え.jp/',
    'https://fda.example/',
  ])('takes %s', (url) => {
    expect(ruleOf(url)).toBeNull();
  });

  it.each([
    ['loopback', 'https://127.0.0.1/'],
    ['loopback, short', 'https://127.1/'],
    ['loopback, decimal', 'https://2130706433/'],
    ['loopback, hexadecimal', 'https://0x7f.0.0.1/'],
    ['loopback, octal', 'https://0177.0.0.1/'],
    ['loopback, full-width digits', 'https://１２７.0.0.1/'],
    ['unspecified', 'https://0.0.0.0/'],
    ['private 10', 'https://10.255.0.1/'],
    ['private 172.16', 'https://172.16.0.1/'],
    ['private 172.31', 'https://172.31.255.255/'],
    ['private 192.168', 'https://192.168.1.1/'],
    ['carrier-grade', 'https://100.64.0.1/'],
    ['link-local', 'https://169.254.169.254/latest/meta-data'],
    ['broadcast', 'https://255.255.255.255/'],
    ['v6 loopback', 'https://[::1]/'],
    ['v6 unspecified', 'https://[::]/'],
    ['v6 unique local', 'https://[fd12:3456::1]/'],
    ['v6 link-local', 'https://[fe80::1]/'],
    ['v6 site-local', 'https://[fec0::1]/'],
    ['v4-mapped', 'https://[::ffff:192.168.0.1]/'],
    ['v4-mapped, hexadecimal', 'https://[::ffff:7f00:1]/'],
    ['v4-compatible', 'https://[::127.0.0.1]/'],
    ['NAT64', 'https://[64:ff9b::10.0.0.1]/'],
    ['6to4', 'https://[2002:7f00:1::]/'],
    ['localhost', 'https://localhost/'],
    ['localhost with a dot', 'https://LOCALHOST./'],
    ['below localhost', 'https://a.localhost/'],
    ['.local', 'https://printer.local/'],
    ['.local with a dot', 'https://printer.local./'],
    ['a single label', 'https://intranet/hook'],
    ['C3: .internal', 'https://api.internal/'],
    ['C3: .lan', 'https://nas.lan/'],
    ['C3: .lan with a dot', 'https://nas.lan./'],
    ['C3: .home.arpa', 'https://nas.home.arpa/'],
    ['C3: .test', 'https://hook.test/'],
    ['C3: .onion', 'https://abcdef.onion/'],
    ['C3: benchmarking', 'https://198.18.0.1/'],
    ['C3: protocol assignments', 'https://192.0.0.1/'],
    ['C3: documentation', 'https://192.0.2.1/'],
    ['C3: documentation, third', 'https://203.0.113.9/'],
    ['C3: reserved', 'https://240.0.0.1/'],
    ['C3: v4-translated', 'https://[::ffff:0:127.0.0.1]/'],
    ['C3: v4-compatible, public', 'https://[::8.8.8.8]/'],
    ['C3: v6 documentation', 'https://[2001:db8::1]/'],
    ['C3: v6 documentation, new', 'https://[3fff::1]/'],
    ['C3: v6 discard', 'https://[100::1]/'],
    ['C3: Teredo', 'https://[2001::1]/'],
    ['C3: not given out', 'https://[4000::1]/'],
  ])('refuses %s', (_what, url) => {
    expect(ruleOf(url)).toBe('callbackUrl.internal');
  });

  it.each([
    '',
    'example.com/hook',
    'https://',
    'https://exa mple.com',
    ' https://example.com',
    'https://example.com/\n',
    'https:example.com',
    'https:/example.com',
    'https:///example.com',
    'https:\\\\example.com',
    'https://example.com\\@10.0.0.1/',
    'https://example.com/\0',
    'https://exam\u00adple.com/',
    'https://example.com/\u200b',
    'https://example.com/\u202e',
  ])('refuses what is no URL: %j', (url) => {
    expect(ruleOf(url)).toBe('callbackUrl.form');
  });

  it.each(['http://example.com/', 'ftp://example.com/', 'HTTP://example.com'])('wants https: %s', (url) => {
    expect(ruleOf(url)).toBe('callbackUrl.https');
  });

  it.each([
    ['https://user@example.com/', 'callbackUrl.userInfo'],
    ['https://user:secret@example.com/', 'callbackUrl.userInfo'],
    ['https://example.com:0/', 'callbackUrl.port'],
  ])('C3: refuses %s as %s, without saying a password', (url, rule) => {
    expect(ruleOf(url)).toBe(rule);
    expect(JSON.stringify(checkCallbackUrl(url))).not.toContain('secret');
  });

  it('C3: counts up to 2048 characters as it is sent, everything encoded', () => {
    const head = 'https://example.com/';
    // One that is no ASCII becomes three for each of its four bytes.
    const most = Math.floor((2048 - head.length) / 12);
    expect(ruleOf(head + '😀'.repeat(most))).toBeNull();
    const reason = checkCallbackUrl(head + '😀'.repeat(most + 1));
    expect(reason).toMatchObject({
      field: 'callbackUrl',
      rule: 'callbackUrl.length',
      params: { length: head.length + 12 * (most + 1), max: 2048 },
    });
    expect(ruleOf(head + 'x'.repeat(2048 - head.length))).toBeNull();
    expect(ruleOf(head + 'x'.repeat(2049 - head.length))).toBe('callbackUrl.length');
  });

  it('C3: what is sent is what was parsed and checked', () => {
    expect(callbackHref('HTTPS://EXAMPLE.com:443/a/../b?q=é')).toBe('https://example.com/b?q=%C3%A9');
    expect(callbackHref('https://例え.jp')).toBe('https://xn--r8jz45g.jp/');
  });
});
