/** Asks, on whatever screen, when orders made without a known balance could go out: once. */
import { Suspense } from 'react';
import { useJobs } from '../bridge/queries.ts';
import { useConsentStore } from '../state/order/consentStore.ts';
import { later } from '../text/later.ts';

const ConsentDialog = later(() => import('../screens/queue/ConsentDialog.tsx').then((module) => module.ConsentDialog));

export function ConsentQuestion() {
  const jobs = useJobs().data ?? [];
  const isPutOff = useConsentStore((state) => state.isPutOff);
  if (isPutOff || !jobs.some((job) => job.waitingFor === 'consent')) return null;
  return (
    <Suspense fallback={null}>
      <ConsentDialog jobs={jobs} />
    </Suspense>
  );
}
