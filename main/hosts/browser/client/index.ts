/** Runs before the page's own module in the browser host and makes `window.restage`, as preload does in Electron. */
import type { RestageBridge } from '../../../../shared/contract/index.ts';
import { resync } from '../../resync.ts';
import { connect } from './connection.ts';
import { intakeFiles } from './intakeFiles.ts';

const connection = connect({ page: document.baseURI, onReconnected: () => void resync(connection) });

const bridge: RestageBridge<File> = {
  call: connection.call,
  on: connection.on,
  intake: (files) => intakeFiles(files, document.baseURI),
};
Object.defineProperty(window, 'restage', { value: Object.freeze(bridge), enumerable: true });
