import { equal } from "node:assert/strict";
import { isAwsSamlEndpoint } from "../../../../src/auth/saml/aws_endpoint.ts";

Deno.test("AWS's SAML endpoint: every partition and region, and nothing that looks like it", () => {
  const is = (url: string) => isAwsSamlEndpoint(new URL(url));
  for (
    const url of [
      "https://signin.aws.amazon.com/saml",
      "https://us-east-2.signin.aws.amazon.com/saml",
      "https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSPX",
      "https://signin.amazonaws.cn/saml?x=1",
      "https://signin.amazonaws-us-gov.com/saml",
    ]
  ) equal(is(url), true, url);
  for (
    const url of [
      "http://signin.aws.amazon.com/saml",
      "https://signin.aws.amazon.com:444/saml",
      "https://signin.aws.amazon.com/samlx",
      "https://signin.aws.amazon.com/oauth",
      "https://signin.aws.amazon.com.evil.com/saml",
      "https://evilsignin.aws.amazon.com/saml",
    ]
  ) equal(is(url), false, url);
});
