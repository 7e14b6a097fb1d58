/**
 * The one table of colours: what a file's tags mean (ITU-T H.273, by ffprobe's names), and what is done to reach BT.709.
 * Rules, plan, encoder and stills ask here; what is not in the table is refused, never guessed. Pure.
 */
import type { VideoFacts } from '../../../shared/contract/media.ts';

type ColorFacts = Pick<
  VideoFacts,
  'pixelFormat' | 'colorRange' | 'colorPrimaries' | 'colorTransfer' | 'colorSpace' | 'codedWidth' | 'codedHeight'
> & { dolbyVision?: VideoFacts['dolbyVision'] };

interface Primaries {
  /** As the zscale filter names them. */
  zscale: string;
  text: string;
}

const primariesTable: Readonly<Record<string, Primaries>> = {
  bt709: { zscale: '709', text: 'SDR' },
  bt470m: { zscale: 'bt470m', text: 'NTSC 1953' },
  bt470bg: { zscale: 'bt470bg', text: 'BT.601 (PAL)' },
  smpte170m: { zscale: '170m', text: 'BT.601 (NTSC)' },
  smpte240m: { zscale: '240m', text: 'SMPTE 240M' },
  film: { zscale: 'film', text: 'film' },
  bt2020: { zscale: '2020', text: 'BT.2020' },
  smpte431: { zscale: 'smpte431', text: 'DCI-P3' },
  smpte432: { zscale: 'smpte432', text: 'P3' },
  ebu3213: { zscale: 'jedec-p22', text: 'EBU 3213' },
  'jedec-p22': { zscale: 'jedec-p22', text: 'EBU 3213' },
};

/**
 * `display`: a curve that screens show as they show BT.709's; the values stay. `linear` is bent to it, PQ and HLG are mapped.
 * The logarithmic curves and those of cinema masters are not here: no one knows the look that was meant.
 */
const transferTable: Readonly<Record<string, 'display' | 'linear' | 'pq' | 'hlg'>> = {
  bt709: 'display',
  bt470m: 'display',
  bt470bg: 'display',
  smpte170m: 'display',
  smpte240m: 'display',
  'iec61966-2-1': 'display',
  'iec61966-2-4': 'display',
  bt1361e: 'display',
  'bt2020-10': 'display',
  'bt2020-12': 'display',
  linear: 'linear',
  smpte2084: 'pq',
  'arib-std-b67': 'hlg',
};

interface Matrix {
  zscale: string;
  /** As the scale filter names it; null: it does not know it. */
  scale: string | null;
}

const matrixTable: Readonly<Record<string, Matrix>> = {
  bt709: { zscale: '709', scale: 'bt709' },
  bt470bg: { zscale: '470bg', scale: 'bt470bg' },
  smpte170m: { zscale: '170m', scale: 'smpte170m' },
  // zscale of older builds misspells its name for this one: the number is the same everywhere.
  smpte240m: { zscale: '7', scale: 'smpte240m' },
  fcc: { zscale: 'fcc', scale: 'fcc' },
  bt2020nc: { zscale: '2020_ncl', scale: 'bt2020' },
  bt2020c: { zscale: '2020_cl', scale: null },
  ycgco: { zscale: 'ycgco', scale: null },
  gbr: { zscale: 'gbr', scale: null },
  ictcp: { zscale: 'ictcp', scale: null },
};

export type ColorDeal =
  /** Primaries as they are: the matrix and the range alone change, in the scaler. `matrix` null: the pixels are RGB. */
  | { kind: 'matrix'; matrix: string | null; range: 'tv' | 'full' }
  | { kind: 'convert'; primaries: string; transfer: string; matrix: string; range: 'limited' | 'full' }
  | { kind: 'toneMap'; primaries: string; transfer: 'smpte2084' | 'arib-std-b67'; matrix: string; range: string }
  /** Nobody can say what is meant: refused with the tags. */
  | { kind: 'unknown'; rule: 'clip.colorUnknown' | 'clip.dolbyVision' };

export const isRgb = (pixelFormat: string) => /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8)/.test(pixelFormat);
const isGrey = (pixelFormat: string) => /^(gray|mono|ya)/.test(pixelFormat);

/** ffprobe's words for "nothing said". */
export const saidOrNull = (tag: string | null | undefined) =>
  tag === undefined || tag === null || tag === 'unknown' || tag === 'unspecified' ? null : tag;

/** Nothing said: players take small pictures for standard definition. */
function usualMatrix(facts: ColorFacts): string {
  return facts.codedHeight >= 720 || facts.codedWidth >= 1280 ? 'bt709' : 'smpte170m';
}

/**
 * Dolby Vision by what its base layer is without the rest (`dv_bl_signal_compatibility_id`): HDR10 (1, 6), SDR (2), HLG (4).
 * Everything else, profile 5 before all, is a picture in colours of its own that only a Dolby decoder shows right.
 */
export function baseLayerOf(dolbyVision: VideoFacts['dolbyVision']): 'pq' | 'sdr' | 'hlg' | 'none' | null {
  if (!dolbyVision) return null;
  if (dolbyVision.profile === 5) return 'none';
  return ({ 1: 'pq', 6: 'pq', 2: 'sdr', 4: 'hlg' } as const)[dolbyVision.compatibility] ?? 'none';
}

const unknown: ColorDeal = { kind: 'unknown', rule: 'clip.colorUnknown' };

/** What must happen to a picture of these tags so that it is BT.709, standard range. */
export function colorDeal(facts: ColorFacts): ColorDeal {
  const base = baseLayerOf(facts.dolbyVision);
  if (base === 'none') return { kind: 'unknown', rule: 'clip.dolbyVision' };
  const tags = {
    primaries: saidOrNull(facts.colorPrimaries),
    transfer: saidOrNull(facts.colorTransfer),
    matrix: saidOrNull(facts.colorSpace),
  };
  const isRgbPicture = isRgb(facts.pixelFormat);
  if (facts.pixelFormat.startsWith('xyz')) return unknown;
  const curve =
    tags.transfer === null ? (base === 'pq' || base === 'hlg' ? base : 'display') : transferTable[tags.transfer];
  const isHdr = curve === 'pq' || curve === 'hlg';
  const primaries = primariesTable[tags.primaries ?? (isHdr ? 'bt2020' : 'bt709')];
  const matrixName = isRgbPicture ? 'gbr' : (tags.matrix ?? (isHdr ? 'bt2020nc' : usualMatrix(facts)));
  const matrix = matrixTable[matrixName];
  if (!curve || !primaries || !matrix || (matrixName === 'gbr' && !isRgbPicture)) return unknown;
  // Wide colours without a curve: standard range or HDR, nothing says which.
  if (tags.transfer === null && tags.primaries === 'bt2020' && base === null) return unknown;
  if (matrixName === 'ictcp' && !isHdr) return unknown;
  const isFull = isRgbPicture || facts.colorRange === 'pc';
  const range = isFull ? 'full' : 'limited';
  if (isHdr) {
    const transfer = curve === 'pq' ? 'smpte2084' : 'arib-std-b67';
    return { kind: 'toneMap', primaries: primaries.zscale, transfer, matrix: matrix.zscale, range };
  }
  const isPlain = primaries.zscale === '709' && curve === 'display';
  if (isPlain && (isRgbPicture || isGrey(facts.pixelFormat) || matrix.scale !== null)) {
    return { kind: 'matrix', matrix: isRgbPicture ? null : matrix.scale, range: isFull ? 'full' : 'tv' };
  }
  const transfer = curve === 'linear' ? 'linear' : '709';
  return { kind: 'convert', primaries: primaries.zscale, transfer, matrix: matrix.zscale, range };
}

/** Standard definition's own primaries: right as they are when the tags go along, converted when encoded anew. */
const isStandardDefinition = (facts: ColorFacts) =>
  ['bt470bg', 'smpte170m'].includes(facts.colorPrimaries ?? '') &&
  [null, 'bt470bg', 'smpte170m'].includes(saidOrNull(facts.colorSpace));

/** True when the clip may be sent with the tags that it has. */
export function hasPlainColor(facts: ColorFacts): boolean {
  if (facts.colorRange === 'pc' || isRgb(facts.pixelFormat)) return false;
  const deal = colorDeal(facts);
  if (deal.kind === 'convert') {
    return isStandardDefinition(facts) && deal.transfer === '709';
  }
  return deal.kind === 'matrix' && deal.matrix !== 'bt2020';
}

/** What a person reads: the gamut, or which HDR; with the tags themselves where they are not understood. */
export function colorText(facts: ColorFacts): string {
  const deal = colorDeal(facts);
  if (deal.kind === 'unknown') {
    if (deal.rule === 'clip.dolbyVision') {
      return `Dolby Vision ${facts.dolbyVision?.profile}.${facts.dolbyVision?.compatibility}`;
    }
    const said = [facts.colorPrimaries, facts.colorTransfer, facts.colorSpace].map((tag) => saidOrNull(tag) ?? '–');
    return said.join(' / ');
  }
  const dolby = facts.dolbyVision
    ? `, Dolby Vision ${facts.dolbyVision.profile}.${facts.dolbyVision.compatibility}`
    : '';
  if (deal.kind === 'toneMap') return `${deal.transfer === 'smpte2084' ? 'HDR (PQ' : 'HDR (HLG'}${dolby})`;
  const gamut = primariesTable[saidOrNull(facts.colorPrimaries) ?? 'bt709']?.text ?? 'SDR';
  const matrix = ['ycgco', 'bt2020c'].includes(facts.colorSpace ?? '') ? `, ${facts.colorSpace}` : '';
  const linear = deal.kind === 'convert' && deal.transfer === 'linear' ? ', linear' : '';
  const range = facts.colorRange === 'pc' && !isRgb(facts.pixelFormat) ? ', full range' : '';
  return `${gamut}${matrix}${linear}${range}`;
}

/** True when a build without zscale (and, for HDR, tonemap) cannot do it. */
export const needsColorTools = (deal: ColorDeal) => deal.kind === 'convert' || deal.kind === 'toneMap';

/** Put behind the scaler's own options: what changes in the scaler itself. */
export function scalerColor(deal: ColorDeal): string {
  if (deal.kind !== 'matrix') return '';
  const from = deal.matrix === null ? '' : `:in_color_matrix=${deal.matrix}:in_range=${deal.range}`;
  return `${from}:out_color_matrix=bt709:out_range=tv`;
}

/** Filters after scaling: the same result as before it, at half the time. They end in 4:2:0. */
export function colorFilters(facts: ColorFacts): string[] {
  const deal = colorDeal(facts);
  if (deal.kind === 'matrix' || deal.kind === 'unknown') return ['format=yuv420p'];
  // zscale reads planes alone; RGB comes in many other orders.
  const planes = deal.matrix === 'gbr' ? ['format=gbrp'] : [];
  const from = `pin=${deal.primaries}:tin=${deal.transfer}:min=${deal.matrix}:rin=${deal.range}`;
  if (deal.kind === 'convert') {
    const bend = deal.transfer === 'linear' ? ['format=gbrpf32le'] : [];
    return [
      ...planes,
      ...(bend.length > 0
        ? [`zscale=${from}:p=709:t=linear:m=gbr:r=full`, ...bend, 'zscale=t=709:m=709:r=limited']
        : []),
      ...(bend.length > 0 ? [] : [`zscale=${from}:p=709:t=709:m=709:r=limited`]),
      'format=yuv420p',
    ];
  }
  return [
    ...planes,
    // Every side is named: a stream without tags of its own would leave the scaler without a way.
    `zscale=${from}:p=${deal.primaries}:t=linear:m=gbr:r=full:npl=100`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
    'format=yuv420p',
  ];
}
