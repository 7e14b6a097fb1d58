/** Money rule 2 and 3: when lost answers may be asked for again without a person. */
import { describe, expect, it } from 'vitest';
import { MAX_RESENDS, mayResend, RESEND_WINDOW_MS } from '../../../main/jobs/stages/submit.ts';

const at = 1_000_000;
const honours = { honoursKeys: true };

describe('resending a lost order on our own', () => {
  it('is allowed twice, inside ten minutes, on an account that was seen to honour keys', () => {
    expect(mayResend({ firstPostAt: at, postCount: 1 }, honours, at + 1)).toBe(true);
    expect(mayResend({ firstPostAt: at, postCount: MAX_RESENDS }, honours, at + 1)).toBe(true);
    expect(mayResend({ firstPostAt: at, postCount: MAX_RESENDS + 1 }, honours, at + 1)).toBe(false);
    expect(mayResend({ firstPostAt: at, postCount: 1 }, honours, at + RESEND_WINDOW_MS)).toBe(false);
  });
  it('is not allowed when the clock was set back: nobody knows how old the key is', () => {
    expect(mayResend({ firstPostAt: at, postCount: 1 }, honours, at - 86_400_000)).toBe(false);
  });
  it('is never allowed where keys were not seen to be honoured', () => {
    expect(mayResend({ firstPostAt: at, postCount: 1 }, { honoursKeys: false }, at + 1)).toBe(false);
  });
  it('is allowed once more by a person, with the same key, on any account', () => {
    expect(mayResend({ firstPostAt: null, postCount: 0 }, { honoursKeys: false }, at)).toBe(true);
  });
});
