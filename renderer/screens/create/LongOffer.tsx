/** The button that offers a clip over the limit in back-to-back parts, wherever it is said that it is too long. */
import { Button } from '@mantine/core';
import { IconBorderVertical } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useDraft } from '../../state/order/draftStore.ts';
import { type Clip, isLonger } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';

const LongPerformance = later(() => import('./LongPerformance.tsx').then((module) => module.LongPerformance));

export function LongOffer({ clip }: { clip: Clip }) {
  const { t } = useTexts();
  const { imageId } = useDraft();
  const [isOpen, setIsOpen] = useState(false);
  // Without a character there is nothing to order yet.
  if (!isLonger(clip) || imageId === null) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="light"
        leftSection={<IconBorderVertical size={14} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        {t('create.long.offer')}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <LongPerformance clip={clip} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
