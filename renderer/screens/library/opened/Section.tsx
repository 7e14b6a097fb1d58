/** A part of the side panel with its heading. */
import type { ReactNode } from 'react';
import classes from './Opened.module.css';

interface SectionProps {
  title: string;
  /** Beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ title, aside = null, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <header className={classes.sectionHead}>
        <h3 className={classes.sectionTitle}>{title}</h3>
        {aside ? <span className={classes.aside}>{aside}</span> : null}
      </header>
      {children}
    </section>
  );
}
