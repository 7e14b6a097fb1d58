/** Pick or reject, and stars. */
import { Rating } from '@mantine/core';
import { IconFlag, IconFlagOff } from '@tabler/icons-react';
import type { LibraryFlag, LibraryItem } from '../../../../shared/contract/library.ts';
import { Control } from '../../../player/Control.tsx';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Opened.module.css';

interface JudgementProps {
  item: Pick<LibraryItem, 'flag' | 'rating'>;
  onFlag: (flag: LibraryFlag) => void;
  onRate: (rating: number) => void;
}

export function Judgement({ item, onFlag, onRate }: JudgementProps) {
  const { t } = useTexts();
  const { flag, rating } = item;
  const toggle = (to: LibraryFlag) => () => onFlag(flag === to ? 'none' : to);
  return (
    <span className={classes.judgement} data-flag={flag} data-testid="judgement">
      <Control label={t('keys.command.pick')} command="pick" isPressed={flag === 'pick'} onClick={toggle('pick')}>
        <IconFlag size={16} />
      </Control>
      <Control
        label={t('keys.command.reject')}
        command="reject"
        isPressed={flag === 'reject'}
        onClick={toggle('reject')}
      >
        <IconFlagOff size={16} />
      </Control>
      <Rating
        value={rating}
        onChange={onRate}
        getSymbolLabel={(value) => t('library.stars', { number: value })}
        aria-label={t('library.rating')}
      />
    </span>
  );
}
