/** The rules that ask what a source is made of: its colours, its sound, and what of it came whole. Pure. */
import { isWholeClip, trimSeconds } from '../../../shared/time/trim.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { colorDeal, colorText, hasPlainColor } from './color.ts';
import { type Finding, isKept, type Rule, type RuleContext, round3 } from './ruleParts.ts';

/** Colours that the table does not know, each kind under its own name. */
function checkUnknownColor(rule: 'clip.colorUnknown' | 'clip.dolbyVision') {
  return ({ facts }: RuleContext): Finding | null => {
    const deal = colorDeal(facts);
    const isMeant = deal.kind === 'unknown' && deal.rule === rule;
    return isMeant ? { state: 'blocked', params: { found: colorText(facts) } } : null;
  };
}

/** A GIF has a transparent colour in any case, whether or not anything is drawn with it. */
const hasTransparency = ({ pixelFormat, codec }: RuleContext['facts']) =>
  codec !== 'gif' && /^(yuva|gbrap|rgba|bgra|argb|abgr|ya\d)/.test(pixelFormat);

function checkSound({ facts, limits, trim, soundTrack }: RuleContext): Finding {
  const track = chosenAudio(facts, soundTrack);
  if (soundTrack === 0 && facts.audio.length > 0) {
    return { state: 'fixed', params: { found: '–', tracks: facts.audio.length, context: 'without' } };
  }
  if (!track) return { state: 'pass', params: { found: '–', tracks: 0 } };
  const isSimple = facts.audio.length === 1 && track.codec === 'aac' && track.channels <= 2;
  const startSeconds = track.startSeconds - facts.startSeconds;
  const isAligned = Math.abs(startSeconds) < 0.03;
  // A sound that ends after the picture makes the whole file longer: what a server measures is the file.
  const endSeconds = startSeconds + (track.durationSeconds ?? 0);
  const fitsLimit = !isWholeClip(facts, trim) || endSeconds <= limits.maxSeconds + 1e-3;
  const found = `${track.codec.toUpperCase()} ${track.channels}ch`;
  return { state: isKept(isSimple && isAligned && fitsLimit), params: { found, tracks: facts.audio.length } };
}

/** Ears and eyes forgive less at the beginning than at the end: this much is worth a word. */
const SOUND_END_SECONDS = 0.1;

/** Nothing is wrong with such a file, and nothing is done to one that goes as it is: but what is missing or too long is said. */
function checkSoundLength({ facts, trim, soundTrack }: RuleContext): Finding | null {
  const end = chosenAudio(facts, soundTrack)?.endSeconds;
  if (end === undefined) return null;
  const { from, to } = trimSeconds(facts, trim);
  const missing = to - Math.max(from, end);
  if (missing > SOUND_END_SECONDS) return { state: 'warn', params: { seconds: round3(missing) } };
  const over = end - to;
  if (!isWholeClip(facts, trim) || over <= SOUND_END_SECONDS) return null;
  return { state: 'warn', params: { seconds: round3(over), context: 'long' } };
}

/** Only where a track was named: one that the clip does not have is told, never replaced by another. */
function checkSoundTrack({ facts, soundTrack }: RuleContext): Finding | null {
  if (soundTrack === undefined || soundTrack <= facts.audio.length) return null;
  return { state: 'blocked', params: { found: soundTrack, tracks: facts.audio.length }, field: 'soundTrack' };
}

export const colorRules: readonly Rule[] = [
  {
    id: 'clip.color',
    check: ({ facts }) =>
      colorDeal(facts).kind === 'unknown'
        ? null
        : { state: isKept(hasPlainColor(facts)), params: { found: colorText(facts) } },
  },
  { id: 'clip.colorUnknown', check: checkUnknownColor('clip.colorUnknown') },
  { id: 'clip.dolbyVision', check: checkUnknownColor('clip.dolbyVision') },
];

export const sourceRules: readonly Rule[] = [
  {
    id: 'file.cutShort',
    check: ({ facts }) =>
      facts.isCutShort ? { state: 'fixed', params: { seconds: round3(facts.durationSeconds) } } : null,
  },
  {
    id: 'clip.transparency',
    check: ({ facts }) => (hasTransparency(facts) ? { state: 'fixed', params: { found: facts.pixelFormat } } : null),
  },
  {
    id: 'clip.metadata',
    check: ({ facts: { privateKinds: [worst] = [] } }) =>
      worst ? { state: 'fixed', params: { context: worst } } : null,
  },
  { id: 'clip.sound', check: checkSound },
  { id: 'clip.soundLength', check: checkSoundLength },
  {
    id: 'clip.soundEmpty',
    check: ({ facts: { emptySoundCount = 0 } }) =>
      emptySoundCount > 0 ? { state: 'fixed', params: { found: emptySoundCount } } : null,
  },
  { id: 'clip.soundTrack', check: checkSoundTrack },
];
