/** Results dragged off the library: to the system as real files where the host can, else to other places of this page by their ids. */

/** What a drag within the page carries: a list of ids as JSON. */
const resultsType = 'application/x-restage-results';
/** What the system is asked to drag at once. */
const mostFiles = 200;

/** Files of these results are under way as the system's own drag; dropped on this window they are still those results. */
let outgoing: readonly string[] = [];

/** What a `dragstart` needs to hold; React's event fits. */
interface DragStart {
  dataTransfer: DataTransfer;
  preventDefault(): void;
}

export function startDrag(event: DragStart, ids: readonly string[], canDragOut: boolean): void {
  if (ids.length === 0) {
    event.preventDefault();
    return;
  }
  const { dragOut } = window.restage;
  if (canDragOut && dragOut) {
    event.preventDefault();
    outgoing = ids.slice(0, mostFiles);
    // The next press of the pointer is another matter.
    window.addEventListener('pointerdown', forgetOutgoing, { once: true });
    dragOut([...outgoing]);
    return;
  }
  event.dataTransfer.effectAllowed = 'copy';
  event.dataTransfer.setData(resultsType, JSON.stringify(ids));
}

/** The pointer went down on them: a drag that follows can wait for nothing, so files and icon are looked up now. */
export function prepareDrag(ids: readonly string[]): void {
  if (ids.length > 0) window.restage.prepareDrag?.(ids.slice(0, mostFiles));
}

function forgetOutgoing(): void {
  outgoing = [];
}

export function outgoingResults(): string[] {
  return [...outgoing];
}

export function draggedResults(transfer: DataTransfer | null): string[] {
  try {
    const ids: unknown = JSON.parse(transfer?.getData(resultsType) || '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export const carriesResults = (transfer: DataTransfer | null): boolean =>
  transfer?.types.includes(resultsType) ?? false;
