import { httpControl } from '../../../harness/control/http-control.ts';
import type { Control } from '../../../harness/control/protocol.ts';
import { controlSender } from '../../../harness/pipeline/control-sender.ts';

/** Key control behind a URL, sent for as a run sends for it. */
export function controlAt(url: string, token: string, timeoutMs = 10_000): Control {
  const sender = controlSender({ userAgent: 'conformance/1.0', timeoutMs });
  return httpControl({ kind: 'url', url, token }, timeoutMs, sender);
}
