/** How large the interface can be drawn, in percent: the steps that Settings offers and that the keys go through. Pure. */
export const interfaceScales = [80, 90, 100, 110, 125, 150, 175, 200] as const;
export type InterfaceScale = (typeof interfaceScales)[number];

export const usualScale: InterfaceScale = 100;

/** The next larger (1) or smaller (-1) one; the ends are ends. */
export function nextScale(from: InterfaceScale, by: 1 | -1): InterfaceScale {
  return interfaceScales[interfaceScales.indexOf(from) + by] ?? from;
}
