import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Report, reportSchema } from '../model/report.ts';
import { CertificateRejection, Unusable } from './errors.ts';

/** The file of a certificate's folder that holds the signature. */
export const certificateFile = 'certificate.jws';

/** What stands in the folder of a certificate; what is not signed is read only when it is asked for. */
export interface CertificateFolder {
  readonly jws: string;
  /** What `report.json` says, nothing left out. Throws CertificateRejection. */
  report(): Promise<Report>;
  /** The bytes of a file beside it; undefined where there is none. Throws CertificateRejection where it is none to read. */
  bytes(name: string): Promise<Buffer | undefined>;
}

/** The longest files that are read, in bytes: nobody has signed them when they are opened. */
const longest = 256 * 1024 * 1024;
const longestJws = 64 * 1024;

/** Opens a folder; its certificate may be given. Throws Unusable where it holds no certificate. */
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
  // In the order of the file, so that rendering it again comes to the same bytes.
  return json as Report;
}
