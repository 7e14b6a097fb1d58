/** The order of test files: what takes longest begins first, so that both workers end together, on a machine that has not run them before too. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files by the start of their name below `test/`, longest first. What is not named comes after them, in vitest's own order. */
const longest: readonly string[] = [
  'integration/media/museum',
  'integration/media/matrix',
  'integration/media/prepare',
  'integration/cli/resume',
  'integration/jobs/crash',
  'integration/media/field',
  'integration/handoff/conform',
  'integration/media/shots',
  'integration/cli/refusals',
  'integration/cli/generate',
  'integration/sandbox/process',
  'integration/cli/prepare',
  'integration/jobs/wrongAnswers',
  'integration/media/colors',
  'integration/media/behaviour',
  'integration/jobs/faults',
  'integration/jobs/accountFaults',
  'integration/cli/signals',
  'integration/hosts/browserHost',
  'integration/sandbox/generations',
  'integration/jobs/model',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const name = moduleId.replaceAll('\\', '/').split('/test/').at(-1) ?? '';
  const place = longest.findIndex((start) => name.startsWith(start));
  return place === -1 ? longest.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // One project after the other, as before.
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => placeOf(a) - placeOf(b)),
    );
  }
}
