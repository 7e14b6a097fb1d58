/** Versions and tools, for a person and for a report. */
import { Anchor, Button, Group } from '@mantine/core';
import type { AppInfo } from '../../../shared/contract/app.ts';
import { useCommand } from '../../bridge/queries.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { diagnosticsReport } from './diagnosticsReport.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

const capabilityNames = ['nativeDragOut', 'reveal', 'keychain', 'chooseFolder'] as const;

export function DiagnosticsSection() {
  const { t } = useTexts();
  const save = useSave();
  const info = useCommand('app.info', {}).data;
  if (!info) return null;
  const copy = () =>
    void navigator.clipboard
      .writeText(diagnosticsReport(info))
      .then(() => notifyDone((t) => t('settings.diagnostics.reported')))
      .catch((error: unknown) => notifyError(error));
  const missing = capabilityNames.filter((name) => !info.capabilities[name]);
  const rows = [
    [t('settings.diagnostics.version'), info.version],
    [t('settings.diagnostics.platform'), info.platform],
    [t('settings.diagnostics.ffmpeg'), toolText(t, info.tools.ffmpeg, info.tools.ffmpegSource)],
    [t('settings.diagnostics.ffprobe'), toolText(t, info.tools.ffprobe, info.tools.ffprobeSource)],
    [
      t('settings.diagnostics.capabilities'),
      missing.length > 0
        ? missing.map((name) => t(`settings.diagnostics.can.${name}`)).join(' · ')
        : t('settings.diagnostics.canAll'),
    ],
  ];
  return (
    <Section title={t('settings.diagnostics.title')}>
      <dl className={classes.facts}>
        {rows.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd style={{ gridColumn: '2 / 4' }}>{value}</dd>
          </div>
        ))}
      </dl>
      <Group gap="sm">
        <Button variant="default" onClick={copy}>
          {t('settings.diagnostics.report')}
        </Button>
        <Anchor component="button" type="button" size="xs" onClick={() => save({ isFirstRunDone: false })}>
          {t('settings.firstRunAgain')}
        </Anchor>
      </Group>
    </Section>
  );
}

function toolText(t: ReturnType<typeof useTexts>['t'], tool: string | null, source: AppInfo['tools']['ffmpegSource']) {
  return tool === null
    ? t('settings.diagnostics.missing')
    : t('settings.diagnostics.from', { tool, source: source ?? '' });
}
