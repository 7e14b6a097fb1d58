/** Which commands a person means: those whose label holds every word typed, labels that begin with it first. Pure. */
export function matchCommands<T extends { label: string }>(commands: readonly T[], typed: string): T[] {
  const text = typed.trim().toLocaleLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const found = commands.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)));
  const isFirst = ({ label }: T) => label.toLocaleLowerCase().startsWith(text);
  return [...found.filter(isFirst), ...found.filter((command) => !isFirst(command))];
}
