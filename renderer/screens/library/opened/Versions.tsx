/** The takes of one shot: stepped through, or set beside the one that is open. */
import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconArrowsDiff, IconFlag, IconFlagOff, IconStarFilled } from '@tabler/icons-react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { mediaUrl } from '../../../../shared/media/mediaUrl.ts';
import { Poster } from '../../../components/Poster.tsx';
import { formatWhen } from '../../../format/units.ts';
import { useKeyHints } from '../../../keys/useKeys.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Opened.module.css';
import { Section } from './Section.tsx';
import type { Versions as VersionsOf } from './useVersions.ts';

interface VersionsProps {
  item: LibraryItem;
  versions: VersionsOf;
  onOpen: (id: string) => void;
  onCompare: (ids: string[]) => void;
}

export function Versions({ item, versions, onOpen, onCompare }: VersionsProps) {
  const { t } = useTexts();
  const { keyOf } = useKeyHints();
  const { list, isPending } = versions;
  if (isPending) return <Skeleton height={60} style={{ flex: 'none' }} />;
  if (list.length < 2) return null;
  const keys = [keyOf('previousVersion'), keyOf('nextVersion')].filter(Boolean).join(' ');
  return (
    <Section title={t('viewer.versions.title')} aside={keys}>
      <ul className={classes.versions} data-testid="versions">
        {list.map((version) => (
          <Version
            key={version.id}
            version={version}
            isOpen={version.id === item.id}
            onOpen={() => onOpen(version.id)}
            onCompare={() => onCompare([item.id, version.id])}
          />
        ))}
      </ul>
    </Section>
  );
}

interface VersionProps {
  version: LibraryItem;
  isOpen: boolean;
  onOpen: () => void;
  onCompare: () => void;
}

function Version({ version, isOpen, onOpen, onCompare }: VersionProps) {
  const { t, language } = useTexts();
  const title = t('viewer.take', { number: version.take ?? 0 });
  return (
    <li className={classes.version} data-open={isOpen}>
      <button type="button" className={classes.versionOpen} aria-current={isOpen ? 'true' : undefined} onClick={onOpen}>
        <span className={classes.versionStill}>
          <Poster src={mediaUrl('libraryPoster', version.id)} />
        </span>
        <span className={classes.versionText}>
          <span className={classes.versionTitle}>{title}</span>
          <span className={classes.versionWhen}>{formatWhen(version.createdAt, language)}</span>
        </span>
        <Marks version={version} />
      </button>
      {isOpen ? null : (
        <Tooltip label={t('viewer.versions.compare')}>
          <ActionIcon size="sm" aria-label={t('viewer.versions.compareWith', { title })} onClick={onCompare}>
            <IconArrowsDiff size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

function Marks({ version: { flag, rating } }: { version: LibraryItem }) {
  const { t } = useTexts();
  return (
    <span className={classes.marks}>
      {flag === 'pick' ? <IconFlag size={14} role="img" aria-label={t('viewer.flag.pick')} /> : null}
      {flag === 'reject' ? <IconFlagOff size={14} role="img" aria-label={t('viewer.flag.reject')} /> : null}
      {rating > 0 ? (
        <span className="tabular" role="img" aria-label={t('library.stars', { number: rating })}>
          {rating}
          <IconStarFilled size={11} aria-hidden="true" />
        </span>
      ) : null}
    </span>
  );
}
