/** The reference video: player, transport, trim bar, facts. */

import { IconMovie } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { codecText } from '../../../shared/media/codecs.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { SourceNote } from '../../components/Relink.tsx';
import { useCropping } from '../../crop/useCropping.tsx';
import { formatBytes, formatRate } from '../../format/units.ts';
import { Player } from '../../player/Player.tsx';
import { Transport } from '../../player/Transport.tsx';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { usePlayerStore } from '../../state/trim/player.ts';
import { longestWithin } from '../../state/trim/trim.ts';
import { type Clip, useClip, useVideoAsset } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { Timeline } from '../../timeline/Timeline.tsx';
import classes from './Create.module.css';
import { ClipPadField } from './FillFields.tsx';
import { LongOffer } from './LongOffer.tsx';
import { SlotPanel } from './SlotPanel.tsx';
import { useFramedImage } from './useFramedImage.ts';

const FramingBar = later(() => import('../../framing/FramingBar.tsx').then((module) => module.FramingBar));

export function MotionPanel() {
  const { videoId } = useDraft();
  const dispatch = useDraftDispatch();
  const clip = useClip();
  const asset = useVideoAsset();
  const failure = videoId !== null && asset.isError ? <ErrorNote error={asset.error} /> : null;
  return (
    <SlotPanel
      slot="video"
      icon={<IconMovie size={44} stroke={1.2} />}
      fileName={clip ? shownText(clip.asset.name) : null}
      onRemove={() => dispatch({ type: 'setVideo', videoId: null, trim: null })}
    >
      {clip ? <Loaded clip={clip} /> : failure}
    </SlotPanel>
  );
}

const putToolAway = () => usePlayerStore.setState({ tool: null });

function Loaded({ clip }: { clip: Clip }) {
  const { t, language } = useTexts();
  const [isMuted, setIsMuted] = useState(false);
  const { facts, maxSeconds } = clip;
  const tool = usePlayerStore((state) => state.tool);
  const cropping = useCropping({
    picture: facts,
    crop: clip.crop,
    isOpen: tool === 'crop',
    onChange: clip.setCrop,
    onDone: putToolAway,
  });
  const framed = useFramedImage();
  const beside = tool === 'framing' ? framed : null;
  // The range that a clip over the limit starts with: said until the person has moved it.
  const isCutAtStart =
    clip.range.from === 0 &&
    clip.range.to < clip.clock.length &&
    clip.range.to === longestWithin(clip.clock, maxSeconds);
  return (
    <>
      <SourceNote asset={clip.asset} />
      <Player clip={clip} isMuted={isMuted} overlay={cropping.overlay} beside={beside} />
      {cropping.bar}
      {beside ? (
        <Suspense fallback={null}>
          <FramingBar onDone={putToolAway} />
        </Suspense>
      ) : null}
      <Transport clip={clip} isMuted={isMuted} onMute={setIsMuted} canFrame={framed !== null} />
      <Timeline clip={clip} />
      {isCutAtStart ? (
        <div className={classes.advice}>
          {t('create.timeline.clipIsLonger', {
            duration: formatSeconds(facts.durationSeconds, language),
            max: maxSeconds,
          })}
        </div>
      ) : null}
      <div className={`${classes.facts} tabular`}>
        {t('create.facts.video', {
          width: facts.width,
          height: facts.height,
          rate: formatRate(facts.frameRate, language),
          codec: codecText(facts),
          size: formatBytes(facts.sizeBytes, language),
        })}
        {facts.isConstantRate ? null : <span> · {t('create.timeline.variableRate')}</span>} <LongOffer clip={clip} />
      </div>
      <ClipPadField />
    </>
  );
}
