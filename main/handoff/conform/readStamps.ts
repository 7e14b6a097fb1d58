/** When each picture of a variable-rate result is shown, in seconds from the first on. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { fileUrl, inputGuard, runText } from '../../media/ffmpeg.ts';

/** In the order of showing. Throws toolFailed, cancelled. */
export async function readStamps(options: {
  ffprobe: string;
  path: string;
  facts: VideoFacts;
  signal: AbortSignal;
}): Promise<number[]> {
  const { ffprobe, path, facts, signal } = options;
  const entries = [
    '-select_streams',
    String(facts.videoStreamIndex),
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
  ];
  const args = ['-v', 'error', ...inputGuard, ...entries, fileUrl(path)];
  const { stdout, stderr, exitCode } = await runText({ command: ffprobe, args, signal, deadlineMs: 120_000 });
  if (exitCode !== 0) throw new RestageError('toolFailed', { detail: stderr.slice(-500) });
  const stamps = [...stdout.matchAll(/^-?\d+(?:\.\d+)?/gm)].map(Number).sort((a, b) => a - b);
  // Pictures that an edit list hides have stamps before the first one that is shown.
  return stamps.map((seconds) => seconds - facts.startSeconds).filter((seconds) => seconds > -0.001);
}
