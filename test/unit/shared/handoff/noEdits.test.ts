/** Texts that are no edits: refused by what is wrong with them, whatever they are made of. */
import { describe, expect, it } from 'vitest';
import { RestageError } from '../../../../shared/errors.ts';
import { layOver } from '../../../../shared/handoff/overlay/layOver.ts';
import { orderFor } from '../../../fixtures/handoff.ts';
import { at25, editFormats, editOf, reasonsOf } from '../../../fixtures/handoffEdits.ts';

describe('W17: texts that are no edits', () => {
  const order = orderFor(at25);
  const bomb = `<?xml version="1.0"?><!DOCTYPE fcpxml [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
    .split('')
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
    .join('')}]><fcpxml version="1.10"><resources/>&j;</fcpxml>`;
  it.each([
    ['entities that grow', bomb, 'handoff.editEntities'],
    ['entities that are not used', '<!DOCTYPE xmeml [<!ENTITY a "b">]><xmeml version="5"/>', 'handoff.editEntities'],
    [
      'another file',
      '<!DOCTYPE xmeml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xmeml>&a;</xmeml>',
      'handoff.editEntities',
    ],
    ['cut off', '<fcpxml version="1.10"><resources>', 'handoff.editUnreadable'],
    ['cut off JSON', '{"OTIO_SCHEMA": "Timeline.1", "tracks": {', 'handoff.editUnreadable'],
    ['nested without end', `<fcpxml>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</fcpxml>`, 'handoff.editUnreadable'],
    ['JSON nested without end', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'handoff.editUnreadable'],
    ['another XML', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'handoff.editUnknown'],
    ['another JSON', '{"name": "package"}', 'handoff.editUnknown'],
    ['prose', 'Dear editor,\nplease find attached', 'handoff.editUnknown'],
    ['nothing', '', 'handoff.editUnknown'],
    [
      'a timecode that is none',
      '001  A001     V     C        00:00:00:30 00:00:01:00 00:00:00:00 00:00:01:00',
      'handoff.edlTime',
    ],
  ])('%s', (_, text, rule) => {
    expect(reasonsOf(text, [order])).toMatchObject([{ field: 'over', rule }]);
  });

  it('too large', () => {
    expect(reasonsOf('x'.repeat(40_000_001), [order])).toMatchObject([{ rule: 'handoff.editTooLarge' }]);
  });

  it('whatever a text is cut to, nothing but a refusal comes of it', () => {
    for (const format of editFormats) {
      const edit = editOf(at25, format, [{ in: 0, out: 300, record: 10 }]);
      for (let length = 0; length < edit.length; length += 97) {
        try {
          layOver(edit.slice(0, length), [order]);
        } catch (error) {
          expect(error).toBeInstanceOf(RestageError);
          expect((error as RestageError).code).toBe('refused');
        }
      }
    }
  });
});
