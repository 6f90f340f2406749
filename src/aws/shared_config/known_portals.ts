import { isRegion } from "../names/names.ts";
import { findKey } from "./read_key.ts";
import type { SharedFiles } from "./shared_files.ts";

/** An access portal of IAM Identity Center that the settings of the AWS CLI, or of granted, name. */
export interface KnownPortal {
  /** Of its `[sso-session NAME]`. */
  readonly session: string | undefined;
  readonly startUrl: string;
  /** Of its instance. */
  readonly region: string;
  /** The section that names it, for messages. */
  readonly source: string;
}

const KEYS = [["sso_start_url", "sso_region"], ["granted_sso_start_url", "granted_sso_region"]] as const;

/**
 * Returns the portals that `~/.aws/config` names, each once, those of sso-sessions first.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 * https://docs.commonfate.io/granted/recipes/credential-process
 */
export function findKnownPortals({ profiles, ssoSessions }: SharedFiles): readonly KnownPortal[] {
  const sections = [
    ...[...ssoSessions].map(([name, section]) => ({ session: name, source: `sso-session ${name}`, section })),
    ...[...profiles].map(([name, section]) => ({ session: undefined, source: `profile ${name}`, section })),
  ];
  const found = sections.flatMap(({ section, ...named }) =>
    KEYS.flatMap(([url, region]): readonly KnownPortal[] => {
      const [startUrl = "", where = ""] = [findKey(section, url), findKey(section, region)];
      return URL.parse(startUrl)?.protocol === "https:" && isRegion(where)
        ? [{ ...named, startUrl, region: where }]
        : [];
    })
  );
  const keyed = found.map((one): [string, KnownPortal] => [`${bare(one.startUrl)} ${one.region}`, one]);
  return [...new Map(keyed.toReversed()).values()].toReversed();
}

/** What a browser adds to the address says nothing. */
function bare(startUrl: string): string {
  const { host, pathname } = new URL(startUrl);
  return host + pathname.replace(/\/+$/, "");
}
