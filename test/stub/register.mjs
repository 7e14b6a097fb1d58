/** `node --import ./test/stub/register.mjs out/main/index.js`: the built Electron entry, with a stand-in where Electron would be. */
import { registerHooks } from 'node:module';

const url = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
