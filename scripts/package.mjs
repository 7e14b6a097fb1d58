/** `npm run package`: packages for the system and processor of this machine, signed by who has a certificate, ad hoc otherwise. */

import { signingArguments } from './packaging/signing.mjs';
import { passThrough } from './runRestage.mjs';
import { node24, packageFile, root } from './setup/paths.mjs';

const args = process.argv.slice(2);
passThrough(node24, [packageFile('electron-builder/cli.js'), ...signingArguments(process.env), ...args], { cwd: root });
