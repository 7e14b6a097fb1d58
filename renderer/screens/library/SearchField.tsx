/** The search field: what is not understood is underlined while it is typed, with the reason below; the rest of the words still holds. */
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { parseQuery, type QueryProblem } from '../../../shared/library/query.ts';
import { setSearch, useLibraryStore } from '../../state/library/libraryStore.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Library.module.css';

export function SearchField() {
  const { t } = useTexts();
  const search = useLibraryStore((state) => state.search);
  const { problems } = parseQuery(search);
  const marks = useRef<HTMLDivElement>(null);
  const reasonsId = useId();
  return (
    <div className={classes.search}>
      <TextInput
        type="search"
        aria-label={t('library.search')}
        aria-describedby={problems.length > 0 ? reasonsId : undefined}
        placeholder={t('library.searchHint')}
        leftSection={<IconSearch size={14} />}
        rightSection={
          search ? <CloseButton size="sm" aria-label={t('library.clearSearch')} onClick={() => setSearch('')} /> : null
        }
        // One field, with what is written over it.
        inputContainer={(input) => (
          <>
            {input}
            <Marks text={search} problems={problems} field={marks} />
          </>
        )}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onScroll={(event) => {
          if (marks.current) marks.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      />
      <div id={reasonsId} className={classes.reasons} role="status">
        {problems.map((problem) => (
          <Reason key={`${problem.from} ${problem.rule}`} problem={problem} text={search} />
        ))}
      </div>
    </div>
  );
}

interface MarksProps {
  text: string;
  problems: readonly QueryProblem[];
  field: React.RefObject<HTMLDivElement | null>;
}

/** The same text in the same place, unseen but for the lines under its mistakes. */
function Marks({ text, problems, field }: MarksProps) {
  if (problems.length === 0) return null;
  const ordered = problems.toSorted((a, b) => a.from - b.from);
  let at = 0;
  const parts = ordered.flatMap(({ from, to }) => {
    const start = Math.max(at, from);
    const parts = [text.slice(at, start), <mark key={from}>{text.slice(start, to)}</mark>];
    at = Math.max(at, to);
    return parts;
  });
  return (
    <div ref={field} className={classes.marks} aria-hidden="true" data-testid="search-marks">
      {parts}
      {text.slice(at)}
    </div>
  );
}

function Reason({ problem, text }: { problem: QueryProblem; text: string }) {
  const { find } = useTexts();
  const part = text.slice(problem.from, problem.to);
  return <div>{find(`library.query.${problem.rule}`, { ...problem.params, part })}</div>;
}
