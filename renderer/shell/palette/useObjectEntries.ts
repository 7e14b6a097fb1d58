/** What can be opened or used from everywhere: results, jobs, prepared takes, clips, characters, elements, the newest first; and the sections of the settings. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { commandQuery, useCommand, useJobs } from '../../bridge/queries.ts';
import { jobName } from '../../screens/queue/jobName.ts';
import { useSectionWords } from '../../screens/settings/useSectionWords.ts';
import { openItem } from '../../state/library/libraryStore.ts';
import { useDraftStore } from '../../state/order/draftStore.ts';
import { useIntake } from '../../state/order/intake.ts';
import { selectRow, useQueueStore } from '../../state/queue/queueStore.ts';
import { goTo, goToPart } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import type { ObjectKind, PaletteEntry } from './entries.ts';

/** Of results the library itself finds the best: there may be a hundred thousand. */
const mostResults = 20;
const mostAssets = 1000;

const timeOf = (iso: string): number => Date.parse(iso) || 0;

export interface ObjectEntries {
  entries: PaletteEntry[];
  /** The library has answered what is typed now; until then its results are those of before. */
  isSettled: boolean;
}

export function useObjectEntries(typed: string): ObjectEntries {
  const { results, isSettled } = useResultEntries(typed);
  const others = useOtherEntries();
  const sections = useSectionEntries(typed);
  const entries = useMemo(() => [...results, ...others, ...sections], [results, others, sections]);
  return { entries, isSettled };
}

/** Once something is typed: what a person made or was given comes first, and nobody looks for all settings here. */
function useSectionEntries(typed: string): PaletteEntry[] {
  const { t } = useTexts();
  const sections = useSectionWords();
  const isTyped = typed.trim() !== '';
  return useMemo(
    () =>
      isTyped
        ? sections.map(
            ({ id, label, words }): PaletteEntry => ({
              id: `setting-${id}`,
              kind: 'setting',
              label,
              words,
              detail: t('app.palette.kind.setting'),
              rank: 0,
              run: () => goToPart('settings', id),
            }),
          )
        : [],
    [sections, isTyped, t],
  );
}

function useResultEntries(typed: string): { results: PaletteEntry[]; isSettled: boolean } {
  const { t } = useTexts();
  const { data, isPlaceholderData } = useQuery({
    ...commandQuery('library.list', { query: typed.trim(), limit: mostResults }),
    placeholderData: keepPreviousData,
  });
  const found = data?.items;
  const results = useMemo(
    () =>
      (found ?? []).map(
        (item): PaletteEntry => ({
          id: `result-${item.id}`,
          kind: 'result',
          label: shownText(item.name),
          // It was found by everything that is known of it; here it has to pass once more.
          words: `${item.note} ${item.tags.join(' ')} ${item.videoName} ${item.imageName ?? ''} ${typed}`,
          detail: t('app.palette.kind.result'),
          rank: timeOf(item.createdAt),
          poster: mediaUrl('libraryPoster', item.id),
          run: () => openItem(item.id),
        }),
      ),
    [found, typed, t],
  );
  return { results, isSettled: data !== undefined && !isPlaceholderData };
}

function useOtherEntries(): PaletteEntry[] {
  const texts = useTexts();
  const { t } = texts;
  const { accept } = useIntake();
  const jobs = useJobs().data;
  const takes = useCommand('prepared.list', {}).data;
  const assets = useCommand('assets.list', { limit: mostAssets }).data;
  const elements = useCommand('elements.list', {}).data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `accept` and the words do not change under an open palette
  return useMemo(() => {
    const entry = (kind: ObjectKind, id: string, rest: Omit<PaletteEntry, 'id' | 'kind' | 'detail'>): PaletteEntry => ({
      ...rest,
      id: `${kind}-${id}`,
      kind,
      detail: t(`app.palette.kind.${kind}`),
    });
    return [
      ...(jobs ?? []).map((job) =>
        entry('job', job.id, {
          label: jobName(job, texts),
          rank: timeOf(job.createdAt),
          run: () => showJob(job.id),
        }),
      ),
      ...(takes ?? []).map((take) =>
        entry('prepared', take.id, {
          label: shownText(take.assetName),
          rank: timeOf(take.createdAt),
          poster: mediaUrl('poster', take.assetId),
          run: () => goTo('prepared'),
        }),
      ),
      ...(assets ?? [])
        .filter(({ isPresent }) => isPresent)
        .map((asset) =>
          entry(asset.facts.kind === 'video' ? 'clip' : 'character', asset.id, {
            label: shownText(asset.name),
            rank: timeOf(asset.addedAt),
            poster: mediaUrl('poster', asset.id),
            run: () => {
              accept(asset);
              goTo('create');
            },
          }),
        ),
      ...(elements ?? [])
        .filter(({ isUsable }) => isUsable)
        .map((element) =>
          entry('element', element.elementId, {
            label: shownText(element.name),
            words: shownText(element.description),
            rank: timeOf(element.createdAt),
            run: () => {
              useDraftStore.getState().dispatch({ type: 'setElement', elementId: element.elementId });
              goTo('create');
            },
          }),
        ),
    ];
  }, [jobs, takes, assets, elements]);
}

/** Whatever was filtered or searched for there must not hide it. */
function showJob(id: string): void {
  useQueueStore.setState({ filter: 'all', search: '' });
  selectRow(id, 'only', []);
  goTo('queue');
}
