import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";

/** The services this program calls, named as the `services` section of the config file names them. */
export const SERVICES = ["eks", "sts", "sso", "sso_oidc", "ecr", "ecr_public", "signin"] as const;
export type AwsService = typeof SERVICES[number];
export type Endpoints = Readonly<Partial<Record<AwsService, string>>>;

/**
 * The endpoint that the user configured for each service, if any. First found wins: AWS_ENDPOINT_URL_<SERVICE>,
 * AWS_ENDPOINT_URL, the service's `endpoint_url` in the profile's `services` section, the profile's `endpoint_url`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoints(
  host: Needs<"env">,
  input: { readonly profile: IniSection; readonly services: ReadonlyMap<string, IniSection> },
): Endpoints {
  const general = text(input.profile, "endpoint_url");
  const own = input.services.get(text(input.profile, "services") ?? "");
  const found = SERVICES.map((service) => {
    const block = own?.get(service);
    const url = host.env.get(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ?? host.env.get("AWS_ENDPOINT_URL") ??
      (block instanceof Map ? block.get("endpoint_url") : undefined) ?? general;
    return [service, url] as const;
  });
  return Object.fromEntries(found.filter(([, url]) => url !== undefined));
}

function text(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
