import { expect, it } from 'vitest';
import { createSubmitGate } from '../../../main/jobs/turns/gate.ts';

it('stops the submissions of one account, and with a refused key its uploads too', () => {
  const gate = createSubmitGate();
  gate.shut('a', 'credits');
  gate.shut('b', 'apiKey');
  expect(gate.reasonFor('a', 'submitting')).toBe('credits');
  expect(gate.reasonFor('a', 'uploading')).toBeNull();
  expect(gate.reasonFor('b', 'uploading')).toBe('apiKey');
  expect(gate.reasonFor('b', 'downloading')).toBeNull();
  expect(gate.reasonFor('c', 'submitting')).toBeNull();
});

it('tells once that the account lets through again', () => {
  const gate = createSubmitGate();
  expect(gate.passed('a')).toBe(false);
  gate.shut('a', 'credits');
  gate.open('a');
  expect(gate.reasonFor('a', 'submitting')).toBeNull();
  expect([gate.passed('a'), gate.passed('a')]).toEqual([true, false]);
});

it('shuts again when the trial was refused', () => {
  const gate = createSubmitGate();
  gate.shut('a', 'credits');
  gate.openAll();
  gate.shut('a', 'credits');
  expect(gate.reasonFor('a', 'submitting')).toBe('credits');
});
