import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { type NamedFile, readNamedFile } from "./named_file.ts";

/**
 * The PEM text of AWS_CA_BUNDLE; `source` says where the path came from. AppError "config-not-found" without the
 * file, "config-invalid" when no certificate is in it: the TLS library would take such a file without a word.
 */
export function readCaBundle(host: Needs<"read">, input: Omit<NamedFile, "what">): readonly string[] {
  const pem = readNamedFile(host, { ...input, what: "CA bundle" });
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return [pem];
  throw new AppError("config-invalid", `Cannot use CA bundle "${input.value}": it holds no PEM certificate`, {
    hint: `Point ${input.source} at a file of PEM certificates.`,
  });
}
