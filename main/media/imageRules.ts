/** Every rule for a character image as data, and what preparing will make of it. Pure. */
import type { ImageFacts, Verdict } from '../../shared/contract/media.ts';
import { imageLimits, upscaleAdviceFactor } from '../../shared/limits.ts';
import { type Finding, sizeText, toMB, toVerdict } from './rules.ts';

export interface ImagePlan {
  kind: 'untouched' | 'convert';
  width: number;
  height: number;
  format: 'jpeg' | 'png';
}

const isFixed = (ok: boolean): Verdict['state'] => (ok ? 'pass' : 'fixed');

/** Sides inside the limits, aspect kept; the longer one is rounded down so that the ratio never grows past its limit. */
function imageSize(facts: ImageFacts): { width: number; height: number; factor: number } {
  const short = Math.min(facts.width, facts.height);
  const long = Math.max(facts.width, facts.height);
  const factor = Math.min(imageLimits.maxSidePx / long, Math.max(1, imageLimits.minSidePx / short));
  if (factor === 1) return { width: facts.width, height: facts.height, factor };
  const side = (value: number) =>
    value === short ? Math.max(imageLimits.minSidePx, Math.round(value * factor)) : Math.floor(value * factor + 1e-9);
  return { width: side(facts.width), height: side(facts.height), factor };
}

/** 8-bit RGB or grey: what every decoder reads alike. */
function hasPlainColor(facts: ImageFacts): boolean {
  return ['srgb', 'b-w'].includes(facts.colorSpace ?? 'srgb') && (facts.bitsPerSample ?? 8) <= 8;
}

function colorText(facts: ImageFacts): string {
  const name = { srgb: 'sRGB', 'b-w': 'grey', cmyk: 'CMYK', rgb16: 'RGB' }[facts.colorSpace ?? ''] ?? facts.colorSpace;
  return `${name ?? 'RGB'} ${facts.bitsPerSample ?? 8}-bit`;
}

const findings: readonly [id: string, check: (facts: ImageFacts) => Finding][] = [
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
    ({ width, height }) => {
      const ratio = width / height;
      const isInside = ratio >= imageLimits.minRatio && ratio <= imageLimits.maxRatio;
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

export function checkImage(facts: ImageFacts): { verdicts: Verdict[]; isLegal: boolean } {
  const verdicts = findings.map(([id, check]) => toVerdict(id, 'image', check(facts)));
  return { verdicts, isLegal: verdicts.every((verdict) => verdict.state !== 'blocked') };
}

export function planImage(facts: ImageFacts): ImagePlan {
  const { width, height } = imageSize(facts);
  const isUntouched = checkImage(facts).verdicts.every((v) => v.state === 'pass' || v.state === 'warn');
  // PNG stays PNG while it is small enough; transparency of other formats needs it.
  const format = facts.format === 'png' || (facts.hasAlpha && facts.format !== 'jpeg') ? 'png' : 'jpeg';
  return { kind: isUntouched ? 'untouched' : 'convert', width, height, format };
}
