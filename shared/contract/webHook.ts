/** Telling a studio's own server: a web hook that is off until an address is given. */
import { z } from 'zod';
import { hookEvents } from '../jobs/hookEvents.ts';
import { textBounds } from './ids.ts';

export const webHookSchema = z.object({
  /** Public https address, checked as callbacks are. */
  url: z.string().max(textBounds.url),
  events: z.array(z.enum(hookEvents)).max(hookEvents.length),
});
export type WebHook = z.infer<typeof webHookSchema>;

export const webHookCommands = {
  /** Null turns it off and forgets its secret. The answer names the secret when it was made now, and never again. */
  'webHook.set': {
    input: z.object({ hook: webHookSchema.nullable(), isSecretRenewed: z.boolean().default(false) }),
    output: z.object({ secret: z.string().nullable() }),
  },
  /** One try, now. Throws refused (nothing set), network, deadline, server (what it answered). */
  'webHook.test': { input: z.object({}), output: z.object({ status: z.number().int() }) },
} as const;
