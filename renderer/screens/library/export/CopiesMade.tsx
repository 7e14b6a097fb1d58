/** What came of each copy: its facts, what a person has to know, where its sound lies, and a way to move that and make it again. */
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Conformed, ConformOutcome } from '../../../../shared/contract/conform.ts';
import type { ErrorData } from '../../../../shared/errors.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { useCommand } from '../../../bridge/queries.ts';
import { formatBytes, formatRate } from '../../../format/units.ts';
import { sentenceOf, useExplain } from '../../../text/explain.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Export.module.css';
import { OffsetInput } from './OffsetInput.tsx';
import type { Copies } from './useCopies.ts';

export function CopiesMade({ copies }: { copies: Copies }) {
  const { t } = useTexts();
  const { outcomes, folder } = copies;
  const count = outcomes.filter(({ state }) => state === 'made' || state === 'reused').length;
  const isStopped = outcomes.some(({ state }) => state === 'cancelled');
  return (
    <>
      <Text size="sm" role="status">
        {isStopped
          ? t('library.export.copies.stopped', { count, total: outcomes.length })
          : t('library.export.copies.made', { count, total: outcomes.length })}
      </Text>
      <ul className={classes.made} aria-label={t('library.export.copies.list')}>
        {outcomes.map((outcome) => (
          <OutcomeRow key={outcome.id} outcome={outcome} copies={copies} />
        ))}
      </ul>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {folder}
      </Text>
    </>
  );
}

function OutcomeRow({ outcome, copies }: { outcome: ConformOutcome; copies: Copies }) {
  if (outcome.state === 'cancelled') return null;
  if (outcome.state === 'failed') return <FailedRow id={outcome.id} error={outcome.error as ErrorData} />;
  return <CopyRow id={outcome.id} copy={outcome.copy} isReused={outcome.state === 'reused'} copies={copies} />;
}

function FailedRow({ id, error }: { id: string; error: ErrorData }) {
  const item = useCommand('library.get', { id }).data;
  const { title, reasons } = useExplain()(error);
  return (
    <li className={classes.outcome} data-failed>
      <IconAlertTriangle size={16} />
      <div>
        <p className={classes.file}>{shownText(item?.name ?? id)}</p>
        {reasons.length > 0 ? (
          reasons.map((reason) => <p key={reason.title}>{sentenceOf(reason)}</p>)
        ) : (
          <p>{[title, error.detail].filter(Boolean).join(' · ')}</p>
        )}
      </div>
    </li>
  );
}

interface CopyRowProps {
  id: string;
  copy: Conformed;
  isReused: boolean;
  copies: Copies;
}

const fileName = (file: string) => file.split(/[\\/]/).at(-1) ?? file;

function CopyRow({ id, copy, isReused, copies }: CopyRowProps) {
  const { t, language } = useTexts();
  const facts = [
    `${copy.width} × ${copy.height}`,
    t('library.export.copies.fps', { rate: formatRate(copy.frameRate, language) }),
    t('library.export.copies.frames', { count: copy.frameCount }),
    ...(copy.timecode === null ? [] : [copy.timecode]),
    formatBytes(copy.sizeBytes, language),
    ...(isReused ? [t('library.export.copies.reused')] : []),
  ];
  return (
    <li className={classes.outcome}>
      <IconCheck size={16} />
      <div>
        <p className={classes.file}>{shownText(fileName(copy.file))}</p>
        <p className={`${classes.facts} tabular`}>{facts.join(' · ')}</p>
        {copy.notes.map(({ id, params }) => (
          <p key={id} className={classes.note}>
            {t(`conform.notes.${id}` as 'conform.notes.resultSilent', params ?? {})}
          </p>
        ))}
        {copy.sound.from === 'original' || copy.sound.from === 'prepared' ? (
          <SoundOffset key={copy.sound.offsetMs} id={id} copy={copy} copies={copies} />
        ) : null}
      </div>
    </li>
  );
}

function SoundOffset({ id, copy, copies }: { id: string; copy: Conformed; copies: Copies }) {
  const { t } = useTexts();
  const found = Number(copy.sound.offsetMs.toFixed(3));
  const [offsetMs, setOffsetMs] = useState<number | null>(found);
  const { options } = copies;
  const again = () => {
    if (options && offsetMs !== null) copies.make([id], { ...options, soundOffsetMs: offsetMs });
  };
  return (
    <div className={classes.offset}>
      <OffsetInput label={t('library.export.copies.offset')} value={offsetMs} onChange={setOffsetMs} />
      <Button variant="default" disabled={!options || offsetMs === null || offsetMs === found} onClick={again}>
        {t('library.export.copies.again')}
      </Button>
    </div>
  );
}
