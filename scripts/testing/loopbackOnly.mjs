/** Loaded into every Node process of the tests (`--import`): a connection that would leave this machine is refused, and said. */
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const connect = net.Socket.prototype.connect;

/** What `connect` was asked for, as a host; null for pipes and Unix sockets. */
function hostOf(args) {
  // Node's own callers pass the arguments already normalised, as one array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first.path ? null : (first.host ?? 'localhost');
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return typeof second === 'string' ? second : 'localhost';
}

const isLoopback = (host) =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/i.test(host);

net.Socket.prototype.connect = function connectOnLoopback(...args) {
  const host = hostOf(args);
  if (host === null || isLoopback(host)) return connect.apply(this, args);
  const file = process.env.RESTAGE_TEST_LEAKS;
  if (file) appendFileSync(file, `${host} (from ${process.argv.slice(1, 3).join(' ')})\n`);
  process.nextTick(() =>
    this.destroy(Object.assign(new Error(`tests stay on this machine: ${host}`), { code: 'ENETUNREACH' })),
  );
  return this;
};
