/** One picture of a view: its video or still, only the part that was used; or the reason why it cannot be seen, and a way out. */
import { Button, Loader, Skeleton } from '@mantine/core';
import { IconFileOff, IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { shownText } from '../../../../shared/words/shownText.ts';
import type { Place } from '../../../state/trim/framing.ts';
import { useTexts } from '../../../text/i18n.ts';
import { useLookAgain } from '../useLookAgain.ts';
import type { Group } from './group.ts';
import classes from './Stage.module.css';
import type { Side } from './sides.ts';
import { useGroupState } from './useGroup.ts';

interface SidePictureProps {
  side: Side;
  group: Group;
  isMuted: boolean;
  /** Where the part that was used lies in the room. */
  box: Place;
  /** Laid exactly over another picture of the same shape. */
  isStretched: boolean;
  onRetry: () => void;
}

export function SidePicture({ side, group, isMuted, box, isStretched, onRetry }: SidePictureProps) {
  return (
    <div className={classes.room}>
      {side.state === 'ready' ? (
        <div className={classes.picture} style={box} data-stretched={isStretched || undefined}>
          {side.lane ? <Moving side={side} group={group} isMuted={isMuted} /> : <Still side={side} />}
          {side.lane ? <Waiting group={group} /> : null}
        </div>
      ) : (
        <Absent side={side} onRetry={onRetry} />
      )}
    </div>
  );
}

/** In shares of the box, so that it follows every size. */
function wholeIn({ picture, part }: Side): React.CSSProperties {
  return {
    left: `${(-part.x / part.width) * 100}%`,
    top: `${(-part.y / part.height) * 100}%`,
    width: `${(picture.width / part.width) * 100}%`,
    height: `${(picture.height / part.height) * 100}%`,
  };
}

function useLabel({ kind, name, take }: Side): string {
  const { t } = useTexts();
  if (kind === 'reference') return t('create.player.video', { name: shownText(name) });
  if (kind === 'character') return t('viewer.character', { name: shownText(name) });
  const label = t('library.player', { name: shownText(name) });
  return take === null ? label : `${label}, ${t('viewer.take', { number: take })}`;
}

function Moving({ side, group, isMuted }: { side: Side; group: Group; isMuted: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const label = useLabel(side);
  const { key, src } = side;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another element
  useEffect(() => (video.current ? group.attach(key, video.current) : undefined), [group, key, src]);
  return (
    <video
      key={src}
      ref={video}
      src={src}
      style={wholeIn(side)}
      muted={isMuted}
      preload="auto"
      playsInline
      aria-label={label}
      data-testid={`${side.kind}-video`}
      // HEVC, ProRes and others "play" with their sound and no picture: no error, but no width either.
      onLoadedMetadata={(event) => {
        if (event.currentTarget.videoWidth === 0) side.onUnshowable();
      }}
      onError={side.onUnshowable}
      onClick={group.toggle}
    />
  );
}

function Still({ side }: { side: Side }) {
  return (
    <img src={side.src} style={wholeIn(side)} alt={useLabel(side)} draggable={false} onError={side.onUnshowable} />
  );
}

function Waiting({ group }: { group: Group }) {
  const isWaiting = useGroupState(group, (state) => state.isWaiting);
  return isWaiting ? <Loader className={classes.wait} size="xs" color="gray" aria-hidden="true" /> : null;
}

function Absent({ side, onRetry }: { side: Side; onRetry: () => void }) {
  const { t } = useTexts();
  const { look, isLooking } = useLookAgain();
  const { kind, state, name } = side;
  if (state === 'loading') return <Skeleton height="100%" role="status" aria-label={t('app.loading')} />;
  if (state === 'making') {
    return (
      <div className={classes.away} role="status">
        <Loader size="sm" color="gray" />
        {t('create.player.makingProxy')}
      </div>
    );
  }
  if (kind === 'result') {
    return (
      <div className={classes.away} role="status">
        <IconFileOff size={28} stroke={1.4} aria-hidden="true" />
        <span>{t(state === 'missing' ? 'viewer.resultAway' : 'viewer.resultFailed', { name: shownText(name) })}</span>
        {state === 'missing' ? (
          <Button variant="default" loading={isLooking} onClick={look}>
            {t('library.lookAgain')}
          </Button>
        ) : (
          <Button variant="default" onClick={onRetry}>
            {t('app.error.retry')}
          </Button>
        )}
      </div>
    );
  }
  const why = {
    reference: {
      missing: 'viewer.referenceAway',
      unknown: 'viewer.referenceUnknown',
      failed: 'viewer.referenceFailed',
    },
    character: { missing: 'viewer.characterAway', unknown: 'viewer.characterUnknown', failed: 'viewer.characterAway' },
  } as const;
  return (
    <div className={classes.away} role="status">
      <IconPhotoOff size={28} stroke={1.4} aria-hidden="true" />
      {t(why[kind][state === 'ready' ? 'unknown' : state], { name: shownText(name) })}
    </div>
  );
}
