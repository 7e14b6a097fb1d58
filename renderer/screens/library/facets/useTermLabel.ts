/** A term of a query, and a value that is counted, in the words of the reader's language. */
import { useCommand } from '../../../bridge/queries.ts';
import { fieldOf } from '../../../state/library/queryText.ts';
import { useTexts } from '../../../text/i18n.ts';

export const facetKinds = [
  'states',
  'flags',
  'ratings',
  'characters',
  'clips',
  'projects',
  'tags',
  'qualities',
  'orientations',
  'elements',
  'months',
] as const;
export type FacetKind = (typeof facetKinds)[number];

/** The field of the grammar that a kind of values belongs to. */
export const fieldOfKind = {
  states: 'is',
  flags: 'flag',
  ratings: 'rating',
  characters: 'character',
  clips: 'clip',
  projects: 'project',
  tags: 'tag',
  qualities: 'quality',
  orientations: 'orientation',
  elements: 'element',
  months: 'made',
} as const satisfies Readonly<Record<FacetKind, string>>;

/** `value`: as the library labels it; empty where the field is. */
export function useValueLabel(): (kind: FacetKind, value: string) => string {
  const { t, find, language } = useTexts();
  const elements = useCommand('elements.list', {}).data;
  return (kind, value) => {
    if (kind === 'states') return find(`library.state.${value}`) ?? value;
    if (kind === 'flags') return find(`library.flag.${value}`) ?? value;
    if (kind === 'orientations') return find(`library.orientation.${value}`) ?? value;
    if (kind === 'ratings') return t('library.stars', { number: value });
    if (kind === 'elements') return elements?.find(({ elementId }) => elementId === value)?.name ?? value;
    if (kind === 'months' && /^\d{4}-\d{2}$/.test(value)) {
      const day = new Date(`${value}-15T12:00:00`);
      return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long' }).format(day);
    }
    if (value !== '') return value;
    if (kind === 'projects') return t('library.group.noProject');
    return kind === 'characters' ? t('library.group.noCharacter') : t('library.group.noClip');
  };
}

/** A chip: simple terms in words, all others as they are written. */
export function useTermLabel(): (term: string) => string {
  const { t } = useTexts();
  const labelOf = useValueLabel();
  return (term) => {
    const kind = facetKinds.find((name) => fieldOfKind[name] === fieldOf(term));
    const value = /^[A-Za-z]+[:：=]["“]?([^"”]*)["”]?$/.exec(term)?.[1];
    if (!kind || value === undefined) return term;
    if (kind === 'months' && !/^\d{4}-\d{2}$/.test(value)) return term;
    const label = labelOf(kind, value);
    const isNamed = ['characters', 'clips', 'projects', 'tags', 'elements'].includes(kind);
    return isNamed ? t('library.fieldValue', { field: t(`library.facet.${kind}`), value: label }) : label;
  };
}
