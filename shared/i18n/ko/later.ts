/** What the page says in ko beyond its start: the areas of screens and dialogs that are fetched when they are opened. */
import { conform } from './conform.ts';
import { elements } from './elements.ts';
import { firstRun } from './firstRun.ts';
import { library } from './library.ts';
import { libraryQuery } from './libraryQuery.ts';
import { queue } from './queue.ts';
import { settings } from './settings.ts';
import { spend } from './spend.ts';
import { viewer } from './viewer.ts';

export const later = { conform, elements, firstRun, library, libraryQuery, queue, settings, spend, viewer } as const;
