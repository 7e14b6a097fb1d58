/** A vitest reporter that writes what `npm test` sums up: counts, every failed test by name and every skipped one with its reason. */
import { writeFileSync } from 'node:fs';

export default class VitestCounts {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: [], skipped: [], crashed: [] };
    for (const module of modules) addModule(counts, module);
    for (const error of errors) counts.crashed.push(String(error.message ?? error));
    writeFileSync(process.env.RESTAGE_TEST_COUNTS, JSON.stringify(counts));
  }
}

function addModule(counts, module) {
  const file = module.relativeModuleId;
  for (const error of module.errors()) counts.crashed.push(`${file}: ${error.message}`);
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) counts.crashed.push(`${file} > ${suite.fullName}: ${error.message}`);
  }
  for (const test of module.children.allTests()) {
    const result = test.result();
    const name = `${file} > ${test.fullName}`;
    if (result.state === 'passed') counts.passed += 1;
    else if (result.state === 'failed') counts.failed.push({ name, reason: result.errors?.[0]?.message ?? null });
    else counts.skipped.push({ name, reason: result.note ?? null });
  }
}
