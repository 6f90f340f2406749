import { deepEqual } from "node:assert/strict";
import { callFacts } from "../../../../src/aws/client/call_facts.ts";

const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIA1/20260102/eu-west-1/eks/aws4_request, SignedHeaders=host, Signature=f00";

Deno.test("call facts: operation, service and region, whichever way the service says them", () => {
  const facts = (method: string, url: string, more: { headers?: Record<string, string>; body?: string } = {}) => {
    const { service, operation, region } = callFacts({ method, url, headers: {}, ...more });
    return [service, operation, region].join(" ");
  };
  const eks = "https://eks.eu-west-1.amazonaws.com";
  deepEqual([
    facts("GET", `${eks}/clusters/dev`, { headers: { authorization: SIGNED } }),
    facts("GET", `${eks}/clusters`),
    facts("GET", `${eks}/clusters/a/access-entries/arn%3Aaws%3Aiam/access-policies`),
    facts("POST", "https://sts.us-east-2.amazonaws.com/", { body: "Action=AssumeRole&Version=2011-06-15&RoleArn=x" }),
    facts("GET", "https://portal.sso.us-gov-west-1.amazonaws.com/federation/credentials?account_id=1&role_name=r"),
    facts("POST", "https://oidc.us-east-1.amazonaws.com/token"),
    facts("POST", "http://127.0.0.1:1/", { headers: { "x-amz-target": "Ecr_V2.GetAuthorizationToken" } }),
    facts("PUT", "https://eks.eu-west-1.amazonaws.com/other"),
  ], [
    "eks DescribeCluster eu-west-1",
    "eks ListClusters eu-west-1",
    "eks ListAssociatedAccessPolicies eu-west-1",
    "sts AssumeRole us-east-2",
    "sso GetRoleCredentials us-gov-west-1",
    "sso-oidc CreateToken us-east-1",
    " GetAuthorizationToken ",
    " PUT eu-west-1",
  ]);
});

Deno.test("call facts: nothing of a request that is secret, and which attempt it is", () => {
  const body = "Action=AssumeRoleWithSAML&RoleArn=arn%3Arole&SAMLAssertion=hunter2&TokenCode=123456";
  const headers = { "x-amz-sso_bearer_token": "hunter2", "amz-sdk-request": "attempt=2; max=3" };
  const found = callFacts({ method: "POST", url: "https://sts.aws.test/?SAMLAssertion=hunter2", headers, body });
  deepEqual(JSON.stringify(found).includes("hunter2"), false);
  deepEqual([found["role"], found["attempt"]], ["arn:role", 2]);
});
