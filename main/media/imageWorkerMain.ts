/** Starts the image worker on its own, where no host's command line dispatches to it. */
import { runImageWorker } from './imageWorker.ts';

await runImageWorker();
