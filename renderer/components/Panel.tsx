/** A titled surface: the building block of every screen. */
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface PanelProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** The body scrolls by itself; false lets the child decide. */
  isScrolling?: boolean;
  className?: string | undefined;
}

export function Panel({ title, actions, children, footer, isScrolling = true, className }: PanelProps) {
  return (
    <section aria-label={title} className={`${classes.panel} ${className ?? ''}`}>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={isScrolling ? classes.scroll : classes.body}>{children}</div>
      {footer ? <footer className={classes.footer}>{footer}</footer> : null}
    </section>
  );
}
