/** What a clip's file tells beside picture and sound: places, movements, names, the camera, words. Pure. */
import { type ClipPrivateKind, clipPrivateKinds } from '../../../shared/contract/media.ts';
import type { BoxIndex } from './boxes.ts';
import type { ProbeAnswer } from './probe.ts';

/** By the last part of a tag's name, as ffprobe writes it (`com.apple.quicktime.location.ISO6709`, `location-eng`, `©xyz` as `location`). */
const tagKinds: readonly [RegExp, ClipPrivateKind][] = [
  [/(^|[._-])(location|gps|latitude|longitude|xyz|iso6709)/i, 'place'],
  [/(^|[._-])(artist|author|album_artist|composer|performers?|copyright|owner|producer|director|creator)$/i, 'person'],
  [/(^|[._-])(make|model|camera[a-z_-]*|serial[a-z_-]*|firmware|manufacturer|android[a-z._-]*)$/i, 'device'],
  [/(^|[._-])(title|comment|description|synopsis|keywords|lyrics|information|displayname)$/i, 'text'],
];

/** Of the index's own `udta`, what no tag shows. */
const boxKinds: Readonly<Record<string, ClipPrivateKind>> = {
  '©xyz': 'place',
  loci: 'place',
  GPMF: 'telemetry',
  '©mak': 'device',
  '©mod': 'device',
  manu: 'device',
  modl: 'device',
  auth: 'person',
  '©aut': 'person',
  '©ART': 'person',
  XMP_: 'text',
};

/** A timecode track tells when, and is what an editor wants kept; all other tracks of data are a camera's notes. */
const isTelemetry = ({ codec_type: type, codec_tag_string: tag }: ProbeAnswer['streams'][number]) =>
  type === 'data' && tag !== 'tmcd';

/** In the order of what tells most. */
export function privateKindsOf(answer: ProbeAnswer, index: BoxIndex | null): ClipPrivateKind[] {
  const found = new Set<ClipPrivateKind>();
  const tags = [answer.format?.tags, ...answer.streams.map((stream) => stream.tags)];
  for (const name of tags.flatMap((own) => Object.keys(own ?? {}))) {
    for (const [pattern, kind] of tagKinds) if (pattern.test(name)) found.add(kind);
  }
  for (const type of index?.userData ?? []) {
    const kind = boxKinds[type];
    if (kind) found.add(kind);
  }
  if (answer.streams.some(isTelemetry)) found.add('telemetry');
  return clipPrivateKinds.filter((kind) => found.has(kind));
}
