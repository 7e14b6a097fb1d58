/** The last line of `npm test` counts what Playwright's report says. */
import { expect, it } from 'vitest';
import { countPlaywright } from '../../../scripts/testing/suites.mjs';

const spec = (title: string, status: string, annotations: object[] = [], errors: object[] = []) => ({
  title,
  tests: [{ status, annotations, results: [{ errors }] }],
});

it('counts through nested suites and keeps the names and reasons of what failed and what was skipped', () => {
  const report = {
    errors: [],
    suites: [
      {
        title: 'journey.spec.ts',
        specs: [spec('by mouse', 'expected'), spec('by keys', 'unexpected', [], [{ message: 'no card\nat line 3' }])],
        suites: [
          {
            title: 'with footage',
            specs: [spec('plays', 'skipped', [{ type: 'skip', description: 'no footage' }]), spec('shaky', 'flaky')],
          },
        ],
      },
    ],
  };
  expect(countPlaywright(report)).toEqual({
    passed: 1,
    failed: [
      { name: 'journey.spec.ts > with footage > shaky', reason: null },
      { name: 'journey.spec.ts > by keys', reason: 'no card\nat line 3' },
    ],
    skipped: [{ name: 'journey.spec.ts > with footage > plays', reason: 'no footage' }],
    crashed: [],
  });
});

it('counts a file that could not be loaded as broken', () => {
  expect(countPlaywright({ errors: [{ message: 'SyntaxError\nat line 1' }], suites: [] }).crashed).toEqual([
    'SyntaxError',
  ]);
});
