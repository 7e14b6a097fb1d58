/** Progress is a picture on a terminal, and a line per change elsewhere. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createProgress, type ProgressItem } from '../../../main/hosts/cli/progress.ts';
import { styleFor } from '../../../main/hosts/cli/style.ts';

function recorder(isTerminal: boolean, env: Record<string, string> = {}) {
  let text = '';
  let nowMs = 0;
  const sink = {
    isTerminal,
    columns: 80,
    write: (more: string) => {
      text += more;
    },
  };
  const progress = createProgress({
    sink,
    style: styleFor(sink, env),
    summary: (done, total) => `${done} of ${total}`,
    now: () => nowMs,
  });
  return {
    progress,
    text: () => text,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}
const item = (more: Partial<ProgressItem> = {}): ProgressItem => ({
  id: 'a',
  label: 'Ada.jpg × dance.mp4',
  stage: 'running',
  ratio: null,
  tone: 'busy',
  ...more,
});

describe('without a terminal', () => {
  test('a change is a line, a repetition is none, percents come by quarters', () => {
    const { progress, text } = recorder(false);
    for (const ratio of [0, 0.1, 0.3, 0.31, 0.8]) progress.show([item({ ratio })]);
    progress.show([item({ stage: 'completed', tone: 'good' })]);
    expect(text()).toBe(
      'Ada.jpg × dance.mp4: running\nAda.jpg × dance.mp4: running 30%\nAda.jpg × dance.mp4: running 80%\nAda.jpg × dance.mp4: completed\n',
    );
  });

  test('no escape sequences', () => {
    const { progress, text } = recorder(false);
    progress.show([item({ label: 'a\u001b[31m', ratio: 0.5 })]);
    progress.note('note');
    progress.end();
    expect(text()).not.toContain('\u001b');
  });
});

describe('on a terminal', () => {
  test('the picture is drawn over the one before', () => {
    const { progress, text, pass } = recorder(true, { NO_COLOR: '1' });
    progress.show([item({ ratio: 0.5 })]);
    pass(1000);
    progress.show([item({ ratio: 1 })]);
    progress.end();
    const [, second] = text().split('\u001b[1A\u001b[0J');
    expect(text()).toContain('━━━━━━━━━─────────  50%');
    expect(second).toContain('━━━━━━━━━━━━━━━━━━ 100%');
  });

  test('NO_COLOR leaves no colour', () => {
    const { progress, text } = recorder(true, { NO_COLOR: '1' });
    progress.show([item({ ratio: 0.5 })]);
    expect(stripVTControlCharacters(text())).toBe(text());
  });

  test('many jobs are a summary and the ones that move', () => {
    const { progress, text } = recorder(true, { NO_COLOR: '1' });
    const items = Array.from({ length: 40 }, (_, index) =>
      item({
        id: String(index),
        label: `clip ${index}`,
        ...(index < 12 ? { tone: 'good' as const, stage: 'completed' } : {}),
      }),
    );
    progress.show(items);
    const lines = text().trimEnd().split('\n');
    expect(lines[0]).toBe('12 of 40');
    expect(lines).toHaveLength(8);
    expect(lines[1]).toContain('clip 12');
  });

  test('no line is wider than the terminal', () => {
    const { progress, text } = recorder(true, { NO_COLOR: '1' });
    progress.show([item({ label: '長い名前'.repeat(30), stage: 'waiting: '.repeat(20), ratio: 0.2 })]);
    for (const line of text().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
