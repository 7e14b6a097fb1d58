/** One titled group of settings. */
import type { ReactNode } from 'react';
import classes from './Settings.module.css';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.title} tabIndex={-1}>
        {title}
      </h3>
      {children}
    </section>
  );
}
