/** Clips with one hard cut in them, by how their container tells the time: where it is marked is judged by the burnt-in number. */
import { mxfWithoutIndex, rewrap } from '../fixtures/fieldClips.ts';
import { type ClipOptions, h264, run } from '../fixtures/media.ts';
import { clip, FRAMES } from './clipDraw.ts';
import type { TimelineKind } from './judgeTimeline.ts';
import type { ClipTools } from './kinds.ts';

/** The first picture of the second shot. */
export const CUT_AT = 43;

const edge = (color: string, y: string) =>
  `drawbox=x=0:y=${y}:w=iw:h=ih/4:color=${color}:t=fill:enable='gte(n\\,${CUT_AT})'`;
/** Above and below the numbers everything changes. */
const cut = [edge('navy', '0'), edge('yellow', 'ih*3/4')].join(',');
const shots = (name: string, { filters, ...options }: ClipOptions = {}) =>
  clip(name, { ...options, filters: filters ? `${cut},${filters}` : cut });

async function withEdit(tools: ClipTools): Promise<string> {
  const made = await shots('uncut.mp4', { frames: FRAMES + 20, video: [...h264, '-g', '48', '-bf', '0'] })(tools);
  const edited = tools.path('edit.mp4');
  await run(tools.ffmpeg, ['-v', 'error', '-y', '-ss', '0.399', '-i', made, '-c', 'copy', edited]);
  return edited;
}

const kinds: readonly [what: string, draw: TimelineKind['draw']][] = [
  ['an edit list that hides the beginning', withEdit],
  ['MP4 with B-frames', shots('b.mp4', { video: [...h264, '-bf', '2'] })],
  ['a stream whose clock begins late', shots('late.ts', { output: ['-output_ts_offset', '60'] })],
  [
    'Matroska, thousandths of a second',
    async (tools) => rewrap(tools.ffmpeg, await shots('milli.mp4', { rate: '30000/1001' })(tools), tools.path('m.mkv')),
  ],
  ['AVI with B-frames', shots('b.avi', { video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2'] })],
  ['MXF without index', ({ ffmpeg, path }) => mxfWithoutIndex(ffmpeg, path, 'cut.mxf', cut)],
  [
    'variable stamps',
    shots('variable.mov', { rate: '30', filters: "select='not(eq(mod(n,5),2))'", output: ['-vsync', 'vfr'] }),
  ],
];

export const cutKinds: readonly TimelineKind[] = kinds.map(([what, draw], n) => ({
  id: `cut-${n}`,
  what,
  draw,
  expect: {},
}));
