/** The workflow files: actions by the commit of a release, no more rights than needed, scripts that are there, a package for every system and processor. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// js-yaml brings no types: what is used of it is said here.
const { load }: { load(text: string): unknown } = createRequire(import.meta.url)('js-yaml');
const root = path.resolve(import.meta.dirname, '..', '..', '..');
const folder = path.join(root, '.github', 'workflows');
const names = fs.readdirSync(folder);

interface Step {
  uses?: string;
  run?: string;
}
interface Workflow {
  permissions: unknown;
  jobs: Record<
    string,
    {
      steps: Step[];
      'timeout-minutes': number;
      strategy?: { matrix: { os?: string[]; include?: Record<string, string>[] } };
    }
  >;
}
const workflow = (name: string) => load(fs.readFileSync(path.join(folder, name), 'utf8')) as Workflow;
const stepsOf = (name: string) => Object.values(workflow(name).jobs).flatMap(({ steps }) => steps);

describe.each(names)('%s', (name) => {
  it('takes actions by the commit of a release, which is named beside it', () => {
    const lines = fs.readFileSync(path.join(folder, name), 'utf8').split('\n');
    const uses = lines.filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read and no more, unless a job says so, and ends by itself', () => {
    expect(workflow(name).permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow(name).jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('runs scripts that are there', () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const asked = stepsOf(name).flatMap(({ run }) => [...(run ?? '').matchAll(/npm (?:run )?([a-z:]+)/g)]);
    for (const [, script = ''] of asked) {
      if (!['ci', 'rebuild'].includes(script)) expect(Object.keys(scripts)).toContain(script);
    }
  });

  it('puts nothing that a stranger wrote into a shell', () => {
    for (const { run } of stepsOf(name)) expect(run ?? '').not.toMatch(/\$\{\{(?!\s*matrix\.)/);
  });
});

it('F31: packages are made for x64 and arm64 of three systems', () => {
  const made = workflow('packages.yml').jobs.package?.strategy?.matrix.include?.map(
    ({ system, arch }) => `${system} ${arch}`,
  );
  const systems = ['darwin', 'linux', 'win32'];
  expect(made?.sort()).toEqual(systems.flatMap((system) => [`${system} arm64`, `${system} x64`]));
});
