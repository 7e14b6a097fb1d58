/** The columns of the list: what each says of a result, how wide it is, and by what it sorts. */
import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { LibrarySort, ListedItem } from '../../../../shared/contract/libraryCommands.ts';
import { mediaUrl } from '../../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../../shared/words/shownText.ts';
import { formatBytes, formatCredits, formatElapsed, formatNumber, formatWhen } from '../../../format/units.ts';
import { useTexts } from '../../../text/i18n.ts';
import { FlagSign } from '../grid/Card.tsx';
import { CardStill } from '../grid/CardStill.tsx';
import { Stars } from '../grid/Stars.tsx';
import { type ColumnId, clampWidth, leastWidthPx, mostWidthPx } from './columnKeep.ts';
import classes from './List.module.css';

/** Before its page is there, a row has only its place. */
export interface ListRow {
  index: number;
  item: ListedItem | undefined;
}

export const listFeatures = tableFeatures({
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
export type ListFeatures = typeof listFeatures;

/** By what the library sorts when a column's head is pressed; the others cannot be sorted by. */
export const sortOfColumn: Readonly<Partial<Record<ColumnId, LibrarySort>>> = {
  name: 'name',
  rating: 'rating',
  duration: 'duration',
  created: 'created',
  clip: 'clip',
  character: 'character',
  size: 'size',
  charge: 'charge',
};

/** Numbers stand at the end of their column. */
export const numeric: ReadonlySet<string> = new Set<ColumnId>(['duration', 'size', 'charge', 'take', 'frame']);

const usualWidths: Readonly<Record<ColumnId, number>> = {
  name: 280,
  rating: 92,
  duration: 72,
  created: 168,
  clip: 150,
  character: 150,
  project: 120,
  tags: 150,
  quality: 76,
  frame: 104,
  size: 92,
  charge: 104,
  take: 64,
};

const helper = createColumnHelper<ListFeatures, ListRow>();

const column = (id: ColumnId, Cell: (props: { item: ListedItem }) => React.ReactNode) =>
  helper.display({
    id,
    size: clampWidth(usualWidths[id]),
    minSize: leastWidthPx,
    maxSize: mostWidthPx,
    enableHiding: id !== 'name',
    cell: ({ row }) => (row.original.item ? <Cell item={row.original.item} /> : <span className={classes.awaited} />),
  });

const text = (of: (item: ListedItem) => string | null) =>
  function TextCell({ item }: { item: ListedItem }) {
    const shown = shownText(of(item) ?? '');
    return (
      <span className={classes.text} title={shown}>
        {shown}
      </span>
    );
  };

const local = (of: (item: ListedItem, language: string) => string) =>
  function LocalCell({ item }: { item: ListedItem }) {
    const { language } = useTexts();
    return <span className={`${classes.text} tabular`}>{of(item, language)}</span>;
  };

function NameCell({ item }: { item: ListedItem }) {
  const { t } = useTexts();
  const name = shownText(item.name);
  return (
    <span className={classes.nameCell}>
      <span className={classes.thumb} data-state={item.state}>
        <CardStill src={mediaUrl('libraryPoster', item.id)} />
        <FlagSign item={item} />
      </span>
      <span className={classes.text} title={name}>
        {name}
      </span>
      {item.state === 'missing' ? <span className={classes.warn}>{t('library.missing')}</span> : null}
      {item.isSandbox ? <span className={classes.sandbox}>{t('library.sandbox')}</span> : null}
      {item.versions > 1 ? <span className={classes.dim}>×{item.versions}</span> : null}
    </span>
  );
}

export const listColumns = helper.columns([
  column('name', NameCell),
  column('rating', ({ item }) => <Stars rating={item.rating} />),
  column(
    'duration',
    local((item) => formatElapsed(item.durationSeconds)),
  ),
  column(
    'created',
    local((item, language) => formatWhen(item.createdAt, language)),
  ),
  column(
    'clip',
    text((item) => item.videoName),
  ),
  column(
    'character',
    text((item) => item.imageName),
  ),
  column(
    'project',
    text((item) => item.project),
  ),
  column(
    'tags',
    text((item) => item.tags.join(', ')),
  ),
  column(
    'quality',
    text((item) => (item.recipe?.kind === 'motion' ? item.recipe.quality : null)),
  ),
  column(
    'frame',
    local((item) => `${item.width} × ${item.height}`),
  ),
  column(
    'size',
    local((item, language) => formatBytes(item.sizeBytes, language)),
  ),
  column(
    'charge',
    local((item, language) => (item.creditsCharged === null ? '–' : formatCredits(item.creditsCharged, language))),
  ),
  column(
    'take',
    local((item, language) => (item.take === null ? '' : formatNumber(item.take, language, 0))),
  ),
]);
