/** What motion and character have in common: panel, drop target, file dialog, the spinner while reading, the reason of a refusal. */
import { ActionIcon, Button, CloseButton, Loader, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconReplace, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { useCommand } from '../../bridge/queries.ts';
import { FilePicker } from '../../components/FilePicker.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Poster } from '../../components/Poster.tsx';
import { type Refusal, type Slot, useIntake, useIntakeStore } from '../../state/order/intake.ts';
import { sentenceOf, useExplain } from '../../text/explain.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';

interface SlotPanelProps {
  slot: Slot;
  icon: ReactNode;
  fileName: string | null;
  onRemove: () => void;
  /** Further buttons beside Replace and Remove. */
  tools?: ReactNode;
  /** Null: nothing chosen yet. */
  children: ReactNode | null;
}

const area = { video: 'motion', image: 'character' } as const;

export function SlotPanel({ slot, icon, fileName, onRemove, tools, children }: SlotPanelProps) {
  const { t } = useTexts();
  const { receive } = useIntake();
  const isReading = useIntakeStore((state) => state.reading[slot]);
  const refusal = useIntakeStore((state) => state.refusals[slot]);
  const name = area[slot];
  return (
    <FilePicker
      slot={slot}
      className={classes.zone}
      inputLabel={t(`create.${name}.input`)}
      takesSeveral
      onFiles={(files) => void receive(files, slot)}
    >
      {(choose) => (
        <Panel
          title={t(`create.${name}.title`)}
          subtitle={children ? fileName : null}
          isScrolling={false}
          className={classes.zone}
          actions={
            children ? (
              <>
                {tools}
                <SlotAction label={t(`create.${name}.replace`)} onClick={choose} icon={<IconReplace size={16} />} />
                <SlotAction label={t(`create.${name}.remove`)} onClick={onRemove} icon={<IconTrash size={16} />} />
              </>
            ) : null
          }
        >
          {refusal ? <RefusalNote slot={slot} refusal={refusal} /> : null}
          {children ?? (
            <div className={classes.emptyFrame}>
              <div className={classes.empty}>
                <span className={classes.emptyIcon} aria-hidden="true">
                  {icon}
                </span>
                <span className={classes.emptyTitle}>{t(`create.${name}.drop`)}</span>
                <span className={classes.emptyHint}>{t(`create.${name}.hint`)}</span>
                <Button mt="xs" variant="default" onClick={choose}>
                  {t(`create.${name}.choose`)}
                </Button>
                <Recents slot={slot} />
              </div>
            </div>
          )}
          {isReading ? (
            <div className={classes.reading} role="status">
              <Loader size="sm" />
              {t('app.intake.reading')}
            </div>
          ) : null}
        </Panel>
      )}
    </FilePicker>
  );
}

const mostRecents = 6;

/** What was used last of this kind, one click away. */
function Recents({ slot }: { slot: Slot }) {
  const { t } = useTexts();
  const { accept } = useIntake();
  const recents = (useCommand('assets.list', { kind: slot, limit: mostRecents }).data ?? []).filter(
    (asset) => asset.isPresent,
  );
  if (recents.length === 0) return null;
  return (
    <section className={classes.recents} aria-label={t('create.recent')}>
      <h3 className={classes.legend}>{t('create.recent')}</h3>
      <div className={classes.recentItems}>
        {recents.map((asset) => (
          <Tooltip key={asset.id} label={t('create.useRecent', { name: asset.name })}>
            <button
              type="button"
              className={classes.recent}
              aria-label={t('create.useRecent', { name: asset.name })}
              onClick={() => accept(asset)}
            >
              <Poster src={mediaUrl('poster', asset.id)} />
            </button>
          </Tooltip>
        ))}
      </div>
    </section>
  );
}

function SlotAction({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function RefusalNote({ slot, refusal }: { slot: Slot; refusal: Refusal }) {
  const { t } = useTexts();
  const explain = useExplain();
  const { accept } = useIntake();
  const dismiss = () => useIntakeStore.setState((state) => ({ refusals: { ...state.refusals, [slot]: null } }));
  const wrongKind = refusal.kind === 'wrongKind' ? refusal.asset : null;
  const explained = refusal.kind === 'error' ? explain(refusal.error) : null;
  return (
    <div className={classes.refusal} role="alert">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div className={classes.refusalText}>
        {wrongKind ? (
          <>
            <div>
              {t(slot === 'video' ? 'app.intake.wrongForVideo' : 'app.intake.wrongForImage', { name: wrongKind.name })}
            </div>
            <Button
              mt={6}
              variant="default"
              onClick={() => {
                dismiss();
                accept(wrongKind);
              }}
            >
              {t(slot === 'video' ? 'app.intake.useAsImage' : 'app.intake.useAsVideo')}
            </Button>
          </>
        ) : null}
        {explained && refusal.kind === 'error' ? (
          <>
            <strong>{t('app.intake.failed', { name: refusal.name })}</strong>
            {explained.reasons.length > 0 ? (
              explained.reasons.map((reason) => <div key={reason.title}>{sentenceOf(reason)}</div>)
            ) : (
              <div>
                {explained.title} {explained.advice}
              </div>
            )}
          </>
        ) : null}
      </div>
      <CloseButton size="sm" aria-label={t('app.banner.dismiss')} onClick={dismiss} />
    </div>
  );
}
