/** Recipes kept under a name, for the next clip or the next character: applied in one step that can be undone. */
import { IconBookmark } from '@tabler/icons-react';
import { useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { presetNameMax, removePreset, savePreset } from '../../state/order/saved.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { SavedPopover } from './SavedPopover.tsx';

export function RecipePresets() {
  const { t } = useTexts();
  const draft = useDraft();
  const dispatch = useDraftDispatch();
  const saving = useSettingsMutation();
  const presets = useSettings().data?.recipePresets ?? [];
  const keep = (recipePresets: typeof presets) =>
    saving.mutate({ recipePresets }, { onError: (error) => notifyError(error) });
  return (
    <SavedPopover
      icon={<IconBookmark size={14} />}
      title={t('create.saved.presets')}
      emptyText={t('create.saved.noPresets')}
      items={presets.map(({ name }) => ({ key: name, label: name }))}
      onUse={(name) => {
        const preset = presets.find((one) => one.name === name);
        if (preset) dispatch({ type: 'patch', patch: preset.recipe });
      }}
      onRemove={(name) => keep(removePreset(presets, name))}
      saving={{
        label: t('create.saved.savePreset'),
        takesName: { label: t('create.saved.presetName'), maxLength: presetNameMax },
        isPossible: true,
      }}
      onSave={(name) => keep(savePreset(presets, name, draft))}
    />
  );
}
