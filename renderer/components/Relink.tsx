/** A source that is not where it was: says which, takes the file that a person finds, and says why another one is not it. */
import { Button, Text } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Asset } from '../../shared/contract/media.ts';
import { formatBytes } from '../format/units.ts';
import { type RelinkRefusal, useRelink } from '../state/order/relink.ts';
import { sentenceOf, useExplain } from '../text/explain.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Relink.module.css';

/** What is to be said of a source: nothing while it is where it was. */
export function SourceNote({ asset }: { asset: Asset }) {
  const { t } = useTexts();
  if (!asset.isPresent) return <Relink asset={asset} />;
  if (!asset.isKeptOriginal) return null;
  return (
    <div className={classes.kept} role="status" data-testid={`kept-${asset.facts.kind}`}>
      {t('create.relink.kept', { name: asset.name })}
    </div>
  );
}

export function Relink({ asset }: { asset: Asset }) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const { look, isLooking, refusal } = useRelink(asset);
  const label = t('create.relink.find', { name: asset.name });
  return (
    <div className={classes.relink} data-testid={`relink-${asset.facts.kind}`}>
      <span role="alert">
        {asset.isPresent
          ? t('create.relink.changed', { name: asset.name })
          : t('create.relink.missing', { name: asset.name })}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconFileSearch size={14} />}
        loading={isLooking}
        aria-label={label}
        onClick={() => input.current?.click()}
      >
        {t('create.relink.button')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void look(files);
        }}
      />
      {refusal ? <Refusal refusal={refusal} /> : null}
    </div>
  );
}

function Refusal({ refusal }: { refusal: RelinkRefusal }) {
  const { t, language } = useTexts();
  const explain = useExplain();
  const text = () => {
    if (refusal.kind === 'content') return t('create.relink.otherContent', { name: refusal.name });
    if (refusal.kind === 'size') {
      return t('create.relink.otherSize', {
        name: refusal.name,
        found: formatBytes(refusal.foundBytes, language),
        wanted: formatBytes(refusal.wantedBytes, language),
        bytes: new Intl.NumberFormat(language).format(Math.abs(refusal.foundBytes - refusal.wantedBytes)),
      });
    }
    const { title, reasons } = explain(refusal.error);
    return reasons[0] ? sentenceOf(reasons[0]) : title;
  };
  return (
    <Text size="xs" c="var(--r-bad)" w="100%" role="alert">
      {text()}
    </Text>
  );
}
