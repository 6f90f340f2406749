import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { CONSOLE_DOMAINS, findConsoleHosts } from "./console_hosts.ts";

/** Services whose path in the console is their name. */
const PLAIN = [
  ..."acm apigateway appflow athena backup batch bedrock billing cloud9 cloudformation cloudfront cloudtrail".split(
    " ",
  ),
  ..."cloudwatch codeartifact codebuild codecommit codedeploy codepipeline cognito comprehend config".split(" "),
  ..."controltower datasync detective directconnect dms dynamodb ec2 ecr ecs efs eks elasticache".split(" "),
  ..."elasticbeanstalk emr forecast fsx glacier globalaccelerator glue greengrass guardduty iam inspector".split(" "),
  ..."kendra keyspaces kinesis kms lambda lex license-manager lightsail macie memorydb msk neptune".split(" "),
  ..."organizations personalize polly quicksight rds redshift rekognition resource-groups route53 s3".split(" "),
  ..."sagemaker secretsmanager securityhub servicecatalog shield sns sqs systems-manager textract".split(" "),
  ..."timestream transcribe transfer translate vpc workspaces xray".split(" "),
];

/** Services that the console calls otherwise, and pages of one that have a name of their own. */
const OTHERS: Readonly<Record<string, string>> = {
  "appstream": "appstream2",
  "budgets": "billing/home#/budgets",
  "console": "console",
  "cost-explorer": "cost-management/home#/cost-explorer",
  "dashboard": "console",
  "directory": "directoryservicev2",
  "documentdb": "docdb",
  "elasticsearch": "aos",
  "elb": "ec2/home#LoadBalancers:",
  "eventbridge": "events",
  "fargate": "ecs",
  "home": "console",
  "iot-core": "iot",
  "lake-formation": "lakeformation",
  "logs": "cloudwatch/home#logsV2:log-groups",
  "mq": "amazon-mq",
  "opensearch": "aos",
  "privatelink": "vpc/home#Endpoints:",
  "serverless": "lambda/home#/applications",
  "ssm": "systems-manager",
  "sso": "singlesignon",
  "step-functions": "states",
  "tag-editor": "resource-groups/tag-editor",
  "transitgateway": "vpc/home#TransitGateways:",
  "trusted-advisor": "trustedadvisor",
  "waf": "wafv2",
  "well-architected": "wellarchitected",
};

/** The names of services that have a page in the console, for help and completion. */
export const CONSOLE_SERVICES: readonly string[] = [...PLAIN, ...Object.keys(OTHERS)].toSorted();

/** What the user wants to see: a service by its name, or a page. */
export type Destination = { readonly path: string } | { readonly page: URL };

/**
 * Returns what a word names: a service of the console, in any case, or a page of it.
 * @throws {AppError} usage for a word that names neither
 */
export function parseDestination(word: string): Destination {
  const name = word.trim().toLowerCase();
  if (/^[a-z][a-z\d+.-]*:/.test(name)) return { page: parsePage(word.trim()) };
  if (PLAIN.includes(name)) return { path: `${name}/home` };
  const path = Object.hasOwn(OTHERS, name) ? OTHERS[name]! : undefined;
  if (path === undefined) throw unknownService(word);
  return { path: path.includes("/") ? path : `${path}/home` };
}

/** A page that AWS shows, so that a browser that has been signed in goes nowhere else. */
function parsePage(text: string): URL {
  const page = URL.parse(text);
  const isOfConsole = page?.protocol === "https:" && page.username === "" && page.password === "" &&
    CONSOLE_DOMAINS.some((domain) => page.hostname === domain || page.hostname.endsWith(`.${domain}`));
  if (page !== null && isOfConsole) return page;
  throw new AppError("usage", `Cannot open "${text}" in the AWS console: it is not a console page`, {
    hint: "Use a page such as https://us-east-2.console.aws.amazon.com/eks/home, or a service such as eks",
  });
}

function unknownService(word: string): AppError {
  const near = closest(word, CONSOLE_SERVICES);
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Services: ${CONSOLE_SERVICES.join(", ")}`;
  return new AppError("usage", `Cannot open "${word}" in the AWS console: no such service is known`, { hint });
}

/** Returns the address of a destination in the console of that region. */
export function renderDestination(destination: Destination, region: string): string {
  if ("page" in destination) return destination.page.href;
  const url = new URL(`https://${findConsoleHosts(region).console}/${destination.path}`);
  url.searchParams.set("region", region);
  return url.href;
}
