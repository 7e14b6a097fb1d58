/** What a person is told of while they look elsewhere: results, jobs that need them, links that will die. Once each, and several together. */
import type { Job } from './contract/jobs.ts';
import { personReasons } from './jobs/jobStates.ts';
import { shownText } from './words/shownText.ts';

export const newsKinds = ['finished', 'attention', 'linkDies'] as const;
export type NewsKind = (typeof newsKinds)[number];

export interface OutsideNews {
  kind: NewsKind;
  jobs: readonly Job[];
}

/** What comes within this time is told together. */
const GATHER_MS = 3000;

/** What there is to tell of a job as it stands; `about` is another one for every other reason. */
function newsOf({ state, waitingFor, isHidden }: Job): { kind: NewsKind; about: string } | null {
  if (isHidden) return null;
  if (state === 'completed') return { kind: 'finished', about: state };
  if (state === 'failed' || state === 'expired') return { kind: 'attention', about: state };
  // Who pauses a job does not have to be told.
  if (waitingFor === null || waitingFor === 'paused' || !personReasons.includes(waitingFor)) return null;
  return { kind: 'attention', about: `${state} ${waitingFor}` };
}

export interface NewsGatherer {
  /** As they stand when one begins to listen: no news. */
  know(jobs: readonly Job[]): void;
  changed(jobs: readonly Job[]): void;
  linkDies(jobId: string): void;
}

interface GathererOptions {
  isWanted: (kind: NewsKind) => boolean;
  /** Somebody looks at a window of Restage: there they see it. Asked when it is to be told. */
  isWatched: () => boolean;
  tell: (news: OutsideNews) => void;
  later: (work: () => void, ms: number) => void;
}

export function createNewsGatherer({ isWanted, isWatched, tell, later }: GathererOptions): NewsGatherer {
  /** By job: as it was last seen, and what was last told of it. A job that tries, waits and tries again is told of once. */
  const known = new Map<string, { job: Job; about: string | null }>();
  const waiting = new Map<NewsKind, Set<string>>();

  function flush(): void {
    const gathered = [...waiting];
    waiting.clear();
    if (isWatched()) return;
    for (const [kind, ids] of gathered) {
      const jobs = [...ids].flatMap((id) => known.get(id)?.job ?? []);
      // Settled within the moment: a question that was answered, a job that went on.
      const still = kind === 'linkDies' ? jobs : jobs.filter((job) => newsOf(job)?.kind === kind);
      if (still.length > 0 && isWanted(kind)) tell({ kind, jobs: still });
    }
  }

  function gather(kind: NewsKind, id: string): void {
    if (waiting.size === 0) later(flush, GATHER_MS);
    waiting.set(kind, (waiting.get(kind) ?? new Set()).add(id));
  }

  return {
    know(jobs) {
      for (const job of jobs) if (!known.has(job.id)) known.set(job.id, { job, about: newsOf(job)?.about ?? null });
    },
    changed(jobs) {
      for (const job of jobs) {
        const before = known.get(job.id)?.about ?? null;
        const news = newsOf(job);
        known.set(job.id, { job, about: news?.about ?? before });
        if (news && news.about !== before) gather(news.kind, job.id);
      }
    },
    linkDies: (jobId) => gather('linkDies', jobId),
  };
}

/** `name`: of the one job; with several the number alone is said. */
type Say = (key: string, params: Readonly<Record<string, string | number>>) => string;

export function wordNews({ kind, jobs }: OutsideNews, say: Say): { title: string; body: string } {
  const names = jobs.map(({ recipe, videoName, imageName }) =>
    recipe.kind === 'element' ? recipe.name : `${videoName} → ${imageName ?? ''}`,
  );
  const form = jobs.length === 1 ? 'one' : 'many';
  return {
    title: say(`jobs.news.${kind}.${form}`, { number: jobs.length }),
    body: shownText(names.slice(0, 4).join('\n')),
  };
}
