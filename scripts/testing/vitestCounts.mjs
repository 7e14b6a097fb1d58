/** A vitest reporter that writes what `npm test` sums up: counts, and every skipped test with its reason. */
import { writeFileSync } from 'node:fs';

export default class VitestCounts {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: 0, skipped: [], crashed: [] };
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
    if (result.state === 'passed') counts.passed += 1;
    else if (result.state === 'failed') counts.failed += 1;
    else counts.skipped.push({ name: `${file} > ${test.fullName}`, reason: result.note ?? null });
  }
}
