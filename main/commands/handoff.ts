/** The hand-off to editing programs: facts alone cross the border, the texts are written by whoever asks. */
import { type GatherServices, gatherHandoff } from '../handoff/gather.ts';
import type { Handlers } from './types.ts';

export function createHandoffHandlers(services: GatherServices): Pick<Handlers, 'handoff.gather'> {
  return { 'handoff.gather': (input) => gatherHandoff(services, input) };
}
