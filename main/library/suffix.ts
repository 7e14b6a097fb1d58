/** How results, and the recipes beside them, end. */
export const SIDECAR_SUFFIX = '.restage.json';

/** Of files that may be results; what Restage makes is the first. */
export const videoEndings = ['.mp4', '.m4v', '.mov'];
