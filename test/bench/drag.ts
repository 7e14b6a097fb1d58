/** Dragging the out point for five seconds while Chromium traces, and what the trace says of the frames. */
import type { Page } from '@playwright/test';
import { type Editor, emptyTheTimeline, longClip, openBrowser, timelineContent } from './editorPage.ts';

const dragMs = 5000;
/** Untraced, so that no drag pays for what a new browser compiles and warms. */
const warmUpMs = 1500;
const movesPerSecond = 60;
/** There and back in this time. */
const swingMs = 2000;
/** Halves of ten minutes: 37.5 s are in sight. */
const zoomSteps = 4;

export interface Drag {
  /** From one drawn frame to the next. */
  frameMs: number[];
  /** What the main thread computed during the drag, for each frame drawn. */
  mainMsPerFrame: number;
  content: { pictures: number; cuts: number; isLoud: boolean };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  tdur?: number;
  args?: { name?: string };
}

const categories = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

/** In a browser of its own, so that no drag finds what an earlier one has warmed. */
export async function traceDrag(
  editor: Editor,
  options: { isEmpty: boolean; keep?: (trace: Buffer) => void },
): Promise<Drag> {
  const { browser, context } = await openBrowser();
  try {
    await context.addCookies(await editor.context.cookies()); // let in as the editor's own page was
    const page = await context.newPage();
    if (options.isEmpty) await emptyTheTimeline(page);
    await page.goto(editor.host.address);
    await page.getByText(longClip).first().waitFor();
    await zoomIn(page);
    // Player, pictures and checks come to rest.
    await page.waitForTimeout(2500);
    const content = await timelineContent(page);
    await drag(page, warmUpMs);
    await page.waitForTimeout(1000);
    await browser.startTracing(page, { categories });
    await drag(page, dragMs);
    const trace = await browser.stopTracing();
    options.keep?.(trace);
    return { ...readFrames(trace), content };
  } finally {
    await browser.close();
  }
}

/** Around the playhead, which stands at the beginning: the range of 30 s then fills four fifths of what is in sight. */
async function zoomIn(page: Page): Promise<void> {
  await page.getByTestId('handle-to').waitFor();
  for (let step = 0; step < zoomSteps; step += 1) await page.keyboard.press('=');
  await page.waitForTimeout(300);
}

async function boxOf(page: Page, testId: string) {
  const box = await page.getByTestId(testId).boundingBox();
  if (!box) throw new Error(`${testId} is not on the page`);
  return box;
}

/**
 * By the clock, whether or not the page keeps up: a hand does not wait either. Ends where it began: the range is kept with the draft, and
 * the next drag must find the same one.
 */
async function drag(page: Page, forMs: number): Promise<void> {
  const [handle, track] = [await boxOf(page, 'handle-to'), await boxOf(page, 'timeline-track')];
  const client = await page.context().newCDPSession(page);
  const [startX, y, travel] = [handle.x + handle.width / 2, handle.y + handle.height / 2, track.width * 0.5];
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number) =>
    client.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
  await send('mousePressed', startX);
  const sent: Promise<unknown>[] = [];
  const startedMs = performance.now();
  for (let move = 1; performance.now() - startedMs < forMs; move += 1) {
    const dueMs = (move * 1000) / movesPerSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedMs + dueMs - performance.now())));
    const phase = ((performance.now() - startedMs) / swingMs) * 2 * Math.PI;
    sent.push(send('mouseMoved', startX - (travel * (1 - Math.cos(phase))) / 2));
  }
  // The window ends here: what has not been drawn by now was not drawn in time.
  await page.evaluate(() => performance.mark('bench-end'));
  await Promise.all(sent);
  await send('mouseMoved', startX);
  await send('mouseReleased', startX);
}

/** The page's frames as its compositor drew them between the first and the last move. Pure. */
export function readFrames(trace: Buffer): Omit<Drag, 'content'> {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  // Chromium keeps the processes of closed pages and one to spare: the page that was dragged on is the one that drew.
  const draws = traceEvents.filter(({ name }) => name === 'DrawFrame');
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const drawsOf = (pid: number) => draws.filter((event) => event.pid === pid).length;
  const mainThread = traceEvents.filter(isMain).sort((one, other) => drawsOf(other.pid) - drawsOf(one.pid))[0];
  const drawn = draws.filter(({ pid }) => pid === mainThread?.pid);
  const times = drawn.map(({ ts }) => ts / 1000).sort((a, b) => a - b);
  const frameMs = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === mainThread?.pid && tid === mainThread.tid,
  );
  const mainMs = tasks.reduce((sum, { tdur }) => sum + (tdur ?? 0) / 1000, 0);
  return { frameMs, mainMsPerFrame: mainMs / Math.max(1, frameMs.length) };
}
