/** Under the two pictures: what the lines are for. */
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTexts } from '../text/i18n.ts';
import classes from './Framing.module.css';

export function FramingBar({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  return (
    <div className={classes.bar}>
      <span>{t('create.framing.hint')}</span>
      <Button size="compact-xs" onClick={onDone} leftSection={<IconCheck size={14} aria-hidden="true" />}>
        {t('create.crop.done')}
      </Button>
    </div>
  );
}
