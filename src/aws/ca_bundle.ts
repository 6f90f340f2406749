import { AppError } from "../errors.ts";
import { FileError } from "../host/file_error.ts";
import type { Needs } from "../host/host.ts";

/**
 * The PEM text of AWS_CA_BUNDLE; `source` says where the path came from. AppError "config-not-found" without the
 * file, "config-invalid" when no certificate is in it: the TLS library would take such a file without a word.
 */
export function readCaBundle(
  host: Needs<"read">,
  input: { readonly value: string; readonly source: string },
): readonly string[] {
  const pem = new TextDecoder().decode(bytesOf(host, input));
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return [pem];
  throw new AppError("config-invalid", `Cannot use CA bundle "${input.value}": it holds no PEM certificate`, {
    hint: `Point ${input.source} at a file of PEM certificates.`,
  });
}

function bytesOf(host: Needs<"read">, input: { readonly value: string; readonly source: string }): Uint8Array {
  try {
    return host.read.bytes(input.value);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const code = error.kind === "not-found" ? "config-not-found" : "config-invalid";
    throw new AppError(code, `Cannot read CA bundle "${input.value}": ${error.kind}`, {
      hint: `Correct or remove ${input.source}.`,
      cause: error,
    });
  }
}
