/** Every rule for a character image as data, and what preparing will make of it. Pure. */
import type { ImageEdit, ImageFacts, Verdict } from '../../shared/contract/media.ts';
import { type ImageLimits, imageLimits, upscaleAdviceFactor } from '../../shared/limits.ts';
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
function imageSize(facts: Sides, limits: ImageLimits): { width: number; height: number; factor: number } {
  const short = Math.min(facts.width, facts.height);
  const long = Math.max(facts.width, facts.height);
  const factor = Math.min(limits.maxSidePx / long, Math.max(1, limits.minSidePx / short));
  if (factor === 1) return { width: facts.width, height: facts.height, factor };
  const side = (value: number) =>
    value === short ? Math.max(limits.minSidePx, Math.round(value * factor)) : Math.floor(value * factor + 1e-9);
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

const findings: readonly [id: string, check: (facts: ImageFacts, edit: ImageEdit, limits: ImageLimits) => Finding][] = [
  [
    'image.pixels',
    ({ width, height }, _edit, limits) => ({
      state: width * height > limits.maxDecodePixels ? 'blocked' : 'pass',
      params: {
        found: sizeText(width, height),
        foundMP: Math.round((width * height) / 1_000_000),
        maxMP: limits.maxDecodePixels / 1_000_000,
      },
    }),
  ],
  [
    'image.ratio',
    ({ width, height }, edit, limits) => {
      const ratio = width / height;
      const isInside = hasLegalRatio({ width, height });
      if (!isInside && edit.pad) {
        const to = padded({ width, height });
        const found = `${sizeText(width, height)} → ${sizeText(to.width, to.height)}`;
        return { state: 'fixed', params: { found, size: sizeText(width, height), max: limits.maxRatio } };
      }
      const found = ratio >= 1 ? `${Number(ratio.toFixed(2))}:1` : `1:${Number((1 / ratio).toFixed(2))}`;
      const params = { found, size: sizeText(width, height), max: limits.maxRatio };
      return { state: isInside ? 'pass' : 'blocked', params, fix: isInside ? null : 'cropImage' };
    },
  ],
  [
    'image.format',
    ({ format }, _edit, limits) => ({
      state: isFixed(limits.formats.includes(format)),
      params: { found: format.toUpperCase() },
    }),
  ],
  [
    'image.bytes',
    ({ sizeBytes }, _edit, limits) => ({
      state: isFixed(sizeBytes <= limits.maxBytes),
      params: { found: toMB(sizeBytes), max: toMB(limits.maxBytes) },
    }),
  ],
  [
    'image.sideMin',
    (facts, _edit, limits) => {
      const to = imageSize(facts, limits);
      return {
        state: isFixed(Math.min(facts.width, facts.height) >= limits.minSidePx),
        params: {
          found: sizeText(facts.width, facts.height),
          min: limits.minSidePx,
          to: sizeText(to.width, to.height),
        },
      };
    },
  ],
  [
    'image.sideMax',
    (facts, _edit, limits) => {
      const to = imageSize(facts, limits);
      return {
        state: isFixed(Math.max(facts.width, facts.height) <= limits.maxSidePx),
        params: {
          found: sizeText(facts.width, facts.height),
          max: limits.maxSidePx,
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
    (facts, _edit, limits) => ({
      state: Math.min(facts.width, facts.height) < limits.adviceMinSidePx ? 'warn' : 'pass',
      params: { found: sizeText(facts.width, facts.height), min: limits.adviceMinSidePx },
    }),
  ],
  [
    'image.upscale',
    (facts, _edit, limits) => {
      const { factor } = imageSize(facts, limits);
      return {
        state: factor > upscaleAdviceFactor ? 'warn' : 'pass',
        params: { factor: Number(factor.toFixed(1)), max: upscaleAdviceFactor },
      };
    },
  ],
];

/** What is left to judge when a part of the image is used. */
const seen = (facts: ImageFacts, edit: ImageEdit): ImageFacts => ({ ...facts, ...shownPicture(facts, edit.crop) });

export function checkImage(
  facts: ImageFacts,
  edit: ImageEdit = {},
  limits: ImageLimits = imageLimits,
): { verdicts: Verdict[]; isLegal: boolean } {
  const verdicts = findings.map(([id, check]) =>
    // What must be decoded is the whole image, whatever is used of it.
    toVerdict(id, 'image', check(id === 'image.pixels' ? facts : seen(facts, edit), edit, limits)),
  );
  if (edit.crop) {
    const state = isInsidePicture(facts, edit.crop) ? 'pass' : 'blocked';
    verdicts.unshift(toVerdict('crop.range', 'imageEdit', { state, params: cropParams(facts, edit.crop) }));
  }
  return { verdicts, isLegal: verdicts.every((verdict) => verdict.state !== 'blocked') };
}

export function planImage(facts: ImageFacts, edit: ImageEdit = {}, limits: ImageLimits = imageLimits): ImagePlan {
  const picture = imageSize(seen(facts, edit), limits);
  const needsPad = edit.pad !== undefined && !hasLegalRatio(picture);
  const { width, height } = needsPad ? padded(picture) : picture;
  const isEdited = effectiveCrop(facts, edit.crop) !== null || (edit.background !== undefined && facts.hasAlpha);
  const isUntouched =
    !isEdited && checkImage(facts, edit, limits).verdicts.every((v) => v.state === 'pass' || v.state === 'warn');
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
