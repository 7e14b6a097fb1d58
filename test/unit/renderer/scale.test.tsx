/** The size of the interface: chosen by key, menu, palette or in Settings, kept with them, and what is drawn by hand stays where it belongs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Modal } from '@mantine/core';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useSettings } from '../../../renderer/bridge/queries.ts';
import { addLiveCommands } from '../../../renderer/keys/liveCommands.ts';
import { WipeHandle } from '../../../renderer/screens/library/compare/WipeHandle.tsx';
import { JobMenu } from '../../../renderer/screens/queue/JobMenu.tsx';
import { LookSection } from '../../../renderer/screens/settings/LookSection.tsx';
import { HostLink } from '../../../renderer/shell/HostLink.tsx';
import { CommandPalette } from '../../../renderer/shell/palette/CommandPalette.tsx';
import { useScaleKeys } from '../../../renderer/shell/useScaleKeys.ts';
import { useApplyPreferences } from '../../../renderer/state/shell/preferences.ts';
import { applyScale } from '../../../renderer/state/shell/scale.ts';
import type { HostMessage } from '../../../shared/contract/hostMessages.ts';
import { type InterfaceScale, interfaceScales, nextScale } from '../../../shared/rules/interfaceScale.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

const renderer = path.resolve(import.meta.dirname, '../../../renderer');

function Page({ hasDialog = false }: { hasDialog?: boolean }) {
  const settings = useSettings().data;
  useApplyPreferences(settings, 'en');
  useScaleKeys();
  return (
    <>
      {settings ? <LookSection settings={settings} /> : null}
      <input aria-label="a field" />
      {hasDialog ? (
        <Modal opened onClose={() => {}} aria-label="over the page">
          <button type="button">in it</button>
        </Modal>
      ) : null}
    </>
  );
}

const applied = () => document.documentElement.dataset.scale;
const choice = () => screen.findByRole<HTMLSelectElement>('combobox', { name: 'Interface size' });
const press = (key: string, code: string, target: Element | Window = window) =>
  fireEvent.keyDown(target, { key, code, ctrlKey: true });
const saved = (bridge: ReturnType<typeof installBridge>) =>
  bridge.inputsOf('settings.set').map(({ interfaceScalePercent }) => interfaceScalePercent);

afterEach(() => {
  delete document.documentElement.dataset.scale;
});

describe('the size of the interface', () => {
  it('scale: is what Settings say, and is chosen there', async () => {
    const bridge = installBridge();
    await renderPage(<Page />);
    expect([...(await choice()).options].map(({ text }) => text)).toEqual(
      interfaceScales.map((percent) => `${percent}%`),
    );
    await waitFor(() => expect(applied()).toBe('100'));
    fireEvent.change(await choice(), { target: { value: '175' } });
    await waitFor(() => expect(applied()).toBe('175'));
    expect(saved(bridge)).toEqual([175]);
  });

  it.each([false, true])(
    'scale: keys go through its steps, also while typing; over a dialog: %s',
    async (hasDialog) => {
      const bridge = installBridge();
      await renderPage(<Page hasDialog={hasDialog} />);
      await choice();
      press('+', 'Equal', await screen.findByLabelText('a field'));
      await waitFor(() => expect(applied()).toBe('110'));
      // Without Shift, as it is pressed where plus stands above the equals sign.
      press('=', 'Equal');
      await waitFor(() => expect(applied()).toBe('125'));
      press('-', 'Minus');
      await waitFor(() => expect(applied()).toBe('110'));
      press('0', 'Digit0');
      await waitFor(() => expect(applied()).toBe('100'));
      expect(saved(bridge)).toEqual([110, 125, 110, 100]);
    },
  );

  it('scale: ends where its steps end', async () => {
    expect([nextScale(80, -1), nextScale(200, 1), nextScale(100, 1), nextScale(100, -1)]).toEqual([80, 200, 110, 90]);
    const bridge = installBridge();
    await renderPage(<Page />);
    await choice();
    // Taken all the same: the browser's own zoom must not begin where ours ends.
    fireEvent.change(await choice(), { target: { value: '200' } });
    await waitFor(() => expect(applied()).toBe('200'));
    expect(press('+', 'Equal')).toBe(false);
    expect(saved(bridge)).toEqual([200]);
  });

  it('scale: is chosen in the palette too, by its number', async () => {
    const bridge = installBridge();
    await renderPage(<CommandPalette onClose={() => {}} />);
    fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'size 150' } });
    fireEvent.click(screen.getByRole('option', { name: 'Interface size: 150%' }));
    await waitFor(() => expect(saved(bridge)).toEqual([150]));
  });

  it('scale: a menu of the host chooses it while a dialog is open, which no other command may', async () => {
    const heard = new Set<(message: HostMessage) => void>();
    const goQueue = vi.fn();
    const stop = addLiveCommands(() => ({ goQueue }));
    const bridge = installBridge();
    window.restage.onHost = (listener) => {
      heard.add(listener);
      return () => void heard.delete(listener);
    };
    await renderPage(
      <>
        <Page hasDialog />
        <HostLink />
      </>,
    );
    await choice();
    await screen.findByText('in it');
    act(() => {
      for (const listener of heard) {
        listener({ kind: 'command', id: 'scaleUp' });
        listener({ kind: 'command', id: 'goQueue' });
      }
    });
    await waitFor(() => expect(saved(bridge)).toEqual([110]));
    expect(goQueue).not.toHaveBeenCalled();
    stop();
  });
});

describe('what is drawn by hand', () => {
  const rect = (left: number, top: number, width: number, height: number) => new DOMRect(left, top, width, height);

  it.each<[InterfaceScale, string, string]>([
    [100, '200px', '60px'],
    [200, '100px', '30px'],
  ])('scale: at %s %% a menu opens at its row', async (scale, left, top) => {
    applyScale(scale);
    installBridge();
    const anchor = document.createElement('button');
    anchor.getBoundingClientRect = () => rect(180, 40, 20, 20);
    await renderPage(<JobMenu anchor={anchor} actions={[]} onClose={() => {}} />);
    const place = document.querySelector<HTMLElement>('[aria-haspopup="menu"]');
    expect([place?.style.left, place?.style.top]).toEqual([left, top]);
  });

  it.each<[InterfaceScale, number]>([
    [100, 0.5],
    [200, 0.15],
  ])('scale: at %s %% the edge of the wipe is where the pointer is', async (scale, share) => {
    applyScale(scale);
    installBridge();
    const onMove = vi.fn();
    await renderPage(<WipeHandle box={{ left: 50, top: 0, width: 250, height: 100 }} share={0} onMove={onMove} />);
    const handle = screen.getByTestId('wipe-handle');
    handle.hasPointerCapture = () => true;
    if (handle.parentElement) handle.parentElement.getBoundingClientRect = () => rect(25, 0, 900, 900);
    fireEvent.pointerMove(handle, { clientX: 200 });
    // 200 − 25 on the screen; of the page's own pixels half as many at 200 %.
    expect(onMove.mock.calls[0]?.[0]).toBeCloseTo(share, 5);
  });
});

/** Every file below, as text. */
function sources(folder: string, isWanted: RegExp): [name: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => isWanted.test(name))
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
}

it('scale: the page asks its body for room, never the window, which knows nothing of the scale', () => {
  const ofWindow = /@media[^{]*\b(?:width|height)\b|\b\d+(?:\.\d+)?[dsl]?v(?:h|w|min|max)\b/g;
  const found = sources(renderer, /\.(?:css|tsx)$/).flatMap(([name, text]) =>
    [...text.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(ofWindow)].map(([rule]) => `${name}: ${rule}`),
  );
  expect(found).toEqual([]);
});
