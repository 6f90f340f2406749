import assert from "node:assert/strict";
import { asksMetadata } from "../../../../src/aws/credentials/instance.ts";
import { awsHost } from "../aws_host.ts";

function asks(env: Record<string, string>, keys: Record<string, string> = {}): boolean {
  return asksMetadata(awsHost({ env }), { name: "p", namedBy: "flag", section: new Map(Object.entries(keys)) });
}

Deno.test("the metadata service is asked unless it is disabled", () => {
  assert.equal(asks({}), true);
  assert.equal(asks({ AWS_EC2_METADATA_DISABLED: "false" }), true);
  assert.equal(asks({ AWS_EC2_METADATA_DISABLED: "true", AWS_EC2_METADATA_SERVICE_ENDPOINT: "junk" }), false);
  assert.equal(asks({ AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://[fd00:ec2::254]" }), true);
  assert.equal(asks({ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" }), true);
});

const faults: readonly (readonly [Record<string, string>, Record<string, string>, RegExp])[] = [
  [
    { AWS_EC2_METADATA_SERVICE_ENDPOINT: "junk" },
    {},
    /use AWS_EC2_METADATA_SERVICE_ENDPOINT "junk": it is not an http/,
  ],
  [{ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "x" }, {}, /_ENDPOINT_MODE "x": it is neither IPv4 nor IPv6/],
  [{}, { ec2_metadata_service_endpoint: "junk" }, /use ec2_metadata_service_endpoint of profile p "junk"/],
];
for (const [env, keys, message] of faults) {
  Deno.test(`a metadata setting that means nothing: ${message.source}`, () => {
    assert.throws(() => asks(env, keys), { code: "config-invalid", message, hint: /^Correct or remove \w*/ });
  });
}
