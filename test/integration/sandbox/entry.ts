/** A program that is nothing but the sandbox: what `selfCommand` is in these tests. */
import { flushCompileCache } from 'node:module';
import { runSandboxProcess } from '../../../main/sandbox/command.ts';

flushCompileCache();

process.exitCode = await runSandboxProcess(process.argv.slice(3));
