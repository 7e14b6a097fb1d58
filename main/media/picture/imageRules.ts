/** Every rule for a character image as data, and what preparing will make of it. Pure. */
import type { ImageEdit, ImageFacts, Verdict } from '../../../shared/contract/media.ts';
import { type ImageLimits, imageLimits, upscaleAdviceFactor } from '../../../shared/rules/limits.ts';
import { effectiveCrop, isInsidePicture, shownPicture } from '../plan/geometry.ts';
import { cropParams, type Finding, sizeText, toMB, toVerdict } from '../plan/rules.ts';
import { contentFindings, isSettledByCopy } from './imageContent.ts';

export interface ImagePlan {
  /** clean: the same pixels, byte for byte, without what lies beside them. */
  kind: 'untouched' | 'clean' | 'convert';
  width: number;
  height: number;
  /** Of the picture inside; smaller than the file only when it is padded. */
  pictureWidth: number;
  pictureHeight: number;
  format: 'jpeg' | 'png';
}

const losslessFormats = ['png', 'gif', 'svg', 'bmp'];

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

/** Enough digits to see on which side of the limit it lies. */
function ratioText({ width, height }: Sides): string {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const ratio = long / short;
  const { maxRatio } = imageLimits;
  const isSeen = (digits: number) => ratio <= maxRatio || Number(ratio.toFixed(digits)) > maxRatio;
  const digits = [2, 3, 4, 5, 6].find(isSeen) ?? 8;
  const text = Number(ratio.toFixed(digits));
  return width >= height ? `${text}:1` : `1:${text}`;
}

/** What would be sent, where a copy without what is private may be. */
const sentBytes = ({ sizeBytes, inside }: ImageFacts, { keepMetadata }: ImageEdit) =>
  keepMetadata ? sizeBytes : Math.min(sizeBytes, inside?.cleanBytes ?? sizeBytes);

/** Whether a rule of the provider asks for other pixels than these. */
function needsPixels(facts: ImageFacts, edit: ImageEdit, limits: ImageLimits): boolean {
  return (
    !limits.formats.includes(facts.format) ||
    sentBytes(facts, edit) > limits.maxBytes ||
    imageSize(facts, limits).factor !== 1 ||
    effectiveCrop(facts, edit.crop) !== null ||
    (edit.pad !== undefined && !hasLegalRatio(facts))
  );
}

const findings: readonly [id: string, check: (facts: ImageFacts, edit: ImageEdit, limits: ImageLimits) => Finding][] = [
  [
    'image.pixels',
    (facts, edit, limits) => {
      const { width, height } = facts;
      const isLarge = width * height > limits.maxDecodePixels;
      const mustDecode = isLarge && needsPixels(facts, edit, limits);
      const params = {
        found: sizeText(width, height),
        foundMP: Math.round((width * height) / 1_000_000),
        maxMP: limits.maxDecodePixels / 1_000_000,
      };
      if (!isLarge) return { state: 'pass', params };
      return mustDecode ? { state: 'blocked', params } : { state: 'warn', params: { ...params, context: 'sent' } };
    },
  ],
  [
    'image.ratio',
    ({ width, height }, edit, limits) => {
      const isInside = hasLegalRatio({ width, height });
      if (!isInside && edit.pad) {
        const to = padded({ width, height });
        const found = `${sizeText(width, height)} → ${sizeText(to.width, to.height)}`;
        return { state: 'fixed', params: { found, size: sizeText(width, height), max: limits.maxRatio } };
      }
      const found = ratioText({ width, height });
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
    ({ sizeBytes, ...facts }, edit, limits) => {
      const isCopied = sizeBytes > limits.maxBytes && sentBytes({ ...facts, sizeBytes }, edit) <= limits.maxBytes;
      const params = { found: toMB(sizeBytes), max: toMB(limits.maxBytes) };
      return {
        state: isFixed(sizeBytes <= limits.maxBytes),
        params: isCopied ? { ...params, context: 'copy' } : params,
      };
    },
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
  ...contentFindings,
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
  const { verdicts } = checkImage(facts, edit, limits);
  const isEdited = effectiveCrop(facts, edit.crop) !== null;
  const fixed = verdicts.filter(({ state }) => state === 'fixed');
  const isCopied = ({ rule, params }: Verdict) =>
    isSettledByCopy(rule, facts) || (rule === 'image.bytes' && params?.context === 'copy');
  // Drawn pictures stay lossless while they are small enough; what keeps its transparency has to.
  const isTransparent = facts.inside?.isTransparent ?? facts.hasAlpha;
  const keepsAlpha = isTransparent && edit.background === 'transparent' && facts.format !== 'jpeg';
  return {
    kind: isEdited || !fixed.every(isCopied) ? 'convert' : fixed.length === 0 ? 'untouched' : 'clean',
    width,
    height,
    pictureWidth: picture.width,
    pictureHeight: picture.height,
    format: losslessFormats.includes(facts.format) || keepsAlpha ? 'png' : 'jpeg',
  };
}
