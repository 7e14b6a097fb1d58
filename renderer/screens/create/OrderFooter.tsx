/** Price, Prepare and Generate: always in sight at the foot of the recipe. */
import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconCheck, IconPackage, IconX } from '@tabler/icons-react';
import { Suspense } from 'react';
import { formatNumber } from '../../format/units.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { useIsReading } from '../../state/order/intake.ts';
import { mostTakes, useTakesStore } from '../../state/order/takesStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { later } from '../../text/later.ts';
import { AgainLine } from './AgainLine.tsx';
import { CostLines } from './CostLines.tsx';
import classes from './Create.module.css';
import { useCreateKeys } from './useCreateKeys.ts';
import { useOrder } from './useOrder.ts';
import { useOrderCheck } from './useOrderCheck.ts';
import { usePrepare } from './usePrepare.ts';

/** Real credits only: the sandbox never asks. */
const ConfirmOrder = later(() => import('./ConfirmOrder.tsx').then((module) => module.ConfirmOrder));

/** Over the status bar: the price above the buttons is what is read before they are pressed. */
const underneath = { position: 'bottom-end', middlewares: { flip: false, shift: true } } as const;

export function OrderFooter() {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const order = useOrder();
  const preparing = usePrepare();
  const takes = useTakesStore((state) => state.takes);
  useCreateKeys({ generate: order.generate, prepare: preparing.prepare });
  return (
    <>
      <AgainLine />
      <div className={classes.costRow}>
        <CostLines />
        <TakesSelect />
      </div>
      <div className={classes.buttons}>
        <PrepareButton {...preparing} />
        <Tooltip label={withKey(t('create.generateHint'), 'generate')} disabled={!order.canOrder} {...underneath}>
          <Button
            size="sm"
            style={{ flex: '1 1 auto' }}
            loading={order.phase === 'ordering'}
            disabled={!order.canOrder || order.phase === 'ordered'}
            leftSection={order.phase === 'ordered' ? <IconCheck size={16} /> : null}
            onClick={order.generate}
          >
            {order.phase === 'ordered'
              ? t('create.ordered')
              : takes > 1
                ? t('create.generateTakes', { takes })
                : t('create.generate')}
          </Button>
        </Tooltip>
      </div>
      {order.canOrder || order.phase !== 'idle' ? null : <NotReady lacksProject={order.lacksProject} />}
      {order.phase === 'asking' ? (
        <Suspense fallback={null}>
          <ConfirmOrder
            needsRights={order.needsRights}
            canOrder={order.canOrder}
            onConfirm={() => void order.confirm()}
            onDecline={order.decline}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** The same order several times: takes differ, as the model never makes the same twice. */
function TakesSelect() {
  const { t } = useTexts();
  const takes = useTakesStore((state) => state.takes);
  return (
    <Tooltip label={t('create.matrix.takesLabel')} {...underneath}>
      <NativeSelect
        size="xs"
        className={classes.takes}
        rightSectionWidth={26}
        aria-label={t('create.matrix.takesLabel')}
        value={String(takes)}
        data={Array.from({ length: mostTakes }, (_, index) => ({
          value: String(index + 1),
          label: `× ${index + 1}`,
        }))}
        onChange={(event) => useTakesStore.setState({ takes: Number(event.currentTarget.value) })}
      />
    </Tooltip>
  );
}

function PrepareButton({ canPrepare, isPreparing, progress, prepare, cancel }: ReturnType<typeof usePrepare>) {
  const { t, language } = useTexts();
  const { withKey } = useKeyHints();
  if (isPreparing) {
    const label =
      progress === null
        ? t('create.preparingUnknown')
        : t('create.preparing', { percent: `${formatNumber(progress * 100, language, 0)} %` });
    return (
      <Button
        size="sm"
        variant="default"
        onClick={cancel}
        rightSection={<IconX size={14} aria-label={t('app.action.cancel')} />}
        className="tabular"
      >
        <span role="status">{label}</span>
      </Button>
    );
  }
  return (
    <Tooltip label={withKey(t('create.prepareHint'), 'prepare')} disabled={!canPrepare} {...underneath}>
      <Button
        size="sm"
        variant="default"
        disabled={!canPrepare}
        onClick={prepare}
        leftSection={<IconPackage size={16} />}
      >
        {t('create.prepare')}
      </Button>
    </Tooltip>
  );
}

/** Why Generate cannot be pressed yet, in one line. */
function NotReady({ lacksProject }: { lacksProject: boolean }) {
  const { t } = useTexts();
  const { videoId, imageId } = useDraft();
  const { check, isCurrent } = useOrderCheck();
  const isReading = useIsReading();
  const missing = isReading
    ? 'reading'
    : videoId === null
      ? 'video'
      : imageId === null
        ? 'image'
        : lacksProject
          ? 'project'
          : 'checking';
  // What stands in the way is counted above the price.
  if (missing === 'checking' && isCurrent && check?.isLegal === false) return null;
  return (
    <div className={classes.note} role="status">
      {t(`create.notReady.${missing}`)}
    </div>
  );
}
