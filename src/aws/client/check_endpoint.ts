import { AppError } from "../../errors.ts";

/**
 * Returns the URL of a service as settings have it, which may be anything that was typed.
 * @throws {AppError} config-invalid for what is no http or https URL
 */
export function checkEndpoint(endpoint: string): string {
  if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) return endpoint;
  throw unusableEndpoint(endpoint, {
    found: "it is not an http or https URL",
    hint: "Correct AWS_ENDPOINT_URL or endpoint_url",
  });
}

/** Returns the error of an endpoint that cannot be used. */
export function unusableEndpoint(
  endpoint: string,
  { found, hint }: { readonly found: string; readonly hint: string },
): AppError {
  return new AppError("config-invalid", `Cannot use endpoint "${endpoint}": ${found}`, { hint });
}
