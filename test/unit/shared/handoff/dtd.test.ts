/** FCPXML as Apple's document type definition has it. The definitions are not ours to pass on: RESTAGE_DTD names a folder with them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DtdValidator, XmlDtd } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { writeTimeline } from '../../../../shared/handoff/write.ts';
import { orderFor, rateCases, timelineFor } from '../../../fixtures/handoff.ts';
import { withXml } from '../../../fixtures/readTimelines.ts';

const folder = process.env.RESTAGE_DTD;
const why = folder ? '' : ' (RESTAGE_DTD names no folder of definitions)';

function assertValid(text: string): void {
  const dtd = XmlDtd.fromString(readFileSync(path.join(folder ?? '', 'FCPXMLv1_10.dtd'), 'utf8'));
  const validator = new DtdValidator(dtd);
  try {
    withXml(text, (document) => validator.validate(document));
  } finally {
    validator.dispose();
  }
}

describe.skipIf(!folder)(`W18: FCPXML 1.10 by its definition${why}`, () => {
  it.each(rateCases)('an exported timeline at $name is valid', (of) => {
    assertValid(writeTimeline('fcpxml', timelineFor(of)));
  });

  it.each(rateCases)('an edit with a result laid over it at $name is valid', (of) => {
    const timeline = timelineFor(of);
    const [, second] = timeline.clips;
    const { path: file = '', startFrames = 0 } = second?.media ?? {};
    const order = orderFor(of, {
      media: { path: '/media/results/new.mp4', width: 1280, height: 720 },
      markers: [{ atFrames: 5, text: 'look', isDone: true }],
      source: { name: path.basename(file), path: file, startFrames },
    });
    const laid = layOver(writeTimeline('fcpxml', timeline), [order]);
    expect(laid.places).toHaveLength(1);
    assertValid(laid.text);
  });

  it('refuses what is not valid: the judge can say no', () => {
    const text = writeTimeline('fcpxml', timelineFor(rateCases[0] as (typeof rateCases)[number]));
    expect(() => assertValid(text.replace('tcFormat="NDF"', 'tcFormat="maybe"'))).toThrow(/tcFormat/);
    expect(() => assertValid(text.replace(/<media-rep[^>]*>/, ''))).toThrow(/asset/);
  });
});
