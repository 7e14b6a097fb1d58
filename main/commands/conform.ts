/** Copies for the timeline, as tasks: into the folder beside the results for a page, into a folder of the person's choosing for a host. */
import path from 'node:path';
import type { ConformAnswer, ConformInput } from '../../shared/contract/conform.ts';
import { type ErrorData, refused } from '../../shared/errors.ts';
import type { EventHub } from '../events.ts';
import type { ConformService } from '../handoff/conform/conform.ts';
import { createMadeCopies, type MadeCopies } from '../handoff/conform/madeCopies.ts';
import { CONFORMED_FOLDER } from '../library/folder.ts';
import { publicError } from './publicError.ts';
import type { Handlers } from './types.ts';

interface ConformingServices {
  conform: ConformService;
  events: EventHub;
  libraryDir: () => string;
  profileDir: string;
}

export interface Conforming {
  copyOf: MadeCopies['find'];
  handlers: Pick<Handlers, 'handoff.conform' | 'handoff.conformPlan' | 'handoff.conformCancel'>;
  into(folder: string, input: ConformInput): Promise<ConformAnswer>;
}

/** Bars need no more. */
const MOST_EVENTS_PER_COPY = 200;

export function createConforming({ conform, events, libraryDir, profileDir }: ConformingServices): Conforming {
  /** What went wrong with one of them crosses the border inside the answer, and by the same rules as an error of its own. */
  const told = <Item extends object>(item: Item): Item =>
    'error' in item ? { ...item, error: publicError(item.error as ErrorData, { profileDir }) } : item;
  const made = createMadeCopies();
  const ownFolder = () => path.join(libraryDir(), CONFORMED_FOLDER);

  async function into(folder: string, input: ConformInput): Promise<ConformAnswer> {
    if (!path.isAbsolute(folder)) throw refused('out', 'conform.folder', { folder });
    const { taskId } = input;
    let last = '';
    const items = await conform.run(input, path.resolve(folder), (at) => {
      const step = at.ratio === null ? '' : Math.floor(at.ratio * MOST_EVENTS_PER_COPY);
      const now = `${at.id} ${at.done} ${step}`;
      if (now === last) return;
      last = now;
      events.emit('handoff.conformProgress', { taskId, ...at });
    });
    made.remember(taskId, items, input);
    return { folder: path.resolve(folder), items: items.map(told) };
  }

  return {
    into,
    copyOf: made.find,
    handlers: {
      'handoff.conform': (input) => into(ownFolder(), input),
      'handoff.conformPlan': async ({ ids, ...options }) => {
        const plan = await conform.plan(ids, options, ownFolder());
        return { ...plan, items: plan.items.map(told) };
      },
      'handoff.conformCancel': ({ taskId }) => {
        conform.cancel(taskId);
        return {};
      },
    },
  };
}
