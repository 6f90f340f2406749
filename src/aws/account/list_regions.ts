import type { Needs } from "../../host/host.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import type { TextForm } from "../client/answer.ts";
import { checkedPages } from "../client/pages.ts";
import { REGION } from "../names/names.ts";
import { awsFailure } from "../errors/aws_error.ts";

const REGION_NAME: TextForm = { pattern: REGION, most: 63 };

/**
 * Returns the regions that the account of the credentials has enabled. Permissions: net, clock.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 * @throws {AppError} aws-denied where account:ListRegions is not allowed, and as every call to AWS
 */
export async function listEnabledRegions(
  host: Needs<"net" | "clock">,
  access: AwsAccess,
): Promise<readonly string[]> {
  const config = clientConfig(host, { service: "account", access });
  const { AccountClient, paginateListRegions } = await import("@aws-sdk/client-account");
  const wanted = { RegionOptStatusContains: ["ENABLED" as const, "ENABLED_BY_DEFAULT" as const], MaxResults: 50 };
  try {
    const names: string[] = [];
    const pages = paginateListRegions({ client: new AccountClient(config) }, wanted);
    for await (const page of checkedPages(pages, "NextToken")) {
      names.push(...page.parts("Regions").map((region) => region.text("RegionName", REGION_NAME)));
    }
    return names;
  } catch (error) {
    throw await awsFailure(host, {
      error,
      doing: "list the regions of the account",
      action: "account:ListRegions",
      otherwise: "aws-denied",
      profile: access.settings.profile,
    });
  }
}
