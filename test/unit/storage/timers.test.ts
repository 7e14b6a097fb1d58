/** Timers that are fed from outside: no number makes one fire at once, and every computed delay goes through the one place that sees to it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createLinkAlarm } from '../../../main/jobs/trouble/linkAlarm.ts';
import { LONGEST_TIMER_MS, pause, startTimer, systemClock, timerMs } from '../../../main/storage/clock.ts';

const main = path.join(import.meta.dirname, '../../../main');

afterEach(() => vi.useRealTimers());

it.each([
  [99_999_999_000, LONGEST_TIMER_MS],
  [Number.POSITIVE_INFINITY, LONGEST_TIMER_MS],
  [2 ** 31, LONGEST_TIMER_MS],
  [Number.NaN, 60_000],
  [-5, 0],
  [0.2, 1],
  [1500, 1500],
])('J1: a timer of %s ms is one of %s ms', (asked, held) => {
  expect(timerMs(asked)).toBe(held);
});

it('J1: a timer for three years has not fired after three weeks', () => {
  vi.useFakeTimers();
  let count = 0;
  startTimer(
    () => {
      count += 1;
    },
    3 * 365 * 86_400_000,
  );
  vi.advanceTimersByTime(21 * 86_400_000);
  expect(count).toBe(0);
});

it.each([[99_999_999_000], [1e23], [Number.POSITIVE_INFINITY], [Number.NaN]])(
  'J1: a sleep of %s ms is not over at once, and can be ended',
  async (ms) => {
    const controller = new AbortController();
    let isOver = false;
    const sleeping = systemClock.sleep(ms, controller.signal).then(
      () => {
        isOver = true;
      },
      () => {},
    );
    await pause(60);
    expect(isOver).toBe(false);
    controller.abort();
    await sleeping;
    expect(isOver).toBe(false);
  },
);

it('J1: a completion that lies years ahead does not sound the alarm of its link at once', async () => {
  const alarms: string[] = [];
  const alarm = createLinkAlarm(systemClock, (id) => alarms.push(id));
  alarm.watch('j', new Date(Date.now() + 40 * 365 * 86_400_000).toISOString());
  await pause(60);
  alarm.close();
  expect(alarms).toEqual([]);
});

/** The last argument of each call of `name` in a text, as written. */
function lastArguments(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`(?<![\\w.])${name}\\(`, 'g'))].map(({ index }) => {
    const from = index + name.length + 1;
    let depth = 0;
    const parts: string[] = [];
    let start = from;
    for (let at = from; at < text.length; at += 1) {
      const letter = text[at] ?? '';
      if ('([{'.includes(letter)) depth += 1;
      if (letter === ',' && depth === 0) {
        parts.push(text.slice(start, at));
        start = at + 1;
      }
      if (!')]}'.includes(letter)) continue;
      // Behind the last comma of a call over several lines there is nothing.
      if (depth === 0) return ([...parts, text.slice(start, at)].findLast((part) => part.trim() !== '') ?? '').trim();
      depth -= 1;
    }
    return '';
  });
}

const isFixed = (delay: string, text: string) =>
  /^[\d_]+$/.test(delay) ||
  /^timerMs\(/.test(delay) ||
  new RegExp(`^const ${delay.replace(/\W/g, '')} = [\\d_ *.]+;`, 'm').test(text);

it('J1: in main/ every delay that is not a written number goes through storage/clock.ts', () => {
  const found = readdirSync(main, { recursive: true, encoding: 'utf8' })
    // The page's own side of the browser host runs in the page.
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        name !== path.join('storage', 'clock.ts') &&
        !name.includes(path.join('browser', 'client')),
    )
    .flatMap((name) => {
      const text = readFileSync(path.join(main, name), 'utf8').replaceAll(/\/\/.*$/gm, '');
      const raw = ['setTimeout', 'setInterval', 'timeout'].flatMap((call) => lastArguments(text, call));
      const others = text.includes("'node:timers/promises'") || /AbortSignal\.timeout\((?![\d_]+\))/.test(text);
      return [
        ...raw.filter((delay) => !isFixed(delay, text)).map((delay) => `${name}: ${delay}`),
        ...(others ? [`${name}: timers/promises or AbortSignal.timeout`] : []),
      ];
    });
  expect(found).toEqual([]);
});
