/** What fills the room that a picture leaves: beside one that is too long and thin, behind one that is transparent. */
import { NativeSelect, Switch } from '@mantine/core';
import type { ImageFacts } from '../../../shared/contract/media.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { hasLegalRatio } from '../../state/order/imageEdit.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Create.module.css';
import { useOrderCheck } from './useOrderCheck.ts';

const fills = [
  { value: 'blur', name: 'blur' },
  { value: '#ffffff', name: 'white' },
  { value: '#808080', name: 'grey' },
  { value: '#000000', name: 'black' },
] as const;

interface FillProps {
  label: string;
  /** The empty choice: what happens when nothing is chosen. */
  none: string | null;
  value: string;
  allowsBlur: boolean;
  /** The last choice: nothing is laid behind. */
  allowsTransparent?: boolean;
  onChange: (value: string) => void;
}

function FillSelect({ label, none, value, allowsBlur, allowsTransparent = false, onChange }: FillProps) {
  const { t } = useTexts();
  const offered = fills.filter((fill) => allowsBlur || fill.name !== 'blur');
  const isKnown = value === '' || value === 'transparent' || offered.some((fill) => fill.value === value);
  return (
    <div className={classes.fill}>
      <NativeSelect
        size="xs"
        label={label}
        value={value}
        data={[
          ...(none === null ? [] : [{ value: '', label: none }]),
          ...offered.map((fill) => ({ value: fill.value, label: t(`create.fill.${fill.name}`) })),
          ...(allowsTransparent ? [{ value: 'transparent', label: t('create.fill.transparent') }] : []),
          // A colour that an order of the command line or an older recipe brought along.
          ...(isKnown ? [] : [{ value, label: value }]),
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** Of the image: only where its ratio needs it. */
export function PadField({ facts }: { facts: ImageFacts }) {
  const { t } = useTexts();
  const { imageEdit } = useDraft();
  const dispatch = useDraftDispatch();
  if (hasLegalRatio(imageEdit?.crop ?? facts)) return null;
  const choose = (value: string) => {
    const { pad: _, ...rest } = imageEdit ?? {};
    dispatch({ type: 'editImage', imageEdit: { ...rest, ...(value === '' ? {} : { pad: value }) } });
  };
  return (
    <FillSelect
      label={t('create.fill.pad')}
      none={t('create.fill.noPad')}
      value={imageEdit?.pad ?? ''}
      allowsBlur
      onChange={choose}
    />
  );
}

const WHITE = '#ffffff';

/** Behind what is transparent; white where nothing is chosen. */
export function BackgroundField() {
  const { t } = useTexts();
  const { imageEdit } = useDraft();
  const dispatch = useDraftDispatch();
  const choose = (value: string) => {
    const { background: _, ...rest } = imageEdit ?? {};
    dispatch({ type: 'editImage', imageEdit: { ...rest, ...(value === WHITE ? {} : { background: value }) } });
  };
  return (
    <FillSelect
      label={t('create.fill.background')}
      none={null}
      value={imageEdit?.background ?? WHITE}
      allowsBlur={false}
      allowsTransparent
      onChange={choose}
    />
  );
}

/** Only where the file tells more than the picture does. */
export function MetadataField() {
  const { t } = useTexts();
  const { imageEdit } = useDraft();
  const dispatch = useDraftDispatch();
  const choose = (isKept: boolean) => {
    const { keepMetadata: _, ...rest } = imageEdit ?? {};
    dispatch({ type: 'editImage', imageEdit: { ...rest, ...(isKept ? { keepMetadata: true } : {}) } });
  };
  return (
    <div className={classes.fill}>
      <Switch
        size="xs"
        label={t('create.metadata.keep')}
        description={t('create.metadata.hint')}
        checked={imageEdit?.keepMetadata ?? false}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
    </div>
  );
}

/** Of the clip: only where preparing must pad it. */
export function ClipPadField() {
  const { t } = useTexts();
  const { pad } = useDraft();
  const dispatch = useDraftDispatch();
  const { check } = useOrderCheck();
  if (!check?.plan?.steps.some((step) => step.id === 'pad')) return null;
  return (
    <FillSelect
      label={t('create.fill.pad')}
      none={null}
      value={pad ?? '#000000'}
      allowsBlur
      onChange={(value) => dispatch({ type: 'setPad', pad: value === '#000000' ? null : value })}
    />
  );
}
