/** Results as uniform cards: only those in sight are drawn, each where arithmetic puts it, however many there are. */
import { useMemo, useRef, useState } from 'react';
import type { LibraryQuery } from '../../../../shared/contract/libraryCommands.ts';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { LibraryPages } from '../pages/useLibraryPages.ts';
import { useChoose } from '../selection/useChoose.ts';
import { useDragResults } from '../selection/useDragResults.ts';
import { boxStyle, Card, EmptyCard } from './Card.tsx';
import classes from './Grid.module.css';
import { GroupHeading, useGroupLabel } from './GroupHeading.tsx';
import { captionPxOf, type Geometry, gridGeometry, indexesBetween, placeOf, sectionsBetween } from './geometry.ts';
import { useBoxSize } from './useBoxSize.ts';
import { useFocusCell } from './useFocusCell.ts';
import { useKeptPlace } from './useKeptPlace.ts';
import { useLeaving } from './useLeaving.ts';
import { useListKeys } from './useListKeys.ts';
import { useListPointer } from './useListPointer.ts';
import { useMarquee } from './useMarquee.ts';
import { useNeed } from './useNeed.ts';
import { type ScrollView, useScrollView } from './useScrollView.ts';

/** Room for the outline of a card at the edges, as in the style sheet. */
const paddingPx = 4;

interface ListProps {
  query: LibraryQuery;
  pages: LibraryPages;
}

export function CardGrid({ query, pages }: ListProps) {
  const { t } = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const size = useLibraryStore(({ view }) => view.size);
  const { widthPx, heightPx } = useBoxSize(scroll);
  const { total, groups } = pages;
  const geometry = useMemo(() => gridGeometry({ widthPx, size, total, groups }), [widthPx, size, total, groups]);
  const view = useScrollView(scroll, {
    geometry,
    viewPx: heightPx,
    paddingPx,
    resetKey: query,
    isWhole: pages.isCounted,
  });
  const [playing, setPlaying] = useState<number | null>(null);
  const choose = useChoose(query, pages);
  const { reveal, onFocus } = useFocusCell(canvas, geometry, view);
  const pointer = useListPointer(pages, choose);
  const marquee = useMarquee({ scroll, canvas, geometry, view, choose });
  const drag = useDragResults(pages);
  useKeptPlace(geometry, view);
  useLeaving(query, pages, reveal);
  useListKeys({
    ...{ list: scroll, geometry, pages, choose, reveal, viewPx: heightPx },
    onPlay: (index) => setPlaying((was) => (was === index ? null : index)),
  });
  return (
    <div ref={scroll} className={classes.scroll} data-testid="library-scroll" onPointerDown={marquee.onPointerDown}>
      <div
        ref={canvas}
        role="listbox"
        aria-label={t('library.grid')}
        aria-multiselectable
        tabIndex={-1}
        className={classes.canvas}
        style={{ height: view.canvasPx }}
        {...pointer}
        {...drag}
        onFocus={onFocus}
        onBlur={() => setPlaying(null)}
      >
        {heightPx > 0 ? <Sections {...{ geometry, view, pages, query, playing }} /> : null}
        {marquee.box ? (
          <div
            className={classes.marquee}
            style={{
              ...boxStyle({
                ...{ index: 0, total: 0, leftPx: marquee.box.leftPx, topPx: marquee.box.topPx - view.shiftPx },
                widthPx: marquee.box.rightPx - marquee.box.leftPx,
                heightPx: marquee.box.bottomPx - marquee.box.topPx,
              }),
            }}
          />
        ) : null}
      </div>
    </div>
  );
}

interface SectionsProps extends ListProps {
  geometry: Geometry;
  view: ScrollView;
  playing: number | null;
}

function Sections(props: SectionsProps) {
  const { geometry, view, query, pages } = props;
  const labelOf = useGroupLabel(query.group);
  const { from, to } = indexesBetween(geometry, view.fromPx, view.toPx);
  useNeed(pages, from, to);
  const focus = useLibraryStore(({ selection }) => selection.focus);
  // The way in for Tab, and what has the focus, are there wherever the list was scrolled to.
  const aside = focus < from || focus >= to ? [Math.min(focus, geometry.total - 1)] : [];
  if (geometry.sections[0]?.headerPx === 0) return <Cells {...props} indexes={[...aside, ...rangeOf(from, to)]} />;
  return (
    <>
      {aside.length > 0 ? <Cells {...props} indexes={aside} /> : null}
      {sectionsBetween(geometry, view.fromPx, view.toPx).map((section) => {
        const label = labelOf(section);
        const end = section.firstIndex + section.count;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, laid out by hand
          <div key={section.key} role="group" aria-label={label}>
            <GroupHeading label={label} count={section.count} topPx={section.topPx - view.shiftPx} />
            <Cells {...props} indexes={rangeOf(Math.max(from, section.firstIndex), Math.min(to, end))} />
          </div>
        );
      })}
    </>
  );
}

const rangeOf = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);

function Cells({ geometry, view, pages, query, playing, indexes }: SectionsProps & { indexes: readonly number[] }) {
  const { ids, focus } = useLibraryStore((state) => state.selection);
  const size = useLibraryStore((state) => state.view.size);
  return indexes.map((index) => {
    const place = placeOf(geometry, index);
    const item = pages.itemAt(index);
    const cell = {
      ...{ index, total: geometry.total, leftPx: place.leftPx, topPx: place.topPx - view.shiftPx },
      ...{ widthPx: geometry.cellWidthPx, heightPx: geometry.cellHeightPx },
    };
    if (!item) return <EmptyCard key={index} {...cell} />;
    return (
      <Card
        key={index}
        {...cell}
        item={item}
        captionPx={captionPxOf(size)}
        isSelected={ids.has(item.id)}
        isTabStop={index === Math.min(focus, geometry.total - 1)}
        isPlaying={playing === index}
        isStacked={query.stacked}
      />
    );
  });
}
