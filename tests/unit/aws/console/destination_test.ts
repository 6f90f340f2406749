import { equal, throws } from "node:assert/strict";
import { CONSOLE_SERVICES, parseDestination, renderDestination } from "../../../../src/aws/console/destination.ts";

Deno.test("console: every service has a page of its own region, and there are more than 40", () => {
  for (const service of CONSOLE_SERVICES) {
    const url = new URL(renderDestination(parseDestination(service), "eu-west-1"));
    equal(url.host, "console.aws.amazon.com", service);
    equal(url.searchParams.get("region"), "eu-west-1", service);
  }
  equal(CONSOLE_SERVICES.length > 100, true);
  equal(new Set(CONSOLE_SERVICES).size, CONSOLE_SERVICES.length);
});

const PAGES: readonly (readonly [word: string, region: string, url: string])[] = [
  ["eks", "us-east-2", "https://console.aws.amazon.com/eks/home?region=us-east-2"],
  [" EKS ", "us-east-2", "https://console.aws.amazon.com/eks/home?region=us-east-2"],
  ["elb", "us-east-2", "https://console.aws.amazon.com/ec2/home?region=us-east-2#LoadBalancers:"],
  ["s3", "us-gov-west-1", "https://console.amazonaws-us-gov.com/s3/home?region=us-gov-west-1"],
  ["s3", "cn-north-1", "https://console.amazonaws.cn/s3/home?region=cn-north-1"],
  ["iam", "eusc-de-east-1", "https://console.amazonaws-eusc.eu/iam/home?region=eusc-de-east-1"],
  [
    "https://us-east-2.console.aws.amazon.com/eks/home#x",
    "eu-west-1",
    "https://us-east-2.console.aws.amazon.com/eks/home#x",
  ],
];

for (const [word, region, url] of PAGES) {
  Deno.test(`console: ${word} in ${region}`, () => equal(renderDestination(parseDestination(word), region), url));
}

const STRANGE = [
  ...["http://console.aws.amazon.com/", "https://aws.amazon.com.evil.example/", "https://evil.example/aws.amazon.com"],
  ...["https://a:b@console.aws.amazon.com/", "javascript:alert(1)", "https://xaws.amazon.com/", "file:///etc/passwd"],
  ...["constructor", "eeks3", "", "../../x"],
];

for (const word of STRANGE) {
  Deno.test(`console: ${JSON.stringify(word)} is no destination`, () => {
    throws(() => parseDestination(word), { code: "usage" });
  });
}

Deno.test("console: a partition whose console is not known is named", () => {
  throws(() => renderDestination({ path: "s3/home" }, "us-iso-east-1"), { code: "config-invalid", message: /aws-iso/ });
});
