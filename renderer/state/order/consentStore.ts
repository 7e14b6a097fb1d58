/** Whether the question about what was ordered without a known balance is put off: asked once, and again only when a person wants it. */
import { create } from 'zustand';

export const useConsentStore = create<{ isPutOff: boolean }>(() => ({ isPutOff: false }));
