/** Callback addresses: what a server on the internet could never reach, or should never be made to reach, is refused. */
import { describe, expect, it } from 'vitest';
import { checkCallbackUrl } from '../../../shared/callbackUrl.ts';

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
  ])('refuses what is no URL: %j', (url) => {
    expect(ruleOf(url)).toBe('callbackUrl.form');
  });

  it.each(['http://example.com/', 'ftp://example.com/', 'HTTP://example.com'])('wants https: %s', (url) => {
    expect(ruleOf(url)).toBe('callbackUrl.https');
  });

  it('counts characters as code points, up to 2048', () => {
    const head = 'https://example.com/';
    expect(ruleOf(head + '😀'.repeat(2048 - head.length))).toBeNull();
    const reason = checkCallbackUrl(head + '😀'.repeat(2049 - head.length));
    expect(reason).toMatchObject({
      field: 'callbackUrl',
      rule: 'callbackUrl.length',
      params: { length: 2049, max: 2048 },
    });
  });
});
