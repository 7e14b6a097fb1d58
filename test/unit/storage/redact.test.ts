/** What must never stand in a log, in every form in which it comes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../../main/storage/logger.ts';
import { keepSecret, redact } from '../../../main/storage/redact.ts';

const secret = 'S3CR3T-value-0123456789';

describe('trust 15: redaction', () => {
  it.each([
    `https://files.test/a.mp4?X-Amz-Signature=${secret}&Expires=1`,
    `HTTPS://FILES.TEST/a.mp4?sig=${secret}`,
    `/files/a.mp4?signature=${secret}`,
    `files/a.mp4?e=1&s=${secret}`,
    `//cdn.test/a?Expires=1&Key=${secret}`,
    `https://files.test/a.mp4#token=${secret}`,
    `#access_token=${secret}`,
    `https://user:${secret}@files.test/a.mp4`,
    `ftp://${secret}@files.test/a`,
    `wss://files.test/s?ticket=${secret}`,
    `Bearer ${secret}`,
    `authorization: Basic ${secret}`,
    `{"apiKey":"${secret}"}`,
    `{"api_key": "${secret}"}`,
    `EVOLINK_API_KEY=${secret}`,
    `x-api-key: ${secret}`,
    `password=${secret}`,
    `cookie: restage=${secret}`,
    `SK-EVO-${secret}`,
    `sk-${secret}`,
  ])('%s', (text) => {
    expect(redact(`before ${text} after`)).not.toContain(secret);
    expect(redact(`before ${text} after`)).toMatch(/^before .* after$/);
  });

  it('takes out a key of any form once it was entered', () => {
    const key = 'plain-words-9f';
    keepSecret(key);
    expect(redact(`the server said: unknown key ${key}.`)).not.toContain(key);
  });

  it('takes out the app’s own address', () => {
    const place = '0123456789abcdef'.repeat(2);
    for (const text of [`http://127.0.0.1:41234/${place}/media/x`, `HTTP://LOCALHOST:1/${place}/`]) {
      expect(redact(text)).not.toContain(place);
    }
    expect(redact(`http://127.0.0.1:41234/open/${place}${place}`)).not.toContain(place);
  });

  it('leaves what is no secret', () => {
    for (const text of [
      'ffmpeg -i file:/a/b.mp4 -vf scale=1280:720,fps=25 out.mp4',
      'https://evolink.ai/pricing',
      'why? because a = b',
      'job 0123 running → downloading',
    ])
      expect(redact(text)).toBe(text);
  });

  it('holds for every field of a line, and each line stays JSON', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    createLogger(folder, 'x').info('request', {
      url: `https://f.test/a?b=${secret}`,
      headers: { Authorization: secret, 'Set-Cookie': [`a=${secret}`] },
      text: `said "token=${secret}\\" and more`,
    });
    const line = readFileSync(path.join(folder, 'x.log'), 'utf8');
    expect(line).not.toContain(secret);
    expect(JSON.parse(line)).toMatchObject({ event: 'request' });
  });
});
