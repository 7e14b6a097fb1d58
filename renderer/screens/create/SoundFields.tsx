/** The clip's sound: whether the result keeps it, which track, and whether it is sent at all. */
import { NativeSelect, Switch } from '@mantine/core';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { useClip } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';

export function SoundFields() {
  const { t } = useTexts();
  const { keepSound } = useDraft();
  const dispatch = useDraftDispatch();
  const clip = useClip();
  const hasNoSound = clip !== null && clip.facts.audio.length === 0;
  return (
    <>
      <Switch
        label={t('create.recipe.keepSound')}
        description={hasNoSound ? t('create.recipe.noSoundInClip') : null}
        checked={keepSound && !hasNoSound}
        disabled={hasNoSound}
        onChange={(event) => dispatch({ type: 'patch', patch: { keepSound: event.currentTarget.checked } })}
      />
      {clip !== null && clip.facts.audio.length > 0 ? <SoundTrackField tracks={clip.facts.audio} /> : null}
    </>
  );
}

function SoundTrackField({ tracks }: { tracks: VideoFacts['audio'] }) {
  const { t, language } = useTexts();
  const { soundTrack } = useDraft();
  const dispatch = useDraftDispatch();
  // As preparing takes it when none is chosen.
  const usual = Math.max(1, tracks.findIndex((track) => track.isDefault) + 1);
  return (
    <NativeSelect
      label={t('create.recipe.soundTrack')}
      description={tracks.length > 1 ? t('create.recipe.soundTrackHint') : null}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={soundTrack ?? usual}
      data={[
        ...tracks.map((track, index) => ({
          value: String(index + 1),
          label: [
            t('create.recipe.soundTrackName', { number: index + 1 }),
            languageName(track.language, language),
            t('create.recipe.soundTrackFacts', { codec: track.codec.toUpperCase(), channels: track.channels }),
          ]
            .filter(Boolean)
            .join(' · '),
        })),
        { value: '0', label: t('create.recipe.withoutSound') },
      ]}
      onChange={(event) => {
        const number = Number(event.currentTarget.value);
        dispatch({ type: 'setSoundTrack', soundTrack: number === usual ? null : number });
      }}
    />
  );
}

/** 'jpn' → 'Japanese'; null for what the file does not say or nobody knows. */
function languageName(code: string | null, language: string): string | null {
  if (code === null || code === 'und') return null;
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
