/** How many takes one press of Generate orders. Of the page: an order of tomorrow begins with one. */
import { create } from 'zustand';

export const mostTakes = 4;

export const useTakesStore = create<{ takes: number }>()(() => ({ takes: 1 }));

/** The first take is the order itself: however many are asked for, the same press is the same orders. */
export const takeOrderIds = (orderId: string, takes: number): string[] =>
  Array.from({ length: takes }, (_, index) => (index === 0 ? orderId : `${orderId}.${index + 1}`));
