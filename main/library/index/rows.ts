/** A result as a row: its columns from its record, and back. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { LibraryItem, StoredItem } from '../../../shared/contract/library.ts';
import { parseCredits } from '../../../shared/money/pricing.ts';
import type { Row, SqlValue } from '../../storage/sqlite.ts';
import { SIDECAR_SUFFIX } from '../suffix.ts';
import { NUMBERS_PER_MS } from './schema.ts';
import { folded, sortKey } from './words.ts';

/** Keys are for comparing: what two names differ in beyond this, their rows’ numbers decide. */
const KEY_LENGTH = 200;
const keyOf = (name: string) => [...sortKey(name)].slice(0, KEY_LENGTH).join('');
export const nameKey = (name: string | null) => keyOf(name ?? '');
export const tagKey = (tag: string) => [...folded(tag)].slice(0, KEY_LENGTH).join('');

const LATEST_MS = 4_000_000_000_000; // 2096
const shownMs = (createdAt: string) => Math.max(0, Math.min(LATEST_MS, Math.trunc(Date.parse(createdAt)) || 0));

/** By the moment of its creation; within a millisecond by its id, so that an index made anew has the same order. */
export function numberOf({ id, createdAt }: Pick<StoredItem, 'id' | 'createdAt'>): number {
  const place = createHash('sha256').update(id).digest().readUInt16BE(0) % NUMBERS_PER_MS;
  return shownMs(createdAt) * NUMBERS_PER_MS + place;
}

/** Charges are counted in 10^-8 credits; what is not known, or is no amount that a result can cost, sorts below nothing. */
const UNKNOWN_CHARGE = -1;
/** 90,000 credits: sums of a whole library stay within SQLite’s integers. */
const HIGHEST_CHARGE = 9_000_000_000_000;
function chargeOf(credits: string | null): number {
  if (credits === null) return UNKNOWN_CHARGE;
  try {
    const units = Number(parseCredits(credits));
    return units >= 0 && units <= HIGHEST_CHARGE ? units : UNKNOWN_CHARGE;
  } catch {
    return UNKNOWN_CHARGE;
  }
}

/** The day on which it was made, where it was made: 2026-11-03. */
function dayOf(createdAt: string): string {
  const at = new Date(shownMs(createdAt));
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

const orientationOf = ({ width, height }: StoredItem) =>
  width === height ? 'square' : width > height ? 'landscape' : 'portrait';

/** Whole: SQLite refuses a fraction in a column of integers, and a stranger may have written one. */
const whole = (number: number) => Math.trunc(Math.max(-1, Math.min(Number.MAX_SAFE_INTEGER, number)));
const bit = (is: boolean) => (is ? 1 : 0);

/** Null: beside its file, under its name. */
const elsewhere = ({ file, sidecar }: StoredItem) =>
  sidecar === `${file.replace(/\.[^.]*$/, '')}${SIDECAR_SUFFIX}` ? null : sidecar;

/** Every column that follows from the record alone. */
export function columnsOf(item: StoredItem & Pick<LibraryItem, 'state'>): Record<string, SqlValue> {
  const { recipe } = item;
  return {
    ...{ id: item.id, job_id: item.jobId },
    ...{
      folder: path.dirname(item.file),
      file_name: path.basename(item.file),
      sidecar: elsewhere(item),
      day: dayOf(item.createdAt),
    },
    name_key: nameKey(item.name),
    ...{ clip_key: nameKey(item.videoName), clip: item.videoName },
    ...{ character_key: nameKey(item.imageName), character: item.imageName ?? '' },
    ...{ project_key: nameKey(item.project), project: item.project ?? '' },
    element: recipe?.kind === 'motion' ? (recipe.elementId ?? '') : '',
    quality: recipe?.kind === 'motion' ? recipe.quality : '',
    ...{ orientation: orientationOf(item), width: item.width, height: item.height },
    ...{ duration: item.durationSeconds, size: whole(item.sizeBytes), charge: chargeOf(item.creditsCharged) },
    ...{ rating: item.rating, flag: item.flag, account: item.accountId ?? '' },
    ...{ is_sandbox: bit(item.isSandbox), is_imported: bit(recipe === null), is_hidden: bit(item.isHidden) },
    ...{ is_missing: bit(item.state === 'missing'), is_signed: bit(item.hasProvenance === true), shot_id: item.shotId },
  };
}

/** What `itemOf` needs of a row. */
export const recordColumns = 'r.record, i.is_missing, i.take';

/** Written by the store alone, which checks what it writes: parsed, not checked again. */
export function itemOf(row: Row): LibraryItem {
  const item = JSON.parse(String(row.record)) as StoredItem;
  return {
    ...item,
    state: row.is_missing === 1 ? 'missing' : 'present',
    take: row.take === null || row.take === undefined ? null : Number(row.take),
  };
}

/** The record without what has columns of its own. */
export function recordOf(item: StoredItem & Partial<LibraryItem>): string {
  const { state: _state, take: _take, ...record } = item;
  return JSON.stringify(record);
}
