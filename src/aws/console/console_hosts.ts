import { AppError } from "../../errors.ts";
import { findPartition } from "../names/partition.ts";

/** Where a partition's console is, and where a browser is signed in to it. */
interface ConsoleHosts {
  readonly signIn: string;
  readonly console: string;
}

/** Every other partition has its console in a network of its own, whose hosts AWS does not publish. */
const HOSTS: Readonly<Record<string, (region: string) => ConsoleHosts>> = {
  "aws": (region) => ({ signIn: `${region}.signin.aws.amazon.com`, console: "console.aws.amazon.com" }),
  "aws-us-gov": () => ({ signIn: "signin.amazonaws-us-gov.com", console: "console.amazonaws-us-gov.com" }),
  "aws-cn": () => ({ signIn: "signin.amazonaws.cn", console: "console.amazonaws.cn" }),
  "aws-eusc": () => ({ signIn: "signin.amazonaws-eusc.eu", console: "console.amazonaws-eusc.eu" }),
};

/** Domains that have the pages of a console, in any partition. */
export const CONSOLE_DOMAINS = ["aws.amazon.com", "amazonaws-us-gov.com", "amazonaws.cn", "amazonaws-eusc.eu"] as const;

/**
 * Returns the hosts of the console that a region belongs to.
 * https://docs.aws.amazon.com/general/latest/gr/signin-service.html
 * @throws {AppError} config-invalid for a region of a partition whose console is not known
 */
export function findConsoleHosts(region: string): ConsoleHosts {
  const { id } = findPartition(region);
  const hosts = HOSTS[id]?.(region);
  if (hosts !== undefined) return hosts;
  throw new AppError(
    "config-invalid",
    `Cannot open the AWS console of region "${region}": partition ${id} has no known console`,
    {
      hint: `Partitions with a known console: ${Object.keys(HOSTS).join(", ")}`,
    },
  );
}
