/** A new element: its clip, name and description, checked by the app, ordered once per intent. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ElementRecipe, Job } from '../../../shared/contract/jobs.ts';
import type { Asset } from '../../../shared/contract/media.ts';
import { textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters } from '../../../shared/words/texts.ts';
import { CallError, call, intake } from '../../bridge/bridge.ts';
import { commandQuery, jobsInput, mergeJobs } from '../../bridge/queries.ts';
import { useAccount } from '../../state/shell/account.ts';
import { useLimits } from '../../state/shell/limits.ts';
import { notifyDone, notifyError, notifyHint } from '../../state/shell/notify.tsx';
import { clockOf, initialRange, trimOf } from '../../state/trim/trim.ts';

const newOrderId = () => `element-${crypto.randomUUID()}`;

export function useElementForm() {
  const client = useQueryClient();
  const { status } = useAccount();
  const { maxSeconds } = useLimits().clips.element;
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [clip, setClip] = useState<Asset | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [phase, setPhase] = useState<'idle' | 'asking' | 'ordering'>('idle');
  const orderId = useRef(newOrderId());

  const facts = clip?.facts.kind === 'video' ? clip.facts : null;
  const clock = facts ? clockOf(facts) : null;
  const trim = clock ? trimOf(clock, initialRange(clock, maxSeconds)) : undefined;
  const check = useQuery({
    ...commandQuery('media.check', { elementClipId: clip?.id ?? '', ...(trim ? { trim } : {}) }),
    enabled: clip !== null,
  });
  const isNamed = (text: string, max: number) => countCharacters(text) > 0 && countCharacters(text) <= max;
  // While another clip is read, what is checked is the one that it replaces.
  const isReady =
    !isReading &&
    check.data?.isLegal === true &&
    isNamed(name, textLimits.elementNameMax) &&
    isNamed(description, textLimits.elementDescriptionMax);

  const choose = async (files: File[]) => {
    setIsReading(true);
    const [result] = await intake(files.slice(0, 1)).finally(() => setIsReading(false));
    if (!result) return;
    if (!result.ok) notifyError(new CallError(result.error));
    else if (result.value.facts.kind === 'video') setClip(result.value);
    else notifyHint((t) => t('elements.notVideo', { name: result.value.name }));
  };

  const order = async (isConfirmed: boolean) => {
    if (!clip) return;
    setPhase('ordering');
    const recipe: ElementRecipe = {
      kind: 'element',
      videoId: clip.id,
      ...(trim ? { trim } : {}),
      name: name.trim(),
      description: description.trim(),
      preset: 'fast',
    };
    try {
      const jobs = await call('jobs.order', { cells: [{ orderId: orderId.current, recipe }], isConfirmed });
      client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], jobs));
      orderId.current = newOrderId();
      setName('');
      setDescription('');
      setClip(null);
      notifyDone((t) => t('elements.submitted'), { screen: 'queue', label: (t) => t('elements.openQueue') });
    } catch (error) {
      notifyError(error);
    }
    setPhase('idle');
  };

  const submit = () => {
    if (!isReady || phase !== 'idle') return;
    if (status?.provider === 'evolink') setPhase('asking');
    else void order(false);
  };

  return {
    name,
    setName,
    description,
    setDescription,
    clip,
    isReading,
    trim,
    check,
    isReady,
    phase,
    choose,
    submit,
    confirm: () => void order(true),
    decline: () => setPhase('idle'),
  };
}
