/** From the start of the navigation to the first paint: the app beside a page of one word from the same server, in the same Chromium, in turn. */
import type { Editor } from './editorPage.ts';
import { median, type Row, round } from './measure.ts';

const pairs = 11;
const mostTimes = 1.3;

interface Paint {
  /** Anything but the browser's own white. */
  firstMs: number;
  /** Text or a picture. */
  contentMs: number;
  /** The Create screen with its clip, its checks and its price. */
  readyMs: number | null;
}

export async function firstPaintRow(editor: Editor): Promise<Row> {
  const { address } = editor.host;
  const own = () => paintOf(editor, address, true);
  const peer = () => paintOf(editor, `${address}alive`, false);
  await own();
  await peer();
  const [owns, peers]: [Paint[], Paint[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (pair % 2 === 0) owns.push(await own());
    peers.push(await peer());
    if (pair % 2 === 1) owns.push(await own());
  }
  const ratioOf = (key: 'firstMs' | 'contentMs') =>
    median(owns.map((paint, index) => paint[key] / (peers[index]?.[key] ?? Number.NaN)));
  const [ours, empty] = [middle(owns), middle(peers)];
  const ratio = ratioOf('firstMs');
  return {
    what: `start to first paint, beside a page of one word from the same server; median of ${pairs} pairs`,
    bar: `within ${mostTimes}x`,
    seen:
      `first paint ${round(ours.firstMs, 0)} ms, empty page ${round(empty.firstMs, 0)} ms: ${round(ratio)}x; ` +
      `first text or picture ${round(ours.contentMs, 0)} ms, empty page ${round(empty.contentMs, 0)} ms: ` +
      `${round(ratioOf('contentMs'))}x; price on the Create screen ${round(ours.readyMs ?? Number.NaN, 0)} ms`,
    holds: ratio <= mostTimes,
    numbers: {
      firstMs: round(ours.firstMs, 1),
      emptyFirstMs: round(empty.firstMs, 1),
      ratio: round(ratio, 3),
      contentMs: round(ours.contentMs, 1),
      emptyContentMs: round(empty.contentMs, 1),
      contentRatio: round(ratioOf('contentMs'), 3),
      readyMs: round(ours.readyMs ?? Number.NaN, 1),
    },
  };
}

function middle(paints: readonly Paint[]): Paint {
  return {
    firstMs: median(paints.map(({ firstMs }) => firstMs)),
    contentMs: median(paints.map(({ contentMs }) => contentMs)),
    readyMs: median(paints.map(({ readyMs }) => readyMs ?? Number.NaN)),
  };
}

async function paintOf(editor: Editor, address: string, isApp: boolean): Promise<Paint> {
  const page = await editor.context.newPage();
  try {
    await page.goto(address, { waitUntil: 'commit' });
    const { firstMs, contentMs } = await page.evaluate(paintTimes);
    if (!isApp) return { firstMs, contentMs, readyMs: null };
    await page.getByTestId('price').waitFor();
    return { firstMs, contentMs, readyMs: await page.evaluate(() => performance.now()) };
  } finally {
    await page.close();
  }
}

/** In the page: both times, as soon as Chromium knows them. */
function paintTimes(): Promise<{ firstMs: number; contentMs: number }> {
  return new Promise((resolve) => {
    const timeOf = (name: string) => performance.getEntriesByName(name, 'paint')[0]?.startTime;
    const answer = () => {
      const [firstMs, contentMs] = [timeOf('first-paint'), timeOf('first-contentful-paint')];
      if (firstMs !== undefined && contentMs !== undefined) resolve({ firstMs, contentMs });
    };
    new PerformanceObserver(answer).observe({ type: 'paint', buffered: true });
    answer();
  });
}
