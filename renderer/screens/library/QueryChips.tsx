/** What the search holds the results to, each to be taken off by itself: the same words as in the field. */
import { IconX } from '@tabler/icons-react';
import { setSearch, useLibraryStore } from '../../state/library/libraryStore.ts';
import { fieldTerms, withoutTerm } from '../../state/library/queryText.ts';
import { useTexts } from '../../text/i18n.ts';
import { useTermLabel } from './facets/useTermLabel.ts';
import classes from './Library.module.css';

export function QueryChips() {
  const { t } = useTexts();
  const labelOf = useTermLabel();
  const search = useLibraryStore((state) => state.search);
  const terms = fieldTerms(search);
  if (terms.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('library.chips')}>
      {terms.map((term) => (
        <li key={term}>
          <button
            type="button"
            className={classes.chip}
            aria-label={t('library.dropTerm', { term: labelOf(term) })}
            onClick={() => setSearch(withoutTerm(search, term))}
          >
            <span className={classes.chipText}>{labelOf(term)}</span>
            <IconX size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
      {terms.length > 1 ? (
        <li>
          <button type="button" className={classes.textButton} onClick={() => setSearch('')}>
            {t('library.clearAll')}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
