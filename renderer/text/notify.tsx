/** Short messages in the corner: failures explained, successes with the next step. */
import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ErrorData } from '../../shared/errors.ts';
import { errorDataOf } from '../bridge/bridge.ts';
import { hrefOf, type Screen } from '../state/route.ts';
import { type Explained, sentenceOf, useExplain } from './explain.ts';

function messageOf({ reasons, advice, detail }: Explained) {
  if (reasons.length > 0) return reasons.map(sentenceOf).join('\n');
  return [advice, detail].filter(Boolean).join('\n');
}

/** Answers a function that shows any thrown value as an explained failure. */
export function useNotifyError(): (error: unknown, title?: string) => void {
  const explain = useExplain();
  return (error, title) => {
    const data: ErrorData = errorDataOf(error);
    if (data.code === 'cancelled') return;
    const explained = explain(data);
    notifications.show({
      color: 'red',
      title: title ?? explained.title,
      message: <Text style={{ whiteSpace: 'pre-line' }}>{messageOf(explained)}</Text>,
      autoClose: 12_000,
    });
  };
}

export function notifyDone(message: string, next?: { screen: Screen; label: string }): void {
  notifications.show({
    color: 'accent',
    message: (
      <>
        {message} {next ? <Anchor href={hrefOf(next.screen)}>{next.label}</Anchor> : null}
      </>
    ),
    autoClose: 4500,
  });
}
