/** Asks, on whatever screen, when orders made without a known balance could go out: once. */
import { lazy, Suspense } from 'react';
import { useJobs } from '../bridge/queries.ts';
import { useConsentStore } from '../state/consentStore.ts';

const ConsentDialog = lazy(() =>
  import('../screens/queue/ConsentDialog.tsx').then((module) => ({ default: module.ConsentDialog })),
);

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
