/** The whole ko catalogue: the page's texts, and what is said in a terminal alone. */
import { browserHost } from './browserHost.ts';
import { cli } from './cli.ts';
import { host } from './host.ts';
import { later } from './later.ts';
import { page } from './page.ts';

export const ko = { ...page, ...later, cli, host, notices: { ...page.notices, browserHost } } as const;
