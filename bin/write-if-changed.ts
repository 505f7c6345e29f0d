import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file as a whole or not at all, and leaves one that is right already alone: others may be reading it. */
export async function writeIfChanged(path: string, content: string | Uint8Array): Promise<void> {
  const wanted = Buffer.from(content);
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(wanted)) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, wanted);
  await rename(draft, path);
}
