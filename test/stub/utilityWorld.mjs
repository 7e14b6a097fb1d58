/** Loaded before a utility process's script: gives it `process.parentPort`, takes what only Node's fork has, and ends it with its parent. */
import { EventEmitter } from 'node:events';

const send = process.send.bind(process);
class ParentPort extends EventEmitter {
  postMessage(message) {
    send(message, () => undefined);
  }
}
const port = new ParentPort();
const early = [];
process.on('message', (data) => {
  // As a port that nobody listens to yet: what comes waits.
  if (port.listenerCount('message') === 0) early.push(data);
  else port.emit('message', { data, ports: [] });
});
port.on('newListener', (name) => {
  if (name !== 'message') return;
  setImmediate(() => {
    for (const data of early.splice(0)) port.emit('message', { data, ports: [] });
  });
});
process.on('disconnect', () => process.exit(1));
Object.defineProperty(process, 'parentPort', { value: port, enumerable: true });
process.send = undefined;
