/** Whether every order has to belong to a project, and whether each project has a folder of its own. */
import { Switch } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import { useSave } from './useSave.ts';

export function ProjectsSection({ settings }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  return (
    <Section title={t('settings.projects.title')}>
      <Switch
        label={t('settings.projects.folders')}
        description={t('settings.projects.foldersHint')}
        checked={settings.hasProjectFolders}
        onChange={({ currentTarget: { checked } }) => save({ hasProjectFolders: checked })}
      />
      <Switch
        label={t('settings.projects.needed')}
        description={t('settings.projects.neededHint')}
        checked={settings.needsProject}
        onChange={({ currentTarget: { checked } }) => save({ needsProject: checked })}
      />
    </Section>
  );
}
