/** One set-up at a time in a checkout: two npm scripts started together must not install over each other. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, say } from './paths.mjs';

const lockDir = path.join(root, '.restage-setup');
const beatMs = 2_000;
/** A holder that shows no sign of life while we watch this long is gone, whatever its process id says. */
const silenceMs = 30_000;

/** Runs `work` while holding the lock; waits for another holder, and takes over from a dead one. */
export async function withLock(work, folder = lockDir) {
  await acquire(folder);
  const beat = setInterval(() => touch(folder), beatMs);
  beat.unref();
  // Also when the process is ended from outside: a left-behind lock would cost the next run its waiting time.
  const onExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', onExit);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', onExit);
    onExit();
  }
}

async function acquire(folder) {
  let hasSpoken = false;
  let lastBeat = null;
  let watchedSinceMs = Date.now();
  for (;;) {
    if (tryTake(folder)) return;
    const holder = readHolder(folder);
    if (holder.beat !== lastBeat) {
      lastBeat = holder.beat;
      watchedSinceMs = Date.now();
    }
    const isSilent = Date.now() - watchedSinceMs > silenceMs;
    if (isSilent || (holder.pid !== null && !isAlive(holder.pid))) {
      takeAway(folder, holder);
      continue;
    }
    if (!hasSpoken) say(`waiting for another set-up (process ${holder.pid ?? 'unknown'})`);
    hasSpoken = true;
    await sleep(200);
  }
}

function tryTake(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

function readHolder(folder) {
  const holder = { pid: null, beat: null };
  try {
    holder.beat = statSync(folder).mtimeMs;
    holder.pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8')) || null;
  } catch {
    // Being taken or released at this moment.
  }
  return holder;
}

/** Moved aside first, and only removed when it still is the dead holder's: two waiters may have seen it at once. */
function takeAway(folder, seen) {
  const aside = `${folder}-${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  if (readHolder(aside).pid !== seen.pid) {
    try {
      renameSync(aside, folder);
      return;
    } catch {
      // A third one has taken it meanwhile; the moved one notices nothing worse than a missing folder.
    }
  }
  rmSync(aside, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function touch(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // Released in this moment.
  }
}
