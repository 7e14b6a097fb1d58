/** Finds text on a page that a person cannot read: cut off by its box, or lying over other text. Runs inside the page, on what is drawn. */
import type { Page } from '@playwright/test';

/** So often a page is looked at again before what is wrong with it counts. */
const mostLooks = 20;

/** One line per fault; empty is a page that reads well. What is laid out by measuring follows a new size some frames later: only what lasts counts. */
export async function textFaults(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  let faults = await faultsNow(page);
  for (let look = 1; faults.length > 0 && look < mostLooks; look += 1) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    faults = await faultsNow(page);
  }
  return faults;
}

function faultsNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Piece {
      element: Element;
      text: string;
      box: DOMRect;
    }
    const quote = (text: string) => `“${text.trim().replaceAll(/\s+/g, ' ').slice(0, 50)}”`;
    const isShown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.visually-hidden, [hidden]') === null;
    const clips = (value: string) => value === 'hidden' || value === 'clip';

    /** What of a box its ancestors let through; null: nothing. */
    const letThrough = (element: Element, box: DOMRect): DOMRect | null => {
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const limit = at.getBoundingClientRect();
        left = Math.max(left, limit.left);
        top = Math.max(top, limit.top);
        right = Math.min(right, limit.right);
        bottom = Math.min(bottom, limit.bottom);
      }
      right = Math.min(right, innerWidth);
      bottom = Math.min(bottom, innerHeight);
      return right - left > 1 && bottom - top > 1 ? new DOMRect(left, top, right - left, bottom - top) : null;
    };

    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.textContent?.trim() || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const drawn of range.getClientRects()) {
        const box = letThrough(element, drawn);
        if (box) pieces.push({ element, text: node.textContent, box });
      }
    }

    const faults = new Set<string>();
    // What takes no clicks hides what is under it all the same: `elementsFromPoint` must see it.
    const everythingHit = document.createElement('style');
    everythingHit.textContent = '* { pointer-events: auto !important; }';
    document.head.append(everythingHit);

    // Cut off: a box that hides what does not fit. An ellipsis is fine where the whole text can be had by pointing at it.
    for (const element of document.body.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || !element.textContent?.trim() || !isShown(element)) continue;
      const style = getComputedStyle(element);
      const isWide = clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const isTall = clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
      if ((!isWide && !isTall) || element.clientWidth < 4) continue;
      if (style.textOverflow === 'ellipsis' && element.closest('[title], [aria-label]') !== null) continue;
      // Pictures and scales may reach over an edge; text may not.
      const edge = element.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(element);
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (!node.textContent?.trim() || !node.parentElement || !isShown(node.parentElement)) continue;
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const isInside =
          box.right > edge.left && box.left < edge.right && box.bottom > edge.top && box.top < edge.bottom;
        const isCut = (isWide && box.right > edge.right + 1) || (isTall && box.bottom > edge.bottom + 3);
        if (isInside && isCut) faults.add(`cut off: ${quote(node.textContent)}`);
      }
    }

    // The text of a list box or a hint in a field has no element of its own: measured with its font.
    const pen = document.createElement('canvas').getContext('2d');
    for (const field of document.body.querySelectorAll('select, input')) {
      if (!pen || !isShown(field) || !(field instanceof HTMLSelectElement || field instanceof HTMLInputElement))
        continue;
      if (field instanceof HTMLInputElement && (field.value !== '' || field.type === 'file')) continue;
      const text = field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? '') : field.placeholder;
      const style = getComputedStyle(field);
      pen.font = style.font;
      const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      if (text && pen.measureText(text).width > room + 1) faults.add(`does not fit its field: ${quote(text)}`);
    }

    // Over each other: lines of different texts that share ground, unless something solid lies between them.
    const hides = (element: Element) => {
      if (['IMG', 'VIDEO', 'CANVAS'].includes(element.tagName)) return true;
      const alpha = /^rgba?\([^)]*?(?:[,/]\s*([\d.]+))?\)$/.exec(getComputedStyle(element).backgroundColor);
      const parts = getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? [];
      return alpha !== null && (parts.length < 4 || Number(parts[3]) > 0.5);
    };
    const isSeen = (piece: Piece, x: number, y: number) => {
      for (const above of document.elementsFromPoint(x, y)) {
        if (above === piece.element || above.contains(piece.element)) return true;
        if (!piece.element.contains(above) && hides(above)) return false;
      }
      return true;
    };
    /** Without the room above and below the letters. */
    const core = ({ box }: Piece) => ({
      left: box.left + 1,
      right: box.right - 1,
      top: box.top + box.height * 0.25,
      bottom: box.bottom - box.height * 0.25,
    });
    const sorted = pieces.map((piece) => ({ piece, ...core(piece) })).sort((a, b) => a.top - b.top);
    for (const [index, a] of sorted.entries()) {
      for (const b of sorted.slice(index + 1)) {
        if (b.top >= a.bottom) break;
        if (a.piece.element === b.piece.element) continue;
        const [left, right] = [Math.max(a.left, b.left), Math.min(a.right, b.right)];
        const [top, bottom] = [Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)];
        if (right - left <= 1 || bottom - top <= 1) continue;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        if (isSeen(a.piece, x, y) && isSeen(b.piece, x, y))
          faults.add(`over each other: ${[quote(a.piece.text), quote(b.piece.text)].sort().join(' and ')}`);
      }
    }
    everythingHit.remove();
    return [...faults].sort();
  });
}
