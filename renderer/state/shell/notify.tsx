/** Short messages in the corner: failures explained, successes with the next step. Worded when they are drawn: a new language reaches them too. */
import { Anchor, Text } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import type { ErrorData } from '../../../shared/errors.ts';
import { errorDataOf } from '../../bridge/bridge.ts';
import { type Explained, sentenceOf, useExplain } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import { hrefOf, type Screen, useScreen } from './route.ts';

type Wording = (t: TFunction) => string;
interface NextStep {
  screen: Screen;
  label: Wording;
}

function messageOf({ reasons, advice, detail }: Explained) {
  if (reasons.length > 0) return reasons.map(sentenceOf).join('\n');
  return [advice, detail].filter(Boolean).join('\n');
}

/** Words that follow the language while they are shown. */
export function Words({ say }: { say: Wording }) {
  return say(useTexts().t);
}

function FailureTitle({ data }: { data: ErrorData }) {
  return useExplain()(data).title;
}

function FailureText({ data }: { data: ErrorData }) {
  return <Text style={{ whiteSpace: 'pre-line' }}>{messageOf(useExplain()(data))}</Text>;
}

const closeName = (
  <span className="visually-hidden">
    <Words say={(t) => t('app.action.close')} />
  </span>
);

/** A message in the corner whose button to close it has a name. */
export function showNotice(notice: NotificationData): void {
  notifications.show({ closeButtonProps: { children: closeName }, ...notice });
}

/** Shows any thrown value as an explained failure. */
export function notifyError(error: unknown): void {
  const data = errorDataOf(error);
  if (data.code === 'cancelled') return;
  showNotice({
    color: 'red',
    title: <FailureTitle data={data} />,
    message: <FailureText data={data} />,
    autoClose: 12_000,
  });
}

/** Where the next step leads to the screen that is shown already, there is none. */
function Done({ say, next }: { say: Wording; next?: NextStep | undefined }) {
  const { t } = useTexts();
  const screen = useScreen();
  return (
    <>
      {say(t)}{' '}
      {next && next.screen !== screen ? (
        <Anchor href={hrefOf(next.screen)} underline="always">
          {next.label(t)}
        </Anchor>
      ) : null}
    </>
  );
}

/** What a person should know although nothing failed. */
export function notifyHint(say: Wording): void {
  showNotice({ color: 'yellow', message: <Words say={say} />, autoClose: 12_000 });
}

/** Something that can be taken back for some seconds: what it was, and Undo. */
export function notifyUndo(say: (t: TFunction, language: string) => string, undo: () => void): void {
  const id = `undo-${crypto.randomUUID()}`;
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  showNotice({ id, color: 'accent', message: <Undoable say={say} onUndo={takeBack} />, autoClose: 8000 });
}

function Undoable({ say, onUndo }: { say: (t: TFunction, language: string) => string; onUndo: () => void }) {
  const { t, language } = useTexts();
  return (
    <>
      {say(t, language)}{' '}
      <Anchor component="button" type="button" underline="always" onClick={onUndo}>
        {t('keys.command.undo')}
      </Anchor>
    </>
  );
}

export function notifyDone(say: Wording, next?: NextStep): void {
  showNotice({ color: 'accent', message: <Done say={say} next={next} />, autoClose: 4500 });
}
