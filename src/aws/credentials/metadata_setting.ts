import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Profile } from "../shared_config/profile.ts";

/**
 * Whether the EC2 instance metadata service is to be asked. AppError "config-invalid" for an address or a mode of it
 * that means nothing. https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export function asksMetadata(host: Needs<"env">, profile: Profile): boolean {
  if ((host.env.get("AWS_EC2_METADATA_DISABLED") ?? "false") !== "false") return false;
  const lookup = (key: string) => {
    const variable = `AWS_${key.toUpperCase()}`;
    const value = host.env.get(variable);
    if (value !== undefined) return { value, source: variable };
    const own = profile.section.get(key);
    return typeof own === "string" && own !== ""
      ? { value: own, source: `${key} of profile ${profile.name}` }
      : undefined;
  };
  const endpoint = lookup("ec2_metadata_service_endpoint");
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint.value)?.protocol ?? "")) {
    throw meaningless(endpoint, "it is not an http or https URL");
  }
  const mode = lookup("ec2_metadata_service_endpoint_mode");
  if (mode !== undefined && !/^IPv[46]$/.test(mode.value)) throw meaningless(mode, "it is neither IPv4 nor IPv6");
  return true;
}

function meaningless({ value, source }: { value: string; source: string }, found: string): AppError {
  return new AppError("config-invalid", `Cannot use ${source} ${JSON.stringify(value)}: ${found}`, {
    hint: `Correct or remove ${source}.`,
  });
}
