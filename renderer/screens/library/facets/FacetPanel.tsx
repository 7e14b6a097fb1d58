/** The side panel: saved searches, and how many results there are of what; each tick writes its term into the search. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shownText } from '../../../../shared/words/shownText.ts';
import { commandQuery } from '../../../bridge/queries.ts';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { formatNumber } from '../../../format/units.ts';
import { setSearch, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { fieldOf, fieldTerms, hasTerm, toggleTerm } from '../../../state/library/queryText.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Facets.module.css';
import { SavedSearches } from './SavedSearches.tsx';
import { type FacetKind, facetKinds, fieldOfKind, useValueLabel } from './useTermLabel.ts';

/** Counting looks at every result: it waits until the typing rests. */
const settleMs = 250;
const fewValues = 6;
const mostValues = 200;

interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export function FacetPanel() {
  const { t } = useTexts();
  const search = useLibraryStore((state) => state.search);
  const [query] = useDebouncedValue(search.trim(), settleMs);
  const facets = useQuery({ ...commandQuery('library.facets', { query }), placeholderData: keepPreviousData });
  return (
    <aside className={classes.panel} aria-label={t('library.panel')}>
      <SavedSearches />
      {facets.isError ? <ErrorNote error={facets.error} onRetry={() => void facets.refetch()} /> : null}
      {facetKinds.map((kind) => (
        <Facet key={kind} kind={kind} values={facets.data?.[kind] ?? []} search={search} />
      ))}
    </aside>
  );
}

/** What is ticked stays in sight, also where no result has it any more. */
function withTicked(kind: FacetKind, values: readonly FacetValue[], search: string): FacetValue[] {
  const gone = fieldTerms(search).filter(
    (term) => fieldOf(term) === fieldOfKind[kind] && !values.some(({ value }) => hasTerm(value, term)),
  );
  const plainValue = (term: string) => /^[A-Za-z]+[:：=]["“]?([^"”]*)["”]?$/.exec(term)?.[1];
  const kept = gone.flatMap((term) => {
    const label = plainValue(term);
    return label === undefined ? [] : [{ value: term, label, count: 0 }];
  });
  return [...values, ...kept];
}

function Facet({ kind, values, search }: { kind: FacetKind; values: readonly FacetValue[]; search: string }) {
  const { t, language } = useTexts();
  const labelOf = useValueLabel();
  const [isWhole, setIsWhole] = useState(false);
  const all = withTicked(kind, values, search);
  // A choice of one is none, unless it is the one that is ticked.
  const isOfUse = all.length > 1 || all.some(({ value }) => hasTerm(search, value));
  if (!isOfUse && !['states', 'tags'].includes(kind)) return null;
  if (all.length === 0) return null;
  const shown = isWhole
    ? all.slice(0, mostValues)
    : all.filter((one, place) => place < fewValues || hasTerm(search, one.value));
  const title = t(`library.facet.${kind}`);
  return (
    <details className={classes.facet} open>
      <summary className={classes.title}>{title}</summary>
      <ul className={classes.values} aria-label={title}>
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <label className={classes.value}>
              <input
                type="checkbox"
                checked={hasTerm(search, value)}
                onChange={() => setSearch(toggleTerm(search, value))}
              />
              <span className={classes.label} title={shownText(labelOf(kind, label))}>
                {shownText(labelOf(kind, label))}
              </span>
              <span className={`${classes.count} tabular`}>{formatNumber(count, language, 0)}</span>
            </label>
          </li>
        ))}
      </ul>
      {all.length > shown.length || isWhole ? (
        <button type="button" className={classes.more} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t('library.facetFewer') : t('library.facetMore', { count: all.length - shown.length })}
        </button>
      ) : null}
    </details>
  );
}
