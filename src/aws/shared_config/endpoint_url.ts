import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import { type Profile, profileFault } from "./profile.ts";
import { readKey } from "./read_key.ts";
import type { SharedFiles } from "./shared_files.ts";
import { explainMissing } from "./stray_sections.ts";

/** The services this program calls, named as the `services` section of the config file names them. */
export const SERVICES = ["eks", "sts", "sso", "sso_oidc", "ecr", "ecr_public", "signin", "account"] as const;
export type AwsService = typeof SERVICES[number];
export type Endpoints = Readonly<Partial<Record<AwsService, string>>>;

interface EndpointsInput {
  readonly profile: Pick<Profile, "name" | "section">;
  readonly files: Pick<SharedFiles, "services" | "strays">;
}

/**
 * The endpoint that the user configured for each service, if any. First found wins: AWS_ENDPOINT_URL_<SERVICE>,
 * AWS_ENDPOINT_URL, the service's `endpoint_url` in the profile's `services` section, the profile's `endpoint_url`.
 * AppError "config-invalid" where a service's endpoint would be in a `services` section that is not there: without it,
 * signed requests would go to AWS itself. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoints(host: Needs<"env">, { profile, files }: EndpointsInput): Endpoints {
  const general = readKey(profile.section, "endpoint_url");
  let services: IniSection | undefined;
  const found = SERVICES.map((service) => {
    const variable = host.env.get(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ?? host.env.get("AWS_ENDPOINT_URL");
    if (variable !== undefined) return [service, variable] as const;
    services ??= servicesSection({ profile, files });
    const block = services.get(service);
    return [service, (block instanceof Map ? block.get("endpoint_url") : undefined) || general] as const;
  });
  return Object.fromEntries(found.filter(([, url]) => url !== undefined));
}

function servicesSection({ profile, files }: EndpointsInput): IniSection {
  if (!profile.section.has("services")) return new Map();
  const name = readKey(profile.section, "services") ?? "";
  const found = files.services.get(name);
  if (found !== undefined) return found;
  const clue = explainMissing({ word: "services", name, strays: files.strays, existing: [...files.services.keys()] });
  const missing = name === "" ? "its services is empty" : `its services "${name}" does not exist`;
  throw profileFault({
    hint: name === ""
      ? "Set the name of a [services NAME] section, or remove the line"
      : `Add a section [services ${name}].`,
    ...clue,
    profile: profile.name,
    found: name === "" ? missing : `${missing}: ${clue?.found ?? `there is no [services ${name}]`}`,
  });
}
