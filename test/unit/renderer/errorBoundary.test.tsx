import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ErrorBoundary } from '../../../renderer/components/ErrorBoundary.tsx';

function Bad(): never {
  throw new Error('a chunk that is not there');
}

it('says that a screen could not be drawn, and offers to load it again', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  render(
    <MantineProvider env="test">
      <ErrorBoundary>
        <Bad />
      </ErrorBoundary>
    </MantineProvider>,
  );
  expect(screen.getByRole('alert').textContent).not.toBe('');
  expect(screen.getByRole('button')).toBeTruthy();
});
