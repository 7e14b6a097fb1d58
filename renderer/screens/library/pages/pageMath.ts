/** Which pages of a list are needed, and what groups a page shows before they are counted. Pure. */
import type { ListedItem } from '../../../../shared/contract/libraryCommands.ts';
import type { GroupCount } from '../grid/geometry.ts';

export const pageSize = 100;
/** Fetched before they are seen. */
const aheadCount = 50;

/** Of results `from` (included) to `to` (not), and some around them; without the first page, which is always there. */
export function pagesFor(from: number, to: number, total: number): number[] {
  const first = Math.max(1, Math.floor((from - aheadCount) / pageSize));
  const last = Math.floor(Math.max(0, Math.min(total, to + aheadCount) - 1) / pageSize);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
}

/** The groups of what is there, until the whole is counted. */
export function groupsOf(items: readonly ListedItem[], labelOf: (item: ListedItem) => string): GroupCount[] {
  const groups: GroupCount[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.key === item.groupKey) last.count += 1;
    else groups.push({ key: item.groupKey, label: labelOf(item), count: 1 });
  }
  return groups;
}
