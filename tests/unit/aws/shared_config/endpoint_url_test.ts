import assert from "node:assert/strict";
import { configuredEndpoints } from "../../../../src/aws/shared_config/endpoint_url.ts";
import type { IniSection } from "../../../../src/formats/ini/parse_ini.ts";
import { awsHost } from "../aws_host.ts";

Deno.test("the services of a login have endpoints of their own, from the environment and the services section", () => {
  const block: IniSection = new Map([["sso", new Map([["endpoint_url", "http://file-sso"]])]]);
  const found = configuredEndpoints(
    awsHost({ env: { AWS_ENDPOINT_URL_SSO_OIDC: "http://oidc", AWS_ENDPOINT_URL_STS: "http://sts" } }),
    { profile: new Map([["services", "local"]]), services: new Map([["local", block]]) },
  );
  assert.deepEqual(found, { sso_oidc: "http://oidc", sts: "http://sts", sso: "http://file-sso" });
});
