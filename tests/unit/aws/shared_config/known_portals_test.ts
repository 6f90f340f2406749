import { deepEqual } from "node:assert/strict";
import { findKnownPortals } from "../../../../src/aws/shared_config/known_portals.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const CONFIG = `[profile one]
sso_start_url = https://corp.awsapps.com/start/
sso_region = us-east-1
sso_account_id = 111122223333

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1

[profile of-granted]
granted_sso_start_url = https://other.awsapps.com/start
granted_sso_region = eu-west-1

[profile elsewhere]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-gov-west-1

[profile no-region]
sso_start_url = https://third.awsapps.com/start

[profile no-address]
sso_start_url = corp
sso_region = us-east-1
`;

Deno.test("knownPortals: of sessions, profiles and granted, each once, the sessions first", () => {
  const files = new MemoryFiles();
  files.directory("/home");
  files.put("/home/me/.aws/config", CONFIG);
  const host = fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer } });
  const found = findKnownPortals(readSharedFiles(host)).map(({ session = "-", startUrl, region, source }) =>
    `${session} ${startUrl} ${region} ${source}`
  );
  deepEqual(found, [
    "corp https://corp.awsapps.com/start us-east-1 sso-session corp",
    "- https://other.awsapps.com/start eu-west-1 profile of-granted",
    "- https://corp.awsapps.com/start us-gov-west-1 profile elsewhere",
  ]);
});
