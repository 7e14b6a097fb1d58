/** `restage smoke`: the free calls of the real provider with the key of the environment, and what of its contract held. */
import { RestageError } from '../../../../shared/errors.ts';
import { providerOrigins } from '../../../accounts/origins.ts';
import { createEvolinkClient } from '../../../evolink/client.ts';
import { runSmoke, type SmokeStep } from '../../../evolink/smoke.ts';
import { createLine } from '../../../network/line.ts';
import type { Logger } from '../../../services.ts';
import { systemClock } from '../../../storage/clock.ts';
import { requireKeyForm } from '../account.ts';
import { cliReason } from '../cliReason.ts';
import type { CommandContext, Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { marks } from '../style.ts';
import { printable } from '../table.ts';

const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };

export async function smoke(context: CommandContext): Promise<Outcome> {
  const { io, signal, progress, style, t } = context;
  const key = io.env.EVOLINK_API_KEY?.trim();
  if (!key) {
    const params = { value: 'evolink' };
    throw new RestageError('refused', { reasons: [cliReason('provider', 'keyMissing', params)] });
  }
  requireKeyForm(io.env);
  const keyStatus = { isPresent: true, storage: 'environment' as const, hint: null };
  const origins = providerOrigins(io.env, { status: () => keyStatus });
  const client = createEvolinkClient({
    apiOrigin: origins.api,
    filesOrigin: origins.files,
    key,
    clock: systemClock,
    logger: silentLogger,
    line: createLine({ settings: () => ({ proxyUrl: '', caFile: '' }), env: io.env }),
  });
  const say = ({ name, holds, seen }: SmokeStep) => {
    const mark = holds ? style.good(marks.good) : style.bad(marks.bad);
    progress.note(`${mark} ${name}  ${printable(seen)}`);
  };
  const steps = await runSmoke({ client, clock: systemClock, signal, onStep: say });
  signal.throwIfAborted();
  const held = steps.filter((step) => step.holds).length;
  return {
    exitCode: held === steps.length ? exitCodes.done : exitCodes.failed,
    json: { origins, steps },
    text: `${t('cli.smoke.done', { origin: origins.api, held, total: steps.length })}\n`,
  };
}
