/** Of a batch that is one long performance: how far it is from one result, and the way to it. */
import { Anchor, Button } from '@mantine/core';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { openItem } from '../../state/library/libraryStore.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';

export function PerformanceState({ id }: { id: string }) {
  const { t } = useTexts();
  const views = useCommand('performances.list', {}).data;
  const view = views?.find((each) => each.id === id);
  if (!view) return null;
  if (view.state === 'joined') {
    return view.itemId === null ? (
      <span>{t('queue.long.joined')}</span>
    ) : (
      <Anchor component="button" type="button" size="xs" onClick={() => openItem(view.itemId ?? '')}>
        {t('queue.long.open')}
      </Anchor>
    );
  }
  if (view.state === 'waiting') {
    const retry = () => void call('performances.join', {}).catch(notifyError);
    return (
      <Button size="compact-xs" variant="light" color="red" onClick={retry} title={t('queue.long.waitingHint')}>
        {t('queue.long.retry')}
      </Button>
    );
  }
  if (view.state === 'rendering') return null;
  return <span>{t(`queue.long.${view.state}`)}</span>;
}
