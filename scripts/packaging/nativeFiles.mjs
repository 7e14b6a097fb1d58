/** Which system and processor a native file is for, read from its own header: ELF, Mach-O or PE, whatever its folder is called. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

/** The machine fields of the formats [ELF e_machine; mach/machine.h; winnt.h], by electron-builder's names. */
const machines = {
  elf: { 3: 'ia32', 40: 'armv7l', 62: 'x64', 183: 'arm64' },
  macho: { 16777223: 'x64', 16777228: 'arm64' },
  pe: { 332: 'ia32', 34404: 'x64', 43620: 'arm64' },
};
const platforms = { elf: 'linux', macho: 'darwin', pe: 'win32' };
const headerBytes = 4096;
const universalMagic = 0xcafebabe;
const machoMagic = 0xfeedfacf;
/** A Java class begins as a universal Mach-O does; no program is for so many processors. */
const mostSlices = 16;

/** Null: the file is no program and no library. `arches`: several in a universal file. */
export function nativeKind(file) {
  const head = Buffer.alloc(headerBytes);
  const handle = openSync(file, 'r');
  try {
    const length = readSync(handle, head, 0, headerBytes, 0);
    return kindOf(head.subarray(0, length));
  } finally {
    closeSync(handle);
  }
}

function kindOf(head) {
  const found = (format, ...codes) => ({
    platform: platforms[format],
    arches: codes.map((code) => machines[format][code] ?? `machine ${code}`),
  });
  if (head.length < 64) return null;
  if (head.readUInt32BE(0) === 0x7f454c46)
    return found('elf', head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18));
  if (head.readUInt32LE(0) === machoMagic) return found('macho', head.readUInt32LE(4));
  if (head.readUInt32BE(0) === universalMagic) {
    const count = head.readUInt32BE(4);
    if (count > mostSlices) return null;
    return found('macho', ...Array.from({ length: count }, (_, index) => head.readUInt32BE(8 + index * 20)));
  }
  if (head.toString('latin1', 0, 2) !== 'MZ') return null;
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return null;
  return found('pe', head.readUInt16LE(at + 4));
}

/** Every native file under the folders that is not for this system and processor, in words. Folders that are missing count as empty. */
export function foreignNatives(folders, { platformName, arch }) {
  return folders.flatMap(filesUnder).flatMap((file) => {
    const kind = nativeKind(file);
    if (kind === null || (kind.platform === platformName && kind.arches.includes(arch))) return [];
    return [`${file} is for ${kind.platform} ${kind.arches.join(' and ')}`];
  });
}

export function filesUnder(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
