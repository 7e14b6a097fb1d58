/** `npm run screenshots [-- en create …]`: pictures of the real app for looking at, and the few that the README shows. */
import { runScript } from './runScript.mjs';

await runScript('screenshots/takeScreenshots.ts', { browser: true });
