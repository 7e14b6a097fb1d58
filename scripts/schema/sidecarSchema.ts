/** The form of the recipe beside a result as JSON Schema, made from what the app itself checks; `node scripts/schema/sidecarSchema.ts --write` publishes it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SIDECAR_VERSION, sidecarSchema } from '../../main/library/sidecar.ts';

/** Fields that have a default may be left out: recipes of older versions do. Fields beyond these are kept as they are. */
export function jsonSchemaOfSidecar(): string {
  const { $schema, ...schema } = z.toJSONSchema(sidecarSchema, { io: 'input', unrepresentable: 'any' });
  const about = {
    $schema,
    title: `Restage sidecar, version ${SIDECAR_VERSION}`,
    description:
      'NAME.restage.json lies beside NAME.mp4: what was ordered, from what, what it cost, and what a person said about the result. ' +
      'A higher `restage` is a later version: read what you know of it and do not write it.',
  };
  return `${JSON.stringify({ ...about, ...schema }, null, 2)}\n`;
}

if (process.argv.includes('--write'))
  writeFileSync(path.resolve(import.meta.dirname, '../../docs/restage-sidecar.schema.json'), jsonSchemaOfSidecar());
