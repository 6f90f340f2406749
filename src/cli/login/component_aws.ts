import type { AskAws } from "../../stacks/settings/call_function.ts";
import type { AwsValuesInput } from "./aws_values.ts";
import type { LoginCommandHost } from "./login_command_host.ts";

/** Returns what answers `!aws.account_id` and the like in a component; nothing is loaded or asked before one is called. */
export function componentAws(host: LoginCommandHost, input: AwsValuesInput): AskAws {
  let asking: Promise<AskAws> | undefined;
  return async (value) => {
    asking ??= import("./aws_values.ts").then(({ awsValues }) => awsValues(host, input));
    return await (await asking)(value);
  };
}
