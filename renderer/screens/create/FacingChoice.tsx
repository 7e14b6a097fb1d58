/** Which way the result faces: as in the image or as in the video, as two pictures; an element locks it, and says why. */

import { formatSeconds } from '../../../shared/time/duration.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { useLimits } from '../../state/shell/limits.ts';
import { useClip } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

export function FacingChoice() {
  const { t } = useTexts();
  const { orientation, elementId } = useDraft();
  const { clips } = useLimits();
  const dispatch = useDraftDispatch();
  const isLocked = elementId !== null;
  const choices = [
    {
      value: 'image',
      picture: <ImagePicture />,
      text: t('create.recipe.facingImage'),
      hint: t('create.recipe.facingUpTo', { seconds: clips['motion-image'].maxSeconds }),
    },
    {
      value: 'video',
      picture: <VideoPicture />,
      text: t('create.recipe.facingVideo'),
      hint: t('create.recipe.facingUpTo', { seconds: clips['motion-video'].maxSeconds }),
    },
  ] as const;
  return (
    <fieldset className={classes.facing}>
      <legend className={classes.legend}>{t('create.recipe.facing')}</legend>
      <div className={classes.choices}>
        {choices.map(({ value, picture, text, hint }) => (
          <label key={value} className={classes.choice}>
            <input
              type="radio"
              name="facing"
              value={value}
              checked={orientation === value}
              disabled={isLocked && value === 'image'}
              aria-label={text}
              onChange={() => dispatch({ type: 'patch', patch: { orientation: value } })}
            />
            {picture}
            <span>{text}</span>
            <span className={classes.choiceHint}>{hint}</span>
          </label>
        ))}
      </div>
      {isLocked ? <div className={classes.note}>{t('create.recipe.facingLocked')}</div> : <TooLong />}
    </fieldset>
  );
}

/** Choosing the image's facing with a longer range: said here, where it was chosen; the ways out stand in the checks. */
function TooLong() {
  const { t, language } = useTexts();
  const { orientation } = useDraft();
  const clip = useClip();
  const { maxSeconds } = useLimits().clips['motion-image'];
  if (orientation !== 'image' || !clip || clip.seconds <= maxSeconds + 1e-3) return null;
  return (
    <div className={classes.note} role="status">
      {t('create.recipe.tooLongForImage', { duration: formatSeconds(clip.seconds, language), max: maxSeconds })}
    </div>
  );
}

/** A still, framed: its figure looks the way the picture looks. */
function ImagePicture() {
  return (
    <svg viewBox="0 0 96 44" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <rect x="31" y="2" width="34" height="40" rx="2" />
      <circle cx="48" cy="15" r="5.5" />
      <path d="M46.2 14.2v.9M49.8 14.2v.9M46.4 17.3c1 .8 2.2 .8 3.2 0" strokeWidth="1.2" strokeLinecap="round" />
      <path d="M38 41v-7a10 10 0 0 1 20 0v7" strokeLinecap="round" />
    </svg>
  );
}

/** Frames of film: the figure turns with the performer. */
function VideoPicture() {
  return (
    <svg viewBox="0 0 96 44" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <rect x="8" y="6" width="80" height="32" rx="2" />
      <path d="M8 11.5h80M8 32.5h80" strokeWidth="1" strokeDasharray="3 3" />
      <circle cx="27" cy="18" r="3" />
      <path d="M27 21v6M27 23l-5-2M27 23l4 3M27 27l-3 5M27 27l4 4" strokeLinecap="round" />
      <circle cx="48" cy="17" r="3" />
      <path d="M48 20v6M48 22l-5 3M48 22l6-3M48 26l-4 5M48 26l4 5" strokeLinecap="round" />
      <circle cx="70" cy="18" r="3" />
      <path d="M70 21v6M70 23l-4-4M70 23l5-3M70 27l-4 4M70 27l5 3" strokeLinecap="round" />
    </svg>
  );
}
