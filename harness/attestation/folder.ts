import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Report, reportSchema } from '../model/report.ts';
import { CertificateRejection, Unusable } from './errors.ts';

/** The file with the signature in the folder of a certificate. */
export const certificateFile = 'certificate.jws';

/** The contents of the folder of a certificate; files that are not signed are read only on request. */
export interface CertificateFolder {
  readonly jws: string;
  /** The whole content of `report.json`. Throws CertificateRejection. */
  report(): Promise<Report>;
  /** The bytes of another file in the folder; undefined if it does not exist. Throws CertificateRejection if it cannot be read. */
  bytes(name: string): Promise<Buffer | undefined>;
}

/** The size limit of a file, in bytes: when a file is opened, its signature has not been checked yet. */
const longest = 256 * 1024 * 1024;
const longestJws = 64 * 1024;

/** Opens a folder; a caller can pass the certificate separately. Throws Unusable if there is no certificate. */
export async function openFolder(path: string, certificate?: string): Promise<CertificateFolder> {
  const bytes = (name: string): Promise<Buffer | undefined> => readRegular(path, name);
  const jws = certificate ?? (await bytes(certificateFile));
  if (jws === undefined) {
    throw new Unusable(
      `The folder ${path} does not contain ${certificateFile}; give the folder that certify wrote, with all its files.`,
    );
  }
  return {
    jws: jws.toString('utf8').trim(),
    report: async () => readReport((await bytes('report.json'))?.toString('utf8')),
    bytes,
  };
}

async function readRegular(path: string, name: string): Promise<Buffer | undefined> {
  const file = join(path, name);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new CertificateRejection(`${name} is not a regular file`);
  const most = name === certificateFile ? longestJws : longest;
  if (found.size > most) throw new CertificateRejection(`${name} is longer than ${most / 1024} KiB`);
  return readFile(file).catch(() => undefined);
}

function readReport(text: string | undefined): Report {
  if (text === undefined) throw new CertificateRejection('report.json is missing in the folder');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CertificateRejection('report.json is not JSON');
  }
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new CertificateRejection(
      `report.json does not have the form of a report, at ${where || 'its top'}`,
    );
  }
  if (!isDeepStrictEqual(parsed.data, json)) {
    throw new CertificateRejection('report.json has members that a report does not have');
  }
  // In the order of the file, so that rendering it again gives the same bytes.
  return json as Report;
}
