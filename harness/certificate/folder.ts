import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Report, reportSchema } from '../report/schema.ts';
import { Refused, Unusable } from './errors.ts';

/** The file of a certificate's folder that holds the signature. */
export const certificateFile = 'certificate.jws';

/** What stands in the folder of a certificate; what is not signed is read only when it is asked for. */
export interface CertificateFolder {
  readonly jws: string;
  /** The report, and `report.json` as it stands there, members unknown to this version included. Throws Refused. */
  report(): Promise<{ readonly report: Report; readonly json: unknown }>;
  /** The text of a file beside them; undefined where there is none. */
  text(name: string): Promise<string | undefined>;
  bytes(name: string): Promise<Uint8Array | undefined>;
}

/** Opens a folder. Throws Unusable where it holds no certificate. */
export async function openFolder(path: string): Promise<CertificateFolder> {
  const bytes = (name: string): Promise<Buffer | undefined> =>
    readFile(join(path, name)).catch(() => undefined);
  const text = async (name: string): Promise<string | undefined> => (await bytes(name))?.toString('utf8');
  const jws = await text(certificateFile);
  if (jws === undefined) {
    throw new Unusable(
      `The folder ${path} holds no ${certificateFile}; name the folder that certify wrote, with all its files.`,
    );
  }
  return { jws: jws.trim(), report: async () => readReport(await text('report.json')), text, bytes };
}

function readReport(text: string | undefined): { readonly report: Report; readonly json: unknown } {
  if (text === undefined) throw new Refused('report.json is missing in the folder');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused('report.json is not JSON');
  }
  const parsed = reportSchema.safeParse(json);
  if (parsed.success) return { report: parsed.data, json };
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Refused(`report.json does not have the form of a report, at ${where || 'its top'}`);
}
