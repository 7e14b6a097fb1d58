/** Beside the crop box: ratios, what is left in pixels, back to the whole picture, done. */
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { fitRatio, wholeBox } from '../../shared/media/crop.ts';
import { type RatioName, ratioNames, ratioOf, storedCrop } from '../state/trim/crop.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Crop.module.css';
import type { CropEdit } from './CropBox.tsx';

interface CropBarProps extends Omit<CropEdit, 'ratio'> {
  ratioName: RatioName;
  onRatio: (name: RatioName) => void;
  onDone: () => void;
}

export function CropBar({ picture, crop, ratioName, onRatio, onChange, onDone }: CropBarProps) {
  const { t } = useTexts();
  const box = crop ?? wholeBox(picture);
  const choose = (name: RatioName) => {
    onRatio(name);
    onChange(storedCrop(picture, fitRatio(picture, box, ratioOf(picture, name))), `crop-ratio-${name}`);
  };
  const label = (name: RatioName) => (name === 'free' || name === 'source' ? t(`create.crop.${name}`) : name);
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('create.crop.title')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset does not lie in a row */}
      <div className={classes.ratios} role="group" aria-label={t('create.crop.ratio')}>
        {ratioNames.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant={name === ratioName ? 'light' : 'subtle'}
            color={name === ratioName ? 'accent' : 'gray'}
            aria-pressed={name === ratioName}
            onClick={() => choose(name)}
            className="tabular"
          >
            {label(name)}
          </Button>
        ))}
      </div>
      <span className={`${classes.size} tabular`} data-testid="crop-size" role="status">
        {t('create.crop.size', { width: box.width, height: box.height })}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={crop === null}
        onClick={() => {
          onRatio('free');
          onChange(null, 'crop-whole');
        }}
      >
        {t('create.crop.whole')}
      </Button>
      <Button size="compact-xs" onClick={onDone} leftSection={<IconCheck size={14} aria-hidden="true" />}>
        {t('create.crop.done')}
      </Button>
    </div>
  );
}
