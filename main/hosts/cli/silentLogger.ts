/** For short commands without an app: what goes wrong is thrown, and nothing else is worth a log. */
import type { Logger } from '../../services.ts';

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
