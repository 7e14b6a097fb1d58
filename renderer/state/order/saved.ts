/** What a person keeps for later orders: recipes by name, and pieces of prompts. Pure. */
import type { RecipePreset } from '../../../shared/contract/app.ts';
import { textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters } from '../../../shared/words/texts.ts';
import type { Draft } from './draft.ts';

/** Everything of a recipe that does not belong to one clip or one character. */
function recipeIn(draft: Draft): RecipePreset['recipe'] {
  const { orientation, quality, preset, keepSound, prompt, elementId, watermark, callbackUrl, project } = draft;
  return { orientation, quality, preset, keepSound, prompt, elementId, watermark, callbackUrl, project };
}

export const presetNameMax = 60;

/** A name that is there already gets the new recipe; otherwise it joins. Sorted by name. */
export function savePreset(presets: readonly RecipePreset[], name: string, draft: Draft): RecipePreset[] {
  const saved = { name: name.trim(), recipe: recipeIn(draft) };
  return [...presets.filter((preset) => preset.name !== saved.name), saved].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

export function removePreset(presets: readonly RecipePreset[], name: string): RecipePreset[] {
  return presets.filter((preset) => preset.name !== name);
}

/** Newest first, each text once. */
export function saveSnippet(snippets: readonly string[], text: string): string[] {
  const saved = text.trim();
  return [saved, ...snippets.filter((snippet) => snippet !== saved)];
}

/** Whether a text can be kept as a snippet: it says something, and fits into a prompt. */
export function isSnippet(text: string): boolean {
  return text.trim() !== '' && countCharacters(text) <= textLimits.promptMax;
}

/** The snippet in place of the selection, apart from the words beside it; `caret`: where writing goes on. */
export function insertSnippet(
  prompt: string,
  selection: { start: number; end: number },
  snippet: string,
): { prompt: string; caret: number } {
  const before = prompt.slice(0, selection.start);
  const after = prompt.slice(selection.end);
  const isApart = (text: string) => text === '' || /\s$/.test(text);
  const head = isApart(before) ? before : `${before} `;
  const tail = after === '' || /^[\s,.;:!?、。]/.test(after) ? after : ` ${after}`;
  return { prompt: head + snippet + tail, caret: head.length + snippet.length };
}
