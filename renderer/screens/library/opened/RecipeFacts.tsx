/** The recipe of a result, with what differs from the take beside it marked; and the facts of its file. */
import { Badge, Tooltip } from '@mantine/core';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Opened.module.css';
import { type Row, useFactRows, useRecipeRows } from './rows.ts';
import { Section } from './Section.tsx';

/** Text that stands in `value` for what is not there. */
const none = '—';

interface RecipeFactsProps {
  item: LibraryItem;
  /** The take that this one is held against; null: it is the only one. */
  neighbour: LibraryItem | null;
}

export function RecipeFacts({ item, neighbour }: RecipeFactsProps) {
  const { t } = useTexts();
  const rowsOf = useRecipeRows();
  const facts = useFactRows()(item);
  const recipe = rowsOf(item);
  const other = neighbour ? rowsOf(neighbour) : null;
  const number = neighbour?.take ?? 0;
  const before = new Map(other?.map(({ id, value }) => [id, value]));
  const rows = recipe.map((row) => {
    const was = before.get(row.id) ?? none;
    return { ...row, was: other !== null && was !== row.value ? was : null };
  });
  const changed = rows.filter(({ was }) => was !== null).length;
  const aside =
    other === null
      ? null
      : changed === 0
        ? t('viewer.recipe.same', { number })
        : t('viewer.recipe.changed', { count: changed, number });
  return (
    <>
      {recipe.length > 0 ? (
        <Section title={t('library.recipe')} aside={aside}>
          <dl className={`${classes.facts} tabular`} data-testid="recipe">
            {rows.map(({ id, label, value, was }) => (
              <div key={id} className={classes.fact} data-changed={was !== null} data-row={id}>
                <dt>{label}</dt>
                <dd>
                  {value}
                  {was === null ? null : (
                    <Badge className={classes.was} color="yellow" title={was}>
                      {t('viewer.recipe.was', { number, value: was })}
                    </Badge>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      <Section title={t('viewer.file')}>
        <dl className={`${classes.facts} tabular`} data-testid="facts">
          {facts.map((row) => (
            <Fact key={row.id} row={row} />
          ))}
        </dl>
      </Section>
    </>
  );
}

function Fact({ row: { id, label, value, why } }: { row: Row }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>
        <Tooltip label={why ?? ''} multiline w={260} disabled={!why}>
          <span data-testid={`item-${id}`}>{value}</span>
        </Tooltip>
      </dd>
    </div>
  );
}
