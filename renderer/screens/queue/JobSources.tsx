/** The sources of a job that waits for one: whichever is gone can be found again here; the job then goes on by itself. */
import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/jobs.ts';
import { commandQuery } from '../../bridge/queries.ts';
import { Relink } from '../../components/Relink.tsx';

export function JobSources({ job }: { job: Job }) {
  const { recipe } = job;
  const video = useAssetNow(recipe.videoId);
  const image = useAssetNow(recipe.kind === 'motion' ? recipe.imageId : null);
  const assets = [video, image].flatMap((asset) => asset ?? []);
  const gone = assets.filter((asset) => !asset.isPresent);
  return (gone.length > 0 ? gone : assets).map((asset) => <Relink key={asset.id} asset={asset} />);
}

/** As it is on disk now, not as it was when the page first asked. */
function useAssetNow(id: string | null) {
  return useQuery({ ...commandQuery('assets.get', { id: id ?? '' }), enabled: id !== null, staleTime: 0 }).data;
}
