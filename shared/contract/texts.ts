/** Texts of people as they come over the contract: composed, without blanks around them, without control characters. */
import { z } from 'zod';
import { forbiddenCharacter } from '../words/texts.ts';

const tidy = (maxLength: number) => z.string().normalize('NFC').trim().max(maxLength);
const message = 'control characters cannot be part of it';

/** A name, a tag, a project. */
export const lineOf = (maxLength: number) =>
  tidy(maxLength).refine((text) => forbiddenCharacter(text) === null, { message });

/** A note. */
export const linesOf = (maxLength: number) =>
  tidy(maxLength)
    .overwrite((text) => text.replaceAll(/\r\n?/g, '\n'))
    .refine((text) => forbiddenCharacter(text, { isMultiline: true }) === null, { message });
