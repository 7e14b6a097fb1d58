/** Storing an API key: asks about the account when another key is there, and says what the server thinks of it. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { call, errorDataOf } from '../../bridge/bridge.ts';
import { notifyError } from './notify.tsx';

interface KeyInput {
  key: string;
  allowFile: boolean;
}

export function useKeyEntry(onStored?: (status: AccountStatus) => void | Promise<void>) {
  const client = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<AccountStatus['connection'] | null>(null);
  /** The key that waits for the answer: the same account or another one. */
  const [question, setQuestion] = useState<KeyInput | null>(null);

  const store = async (input: KeyInput, isSameAccount?: boolean): Promise<boolean> => {
    setIsBusy(true);
    setQuestion(null);
    setOutcome(null);
    try {
      const status = await call('apiKey.set', { ...input, ...(isSameAccount === undefined ? {} : { isSameAccount }) });
      setOutcome(status.connection);
      // The status may be EvoLink's while orders still go to the sandbox: the page asks for the one in use.
      await client.invalidateQueries({ queryKey: ['account.status'] });
      await onStored?.(status);
      return true;
    } catch (error) {
      const data = errorDataOf(error);
      if (data.code === 'needsConsent' && data.reasons.some((reason) => reason.rule === 'apiKey.sameAccount')) {
        setQuestion(input);
      } else notifyError(error);
      return false;
    } finally {
      setIsBusy(false);
    }
  };

  return {
    isBusy,
    outcome,
    store: (input: KeyInput) => store(input),
    isAskingAccount: question !== null,
    answerAccount: (isSame: boolean) => (question ? store(question, isSame) : Promise.resolve(false)),
    dismissQuestion: () => setQuestion(null),
  };
}
