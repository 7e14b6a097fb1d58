/** Every rule for a character image as data, and what preparing will make of it. Pure. */
import type { ImageEdit, ImageFacts, Verdict } from '../../shared/contract/media.ts';
import { imageLimits, upscaleAdviceFactor } from '../../shared/limits.ts';
import { effectiveCrop, isInsidePicture, shownPicture } from './geometry.ts';
import { cropParams, type Finding, sizeText, toMB, toVerdict } from './rules.ts';

export interface ImagePlan {
  kind: 'untouched' | 'convert';
  width: number;
  height: number;
  /** Of the picture inside; smaller than the file only when it is padded. */
  pictureWidth: number;
  pictureHeight: number;
  format: 'jpeg' | 'png';
}

const isFixed = (ok: boolean): Verdict['state'] => (ok ? 'pass' : 'fixed');

/** Sides inside the limits, aspect kept; the longer one is rounded down so that the ratio never grows past its limit. */
function imageSize(facts: Sides): { width: number; height: number; factor: number } {
  const short = Math.min(facts.width, facts.height);
  const long = Math.max(facts.width, facts.height);
  const factor = Math.min(imageLimits.maxSidePx / long, Math.max(1, imageLimits.minSidePx / short));
  if (factor === 1) return { width: facts.width, height: facts.height, factor };
  const side = (value: number) =>
    value === short ? Math.max(imageLimits.minSidePx, Math.round(value * factor)) : Math.floor(value * factor + 1e-9);
  return { width: side(facts.width), height: side(facts.height), factor };
}

type Sides = Pick<ImageFacts, 'width' | 'height'>;

const hasLegalRatio = ({ width, height }: Sides) =>
  width / height >= imageLimits.minRatio && width / height <= imageLimits.maxRatio;

/** The sides of the file around a picture of this size: just inside the allowed ratio. */
function padded({ width, height }: Sides): Sides {
  const least = (long: number) => Math.ceil(long / imageLimits.maxRatio);
  return width > height
    ? { width, height: Math.max(height, least(width)) }
    : { width: Math.max(width, least(height)), height };
}

/** 8-bit RGB or grey: what every decoder reads alike. */
function hasPlainColor(facts: ImageFacts): boolean {
  return ['srgb', 'b-w'].includes(facts.colorSpace ?? 'srgb') && (facts.bitsPerSample ?? 8) <= 8;
}

function colorText(facts: ImageFacts): string {
  const name = { srgb: 'sRGB', 'b-w': 'grey', cmyk: 'CMYK', rgb16: 'RGB' }[facts.colorSpace ?? ''] ?? facts.colorSpace;
  return `${name ?? 'RGB'} ${facts.bitsPerSample ?? 8}-bit`;
}

const findings: readonly [id: string, check: (facts: ImageFacts, edit: ImageEdit) => Finding][] = [
  [
    'image.pixels',
    ({ width, height }) => ({
      state: width * height > imageLimits.maxDecodePixels ? 'blocked' : 'pass',
      params: {
        found: sizeText(width, height),
        foundMP: Math.round((width * height) / 1_000_000),
        maxMP: imageLimits.maxDecodePixels / 1_000_000,
      },
    }),
  ],
  [
    'image.ratio',
    ({ width, height }, edit) => {
      const ratio = width / height;
      const isInside = hasLegalRatio({ width, height });
      if (!isInside && edit.pad) {
        const to = padded({ width, height });
        const found = `${sizeText(width, height)} → ${sizeText(to.width, to.height)}`;
        return { state: 'fixed', params: { found, size: sizeText(width, height), max: imageLimits.maxRatio } };
      }
      const found = ratio >= 1 ? `${Number(ratio.toFixed(2))}:1` : `1:${Number((1 / ratio).toFixed(2))}`;
      const params = { found, size: sizeText(width, height), max: imageLimits.maxRatio };
      return { state: isInside ? 'pass' : 'blocked', params, fix: isInside ? null : 'cropImage' };
    },
  ],
  [
    'image.format',
    ({ format }) => ({ state: isFixed(imageLimits.formats.includes(format)), params: { found: format.toUpperCase() } }),
  ],
  [
    'image.bytes',
    ({ sizeBytes }) => ({
      state: isFixed(sizeBytes <= imageLimits.maxBytes),
      params: { found: toMB(sizeBytes), max: toMB(imageLimits.maxBytes) },
    }),
  ],
  [
    'image.sideMin',
    (facts) => {
      const to = imageSize(facts);
      return {
        state: isFixed(Math.min(facts.width, facts.height) >= imageLimits.minSidePx),
        params: {
          found: sizeText(facts.width, facts.height),
          min: imageLimits.minSidePx,
          to: sizeText(to.width, to.height),
        },
      };
    },
  ],
  [
    'image.sideMax',
    (facts) => {
      const to = imageSize(facts);
      return {
        state: isFixed(Math.max(facts.width, facts.height) <= imageLimits.maxSidePx),
        params: {
          found: sizeText(facts.width, facts.height),
          max: imageLimits.maxSidePx,
          to: sizeText(to.width, to.height),
        },
      };
    },
  ],
  [
    'image.upright',
    ({ exifOrientation }) => ({ state: isFixed(exifOrientation === 1), params: { orientation: exifOrientation } }),
  ],
  ['image.color', (facts) => ({ state: isFixed(hasPlainColor(facts)), params: { found: colorText(facts) } })],
  [
    'image.sideAdvice',
    (facts) => ({
      state: Math.min(facts.width, facts.height) < imageLimits.adviceMinSidePx ? 'warn' : 'pass',
      params: { found: sizeText(facts.width, facts.height), min: imageLimits.adviceMinSidePx },
    }),
  ],
  [
    'image.upscale',
    (facts) => {
      const { factor } = imageSize(facts);
      return {
        state: factor > upscaleAdviceFactor ? 'warn' : 'pass',
        params: { factor: Number(factor.toFixed(1)), max: upscaleAdviceFactor },
      };
    },
  ],
];

/** What is left to judge when a part of the image is used. */
const seen = (facts: ImageFacts, edit: ImageEdit): ImageFacts => ({ ...facts, ...shownPicture(facts, edit.crop) });

export function checkImage(facts: ImageFacts, edit: ImageEdit = {}): { verdicts: Verdict[]; isLegal: boolean } {
  const verdicts = findings.map(([id, check]) =>
    // What must be decoded is the whole image, whatever is used of it.
    toVerdict(id, 'image', check(id === 'image.pixels' ? facts : seen(facts, edit), edit)),
  );
  if (edit.crop) {
    const state = isInsidePicture(facts, edit.crop) ? 'pass' : 'blocked';
    verdicts.unshift(toVerdict('crop.range', 'imageEdit', { state, params: cropParams(facts, edit.crop) }));
  }
  return { verdicts, isLegal: verdicts.every((verdict) => verdict.state !== 'blocked') };
}

export function planImage(facts: ImageFacts, edit: ImageEdit = {}): ImagePlan {
  const picture = imageSize(seen(facts, edit));
  const needsPad = edit.pad !== undefined && !hasLegalRatio(picture);
  const { width, height } = needsPad ? padded(picture) : picture;
  const isEdited = effectiveCrop(facts, edit.crop) !== null || (edit.background !== undefined && facts.hasAlpha);
  const isUntouched =
    !isEdited && checkImage(facts, edit).verdicts.every((v) => v.state === 'pass' || v.state === 'warn');
  // PNG stays PNG while it is small enough; transparency of other formats needs it.
  const format =
    facts.format === 'png' || (facts.hasAlpha && edit.background === undefined && facts.format !== 'jpeg')
      ? 'png'
      : 'jpeg';
  return {
    kind: isUntouched ? 'untouched' : 'convert',
    width,
    height,
    pictureWidth: picture.width,
    pictureHeight: picture.height,
    format,
  };
}
