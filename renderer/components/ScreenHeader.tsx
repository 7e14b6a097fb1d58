/** The head of a list screen: its name, then whatever filters it. */
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Screen.module.css';

export function ScreenHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <Title order={1}>{title}</Title>
      {children}
    </header>
  );
}
