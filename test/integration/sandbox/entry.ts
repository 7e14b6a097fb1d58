/** A program that is nothing but the sandbox: what `selfCommand` is in these tests. */
import { runSandboxProcess } from '../../../main/sandbox/command.ts';

process.exitCode = await runSandboxProcess(process.argv.slice(3));
