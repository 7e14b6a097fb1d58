/** What lies in a picture's file beside plain pixels, as verdicts: colours, transparency, further pictures, damage, private data. Pure. */
import type { ImageInside, PrivateKind } from '../../../shared/contract/imageInside.ts';
import type { ImageEdit, ImageFacts, Verdict } from '../../../shared/contract/media.ts';
import type { Finding } from '../plan/rules.ts';

type Check = (facts: ImageFacts, edit: ImageEdit) => Finding;

/** A picture that is too large to be decoded goes as it is, with a word. */
const settled = ({ inside }: ImageFacts): Verdict['state'] => (inside?.isDecoded === false ? 'warn' : 'fixed');

/** 8-bit sRGB or grey: what every decoder reads alike. */
function hasPlainColor(facts: ImageFacts): boolean {
  return (
    ['srgb', 'b-w'].includes(facts.colorSpace ?? 'srgb') &&
    (facts.bitsPerSample ?? 8) <= 8 &&
    (facts.inside?.colorProfile ?? null) === null
  );
}

function colorText({ colorSpace, bitsPerSample, inside }: ImageFacts): string {
  const names: Readonly<Record<string, string>> = {
    srgb: 'sRGB',
    'b-w': 'grey',
    grey16: 'grey',
    cmyk: 'CMYK',
    rgb16: 'RGB',
  };
  const name = inside?.colorProfile ?? names[colorSpace ?? ''] ?? colorSpace;
  return `${name ?? 'RGB'} ${bitsPerSample ?? 8}-bit`;
}

const checkColor: Check = (facts) => {
  const params = { found: colorText(facts) };
  const problem = facts.inside?.colorProblem;
  if (problem) return { state: 'blocked', params: { ...params, context: problem } };
  if (hasPlainColor(facts)) return { state: 'pass', params };
  const state = settled(facts);
  return { state, params: state === 'warn' ? { ...params, context: 'kept' } : params };
};

const checkUpright: Check = (facts) => {
  const params = { orientation: facts.exifOrientation };
  if (facts.exifOrientation === 1) return { state: 'pass', params };
  const state = settled(facts);
  return { state, params: state === 'warn' ? { ...params, context: 'kept' } : params };
};

/** Grounds that have a name of their own. */
const groundNames: Readonly<Record<string, string>> = { '#ffffff': 'white', '#808080': 'grey', '#000000': 'black' };

const checkTransparency: Check = (facts, { background }): Finding => {
  const isTransparent = facts.inside?.isTransparent ?? facts.hasAlpha;
  if (!isTransparent) return { state: 'pass', params: { ground: '–', context: 'none' } };
  if (background === 'transparent' || facts.inside?.isDecoded === false) {
    return { state: 'warn', params: { ground: '–', context: 'kept' } };
  }
  const ground = (background ?? '#ffffff').toLowerCase();
  return { state: 'fixed', params: { ground, context: groundNames[ground] ?? 'other' } };
};

const checkFirst: Check = ({ pages, inside }) => {
  const context = pages <= 1 ? 'single' : inside?.isAnimated ? 'animated' : 'pages';
  return { state: pages <= 1 ? 'pass' : 'fixed', params: { count: pages, context } };
};

const checkDamage: Check = ({ inside }) => {
  const damage = inside?.damage ?? null;
  return { state: damage === null ? 'pass' : 'fixed', params: { context: damage ?? 'none' } };
};

/** Beside or behind the picture, whatever a person keeps of the metadata. */
const extraKinds: readonly PrivateKind[] = ['second', 'trailing', 'profile'];
const kindsIn = (inside: ImageInside | undefined) => inside?.privateKinds ?? [];

/** The one that tells most names the line. */
const checkMetadata: Check = ({ inside }, { keepMetadata }) => {
  const kinds = kindsIn(inside).filter((kind) => !extraKinds.includes(kind));
  const [worst] = ['place' as const, 'person' as const].filter((kind) => kinds.includes(kind));
  if (kinds.length === 0) return { state: 'pass', params: { context: 'none' } };
  const context = worst ?? 'other';
  if (!keepMetadata) return { state: 'fixed', params: { context } };
  return { state: 'warn', params: { context: context === 'place' ? 'keptPlace' : 'kept' } };
};

const checkExtra: Check = ({ inside }) => {
  const kinds = kindsIn(inside).filter((kind) => extraKinds.includes(kind));
  return { state: kinds.length === 0 ? 'pass' : 'fixed', params: { context: kinds[0] ?? 'none' } };
};

export const contentFindings: readonly [id: string, check: Check][] = [
  ['image.upright', checkUpright],
  ['image.color', checkColor],
  ['image.transparency', checkTransparency],
  ['image.first', checkFirst],
  ['image.damage', checkDamage],
  ['image.metadata', checkMetadata],
  ['image.extra', checkExtra],
];

/** What a copy of the picture's own bytes settles. */
export function isSettledByCopy(rule: string, { format, inside }: ImageFacts): boolean {
  if ((inside?.cleanBytes ?? null) === null) return false;
  return rule === 'image.first' ? format === 'png' : ['image.damage', 'image.metadata', 'image.extra'].includes(rule);
}
