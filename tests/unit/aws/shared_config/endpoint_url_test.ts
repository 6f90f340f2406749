import assert from "node:assert/strict";
import { configuredEndpoints } from "../../../../src/aws/shared_config/endpoint_url.ts";
import { chooseProfile } from "../../../../src/aws/shared_config/profile.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { awsHost } from "../aws_host.ts";

function endpoints(config: string, env: Record<string, string> = {}) {
  const host = awsHost({ env: { HOME: "/h", ...env }, files: { "/h/.aws/config": config } });
  const files = readSharedFiles(host);
  return configuredEndpoints(host, { profile: chooseProfile(host, { files, flag: "p" }), files });
}

Deno.test("the services of a login have endpoints of their own, from the environment and the services section", () => {
  const found = endpoints(
    "[profile p]\nservices = local\n[services local]\nsso =\n  endpoint_url = http://file-sso\n",
    {
      AWS_ENDPOINT_URL_SSO_OIDC: "http://oidc",
      AWS_ENDPOINT_URL_STS: "http://sts",
    },
  );
  assert.deepEqual(found, { sso_oidc: "http://oidc", sts: "http://sts", sso: "http://file-sso" });
});

const missing: readonly (readonly [says: string, config: string, message: RegExp, hint: RegExp])[] = [
  ["no such section", "services = s", /its services "s" does not exist: there is no \[services s\]$/, /\[services s\]/],
  ["a misspelt name", "services = lokal\n[services local]", /its services "lokal" does not exist/, /mean "local"\?/],
  ["a section without its word", "services = s1\n[s1]", /does not exist/, /Add a section \[services s1\]/],
  ["a misspelt word", "services = s1\n[service s1]", /\[service s1\] is not read as that/, /Write \[services s1\]/],
  ["no name", "services =", /its services is empty$/, /Set the name of a \[services NAME\] section/],
];
for (const [says, lines, message, hint] of missing) {
  Deno.test(`a services section that is not there is no way to AWS's own endpoints: ${says}`, () => {
    const config = `[profile p]\n${lines}\n`;
    assert.throws(() => endpoints(config), { code: "config-invalid", message, hint });
    assert.throws(() => endpoints(config, { AWS_ENDPOINT_URL_EKS: "http://eks" }), { message });
    assert.equal(endpoints(config, { AWS_ENDPOINT_URL: "http://every" }).eks, "http://every");
  });
}
