/** A titled surface: the building block of every screen. */
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface PanelProps {
  title: string;
  /** What the panel holds, such as the name of a file: beside the title, or under it where it is narrow. */
  subtitle?: string | null;
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** The body scrolls by itself; false lets the child decide. */
  isScrolling?: boolean;
  className?: string | undefined;
}

export function Panel({
  title,
  subtitle = null,
  actions,
  children,
  footer,
  isScrolling = true,
  className,
}: PanelProps) {
  return (
    <section aria-label={title} className={`${classes.panel} ${className ?? ''}`}>
      <header className={classes.header}>
        {subtitle === null ? (
          <h2 className={classes.title}>{title}</h2>
        ) : (
          <div className={classes.titles}>
            <h2 className={classes.title}>{title}</h2>
            <span className={classes.subtitle} title={subtitle}>
              {subtitle}
            </span>
          </div>
        )}
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={isScrolling ? classes.scroll : classes.body}>{children}</div>
      {footer ? <footer className={classes.footer}>{footer}</footer> : null}
    </section>
  );
}
